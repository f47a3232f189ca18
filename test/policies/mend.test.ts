import assert from "node:assert/strict";

import { RULES } from "../../policies/catalogue";
import { judgeResources } from "../../policies/sources";
import { UNKNOWN } from "../support/rule-test";
import type { Inputs } from "../../policies/rule";

const TYPE = "docker:index/container:Container";
/** What a rule that mends is given, and what it makes of it. */
const CASES: Readonly<Record<string, readonly (readonly [given: Inputs, mended: Inputs])[]>> = {
    "privileged-container": [[{ privileged: true, image: "a" }, { privileged: false, image: "a" }]],
    "writable-root": [[{ image: "a" }, { image: "a", readOnly: true }], [{ readOnly: false }, { readOnly: true }]],
    "capabilities-not-dropped": [
        [{}, { capabilities: { drops: ["ALL"] } }],
        [{ capabilities: { adds: ["CHOWN"], drops: ["KILL"] } }, { capabilities: { adds: ["CHOWN"], drops: ["ALL"] } }],
    ],
    "new-privileges-allowed": [
        [{}, { securityOpts: ["no-new-privileges:true"] }],
        [{ securityOpts: ["seccomp=strict.json", "no-new-privileges:false"] }, { securityOpts: ["seccomp=strict.json", "no-new-privileges:true"] }],
    ],
};
/** What must stay as it is: it may be right, and changing it would lose it. */
const UNTOUCHED: Readonly<Record<string, readonly Inputs[]>> = {
    "capabilities-not-dropped": [{ capabilities: UNKNOWN }, { capabilities: { drops: [UNKNOWN] } }, { capabilities: { drops: ["CAP_ALL"] } }],
    "new-privileges-allowed": [{ securityOpts: UNKNOWN }, { securityOpts: [UNKNOWN] }, { securityOpts: ["no-new-privileges"] }],
    "privileged-container": [{}, { privileged: UNKNOWN }],
    "writable-root": [{ readOnly: true }],
};

describe("mending", () => {
    it("has cases for every rule that mends", () => {
        assert.deepEqual(Object.keys(CASES).sort(), RULES.filter(rule => rule.mend !== undefined).map(rule => rule.id).sort());
    });

    for (const rule of RULES.filter(one => one.mend !== undefined)) {
        it(`${rule.id}: what is mended passes, changes nothing else, and is not mended again`, () => {
            for (const [given, mended] of CASES[rule.id] ?? []) {
                assert.deepEqual(rule.mend?.(given, TYPE), mended);
                assert.equal(rule.mend?.(mended, TYPE), undefined);
                const judged = (inputs: Inputs) => judgeResources([{ urn: "u", type: TYPE, name: "api", inputs }], { rules: [rule] }).findings.length;
                assert.deepEqual([judged(given), judged(mended)], [1, 0]);
            }
        });

        it(`${rule.id}: leaves alone what is right or not known`, () => {
            for (const given of UNTOUCHED[rule.id] ?? []) {
                assert.equal(rule.mend?.(given, TYPE), undefined, JSON.stringify(given));
            }
        });
    }
});
