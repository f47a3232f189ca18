import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { agrees, judgeCase } from "../../bench/labelled/case";
import { casesBelow } from "../../bench/labelled/cases";
import { disputes, disputesOf } from "../../bench/labelled/disputes";
import { inScope, meaningOf } from "../../bench/labelled/meaning";

const SHARED = join(__dirname, "../../../shared");
const FOLDER = join(SHARED, "corpus/k8s-labelled");
const CATALOGUE = join(SHARED, "policy-catalogue.yaml");

describe("labels that other checkers give their own fixtures", function () {
    this.timeout(60_000);

    before(function () {
        if (!existsSync(FOLDER) || !existsSync(CATALOGUE)) {
            console.log("      skipped: the labelled fixtures, or the catalogue of what checks mean, are not beside the project");
            this.skip();
        }
    });

    const judged = () => casesBelow(FOLDER, CATALOGUE).filter(({ tool, check }) => inScope(CATALOGUE, tool, check)).map(one => judgeCase(one, CATALOGUE));

    it("agree with the rules in 95 of 100 cases, and differ otherwise for a reason that docs/labelled.md gives", () => {
        const cases = judged();
        assert.ok(cases.length >= 600, `only ${cases.length} cases were found`);
        const differing = cases.filter(one => agrees(one) !== true);
        const reasons = disputesOf();
        assert.deepEqual(differing.filter(one => !reasons.some(dispute => disputes(dispute, one))).map(({ tool, name }) => `${tool}: ${name}`), []);
        const share = 1 - differing.length / cases.length;
        console.log(`      ${cases.length - differing.length} of ${cases.length} agree (${(100 * share).toFixed(1)} %), ${differing.length} differ with a reason`);
        assert.ok(share >= 0.95, `only ${(100 * share).toFixed(1)} % agree`);
    });

    it("leave no dispute without a case, and no check without a rule", () => {
        const cases = judged();
        const differing = cases.filter(one => agrees(one) !== true);
        const known = new Set(cases.map(({ tool }) => tool));
        assert.deepEqual(disputesOf().filter(({ tool }) => known.has(tool)).filter(dispute => !differing.some(one => disputes(dispute, one))), []);
        assert.deepEqual(cases.filter(({ tool, check }) => meaningOf(CATALOGUE, tool, check).rules.length === 0).map(({ check }) => check), []);
    });
});

describe("disputes with labels", () => {
    const [dispute] = disputesOf("| tool | check | case | label | here | why |\n|---|---|---|---|---|---|\n| a | `b*` | `c*d` | good | refused | because |");
    const one = { tool: "a", check: "bee", name: "x/c.d/y", documents: [], bad: false };

    it("are read from the table", () => assert.deepEqual(dispute, { tool: "a", check: "b*", pattern: "c*d", bad: false, reason: "because" }));

    it("are about a tool's check, a part of the name, and a label", () => {
        assert.ok(dispute !== undefined && disputes(dispute, one));
        for (const other of [{ tool: "b" }, { check: "xb" }, { name: "cd!" }, { name: "dc" }, { bad: true }]) {
            const fits = disputes(dispute, { ...one, ...other });
            assert.equal(fits, other.name === "cd!", JSON.stringify(other));
        }
    });

    it("each say why", () => assert.deepEqual(disputesOf().filter(({ reason }) => reason.length < 30), []));
});
