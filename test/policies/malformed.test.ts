import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { kindOf } from "../../cli/check/recognise";
import { RULES } from "../../policies/catalogue";
import { examplesOf, judgeParsed, parseExample, settingsIn } from "../support/example";
import { put, waysIn } from "../support/ways";

const PAGES = join(__dirname, "../../docs/rules");
/** What nobody writes on purpose, and what a template or a slip leaves behind. */
const WRONG: readonly unknown[] = [7, -1.5, "x", "", [], {}, [null], { "": null }, [[[]]], true, null, "\u0000", JSON.parse('{"__proto__": {"privileged": true}}'), 2 ** 60];
/** Words of the language itself: a rule that meets them has stumbled. */
const STUMBLED = /undefined|Cannot |is not a function|is not iterable|\[object|TypeError|RangeError|\bNaN\b/;

describe("a value of the wrong shape", () => {
    for (const rule of RULES) {
        it(`${rule.id}: stumbles over none`, () => {
            const page = readFileSync(join(PAGES, `${rule.id}.md`), "utf8");
            const faults = examplesOf(page, "Refused").flatMap(example => {
                const roots = parseExample(example) ?? [];
                // What an engine says of itself is its own client's to read.
                if (roots.some(root => typeof root === "object" && root !== null && "engine" in root)) {
                    return [];
                }
                return waysIn(roots).flatMap(way => WRONG.flatMap(value => {
                    const { findings, errors } = judgeParsed(put(roots, way, value) as unknown[], [rule], settingsIn(example), kindOf(roots[0]));
                    return [...findings, ...errors].map(({ message }) => message).filter(message => STUMBLED.test(message)).map(message => `${way.join(".")} = ${JSON.stringify(value)}: ${message}`);
                }));
            });
            assert.deepEqual(faults.slice(0, 5), []);
        });
    }
});
