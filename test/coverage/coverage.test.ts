import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { load } from "js-yaml";

import { RULES } from "../../policies/catalogue";
import { judgeExample } from "../support/example";

const ROOT = join(__dirname, "../..");
const CATALOGUE = join(ROOT, "../shared/policy-catalogue.yaml");

/** A check that some tool makes, and the rules that make it here. */
interface Covered {
    readonly check: string;
    readonly rules: readonly string[];
    /** What one of the rules must find, and what none of them may: needed where a rule answers for several checks. */
    readonly refused?: string | readonly string[];
    readonly accepted?: string | readonly string[];
    /** What must be reported as not known: neither refused nor passed over. */
    readonly undecided?: string | readonly string[];
    /** Parameters, where the check is one that a house must configure. */
    readonly settings?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const COVERED = readdirSync(__dirname).filter(name => name.endsWith(".yaml")).sort()
    .flatMap(name => load(readFileSync(join(__dirname, name), "utf8")) as Covered[]);
const listed = (value: string | readonly string[] | undefined): readonly string[] => value === undefined ? [] : typeof value === "string" ? [value] : value;

describe("checks that other tools make", () => {
    it("each is named once", () => {
        const names = COVERED.map(({ check }) => check);
        assert.deepEqual(names.filter((name, at) => names.indexOf(name) !== at), []);
    });

    it("each one of the catalogue is made here", function () {
        if (!existsSync(CATALOGUE)) {
            console.log("      skipped: the catalogue of other tools' checks is not beside the project");
            this.skip();
        }
        const catalogue = load(readFileSync(CATALOGUE, "utf8")) as Readonly<Record<"checks" | "gaps_no_peer_id_seen", readonly { readonly slug: string }[]>>;
        const wanted = [...catalogue.checks, ...catalogue.gaps_no_peer_id_seen].map(({ slug }) => slug);
        const missing = wanted.filter(slug => COVERED.every(({ check }) => check !== slug));
        assert.deepEqual(missing, []);
    });

    for (const { check, rules: ids, refused, accepted, undecided, settings } of COVERED) {
        it(`${check} by ${ids.join(", ")}`, () => {
            const rules = RULES.filter(({ id }) => ids.includes(id));
            assert.deepEqual(rules.map(({ id }) => id).sort(), [...ids].sort(), "names a rule that is not there");
            const shared = ids.every(id => COVERED.some(other => other.check !== check && other.rules.includes(id)));
            assert.ok(!shared || listed(refused).length > 0 && listed(accepted).length > 0, "its rules answer for other checks too: it needs cases of its own");
            for (const example of listed(refused)) {
                assert.notDeepEqual(judgeExample(example, rules, settings).findings, [], `is not refused:\n${example}`);
            }
            for (const example of listed(accepted)) {
                assert.deepEqual(judgeExample(example, rules, settings).findings, [], `is not accepted:\n${example}`);
            }
            for (const example of listed(undecided)) {
                assert.notDeepEqual(judgeExample(example, rules, settings).unknown, [], `is not reported as unknown:\n${example}`);
            }
        });
    }
});
