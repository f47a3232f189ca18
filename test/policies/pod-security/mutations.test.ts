import assert from "node:assert/strict";

import { load } from "js-yaml";

import { POD_CHECKS } from "../../../policies/pod-security";
import { profileNamed } from "../../../policies/profiles/profiles";
import { judgeDocuments } from "../../../policies/sources";
import { VERSIONS, distinctFixtures, randomCases } from "../../support/pod-security/cases";
import { LEVELS, compare } from "../../support/pod-security/compare";
import { CONTAINER_FIELDS, POD_FIELDS, containerWays, mutated, oneOf, randomOf, written } from "../../support/pod-security/mutate";
import { ask, findOracle } from "../../support/pod-security/oracle";
import { UNKNOWN } from "../../support/rule-test";
import type { Template } from "../../support/pod-security/kinds";
import type { Field, Way } from "../../support/pod-security/mutate";
import type { Oracle } from "../../support/pod-security/oracle";

const CHECKS = new Map(POD_CHECKS.map(({ id, check }) => [id, check]));
/** What cannot stand where anything of `CONTAINER_FIELDS` and `POD_FIELDS` stands. */
const WRONG = ["x", 5, true, "true", [], {}, 1.5, [5], [[]], ["x"]];

/** A pod in which something is not known, and what Kubernetes would say of it for each value that it may have. */
interface Unsettled {
    readonly title: string;
    readonly pod: Template;
    readonly way: Way;
    readonly field: Field;
    readonly level: string;
    readonly version: string;
}

const podObject = (template: Template, way: Way, value: unknown): object => ({ apiVersion: "v1", kind: "Pod", ...written(template, way, value) as Template });

/** What we say of one object: checks that found something, checks that need to know more, and faults. */
function said(object: object, level: string, version: string): { found: Set<string>; unknown: Set<string>; errors: number } {
    const { rules, settings } = profileNamed(`pss-${level}@${version}`);
    const report = judgeDocuments([{ path: "app.yaml", document: 0, root: object }], { rules, settings });
    const names = (items: readonly { readonly rule: string }[]): Set<string> => new Set(items.map(({ rule }) => CHECKS.get(rule) ?? rule));
    return { found: names(report.findings), unknown: names(report.unknown), errors: report.errors.length };
}

describe("Pod Security Standards: pods at random", function () {
    this.timeout(600_000);
    let oracle: Oracle;
    let unsettled: readonly Unsettled[];

    before(function () {
        const found = findOracle();
        if (typeof found === "string") {
            console.log(`      skipped: ${found}`);
            this.skip();
        }
        oracle = found;
        const random = randomOf(11);
        const pods = distinctFixtures(oracle).map(({ text }) => load(text) as Template);
        const inContainers = CONTAINER_FIELDS.map(field => ({ field, inContainer: true }));
        unsettled = [...inContainers, ...POD_FIELDS.map(field => ({ field, inContainer: false }))].flatMap(({ field, inContainer }) => Array.from({ length: 16 }, (_, at) => {
            const pod = at % 2 === 0 ? oneOf(random, pods) : mutated(oneOf(random, pods), random);
            const container = oneOf(random, [...containerWays(pod), ["spec", "containers", 0]]);
            const [level, version] = [oneOf(random, LEVELS), oneOf(random, VERSIONS)];
            const way = inContainer ? [...container, ...field[0]] : field[0];
            return { title: `${level} ${version} ${way.join(".")} of ${JSON.stringify(pod)}`, pod, way, field, level, version };
        }));
    });

    it("says what Kubernetes says", () => {
        const { cases, denied, verdicts, names, differences } = compare(oracle, randomCases(oracle, 4000, randomOf(1)));
        assert.deepEqual(differences.slice(0, 3), []);
        assert.deepEqual({ verdicts, names }, { verdicts: cases, names: cases });
        assert.ok(denied > 1000 && denied < 3500, `${denied} denied`);
        console.log(`      ${cases} pods, ${denied} of them denied: all with the same verdict and the same checks named`);
    });

    it("whatever is not known yet, loses no violation, guesses none, and passes nothing that may be one", () => {
        const answers = ask(oracle, unsettled.flatMap(({ pod, way, field: [, values], level, version }) => values.map(value => ({ levels: [level], versions: [version], object: podObject(pod, way, value) }))));
        let next = 0;
        let open = 0;
        for (const { title, pod, way, field: [, values], level, version } of unsettled) {
            const possible = answers.slice(next, next += values.length).map(({ forbidden }) => forbidden?.[`${level} ${version}`] ?? []);
            const { found, unknown, errors } = said(podObject(pod, way, UNKNOWN), level, version);
            const certain = (possible[0] ?? []).filter(check => possible.every(names => names.includes(check)));
            const missed = possible.flat().filter(check => !found.has(check) && !unknown.has(check));
            assert.deepEqual({ lost: certain.filter(check => !found.has(check)), guessed: [...found].filter(check => !certain.includes(check)), missed, errors }, { lost: [], guessed: [], missed: [], errors: 0 }, title);
            open += Number(unknown.size > 0);
        }
        assert.ok(open > unsettled.length / 4);
        console.log(`      ${unsettled.length} pods with something unknown, ${answers.length} values asked of Kubernetes; ${open} could not be decided`);
    });

    it("takes no value of a wrong type for an answer", () => {
        const wrong = unsettled.filter((_, at) => at % 4 === 0).flatMap(one => WRONG.map(value => ({ ...one, value, readBy: said(podObject(one.pod, one.way, UNKNOWN), one.level, one.version).unknown })))
            .filter(({ readBy }) => readBy.size > 0);
        const answers = ask(oracle, wrong.map(({ pod, way, value, level, version }) => ({ levels: [level], versions: [version], object: podObject(pod, way, value) })));
        let refused = 0;
        wrong.forEach(({ title, pod, way, value, level, version, readBy }, at) => {
            const { found, errors } = said(podObject(pod, way, value), level, version);
            const isRefused = answers[at]?.error !== undefined;
            assert.ok(!isRefused || errors > 0 || [...readBy].every(check => found.has(check)), `${JSON.stringify(value)} at ${title}`);
            refused += Number(isRefused);
        });
        assert.ok(refused > 500);
        console.log(`      ${refused} values that the API server refuses: none passes`);
    });
});
