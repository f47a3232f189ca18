import * as assert from "node:assert/strict";

import * as fc from "fast-check";
import { load } from "js-yaml";

import type { PlainMap } from "../../infra/render/rendered";
import { yamlLines } from "../../infra/render/yaml";

const text = (value: PlainMap): string => yamlLines(value, 0, item => item).join("\n");

describe("the YAML of rendered files", () => {
    it("is in block style, maps in lists beginning beside the dash", () => {
        assert.equal(text({ a: { b: ["c", { d: 1, e: [true, null] }, [], {}], f: {}, g: [] }, "h i": "" }), [
            "a:",
            "    b:",
            "        - c",
            "        - d: 1",
            "          e:",
            "              - true",
            "              - null",
            "        - []",
            "        - {}",
            "    f: {}",
            "    g: []",
            "\"h i\": \"\"",
        ].join("\n"));
    });

    for (const word of ["yes", "No", "on", "null", "1_000", "0777", "0o17", "2001-01-01", "1e3", ".inf", "~", "12:30", "- a", "a: b", "#", " a", "=", "<<"]) {
        it(`quotes ${JSON.stringify(word)}, which some reader takes for something else`, () => {
            assert.equal(text({ a: word }), `a: ${JSON.stringify(word)}`);
        });
    }

    it("is read back as what it was, whatever the strings", () => {
        const strings = fc.string({ unit: "binary" });
        fc.assert(fc.property(fc.dictionary(strings, fc.oneof(strings, fc.integer(), fc.boolean(), fc.array(strings))), value => {
            const plain = JSON.parse(JSON.stringify(value).replaceAll("\"__proto__\"", "\"proto\"")) as PlainMap;
            assert.deepEqual(Object.keys(plain).length === 0 ? {} : load(text(plain)), plain);
        }), { numRuns: 300 });
    });

    it("puts every string through what it is given", () => {
        assert.deepEqual(yamlLines({ $a: ["$b", { c: "$d" }] }, 2, item => item.replaceAll("$", "$$$$")), [
            "  \"$a\":", "      - \"$$b\"", "      - c: \"$$d\"",
        ]);
    });
});

