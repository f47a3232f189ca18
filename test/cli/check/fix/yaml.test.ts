import assert from "node:assert/strict";

import { editYaml } from "../../../../cli/check/fix/yaml";
import { Refusal } from "../../../../cli/check/fix/yaml/splice";
import type { Edit } from "../../../../policies/mend/edits";

const set = (path: string, value: Edit extends { value: infer Value } ? Value : never): Edit => ({ do: "set", at: steps(path), value });
const put = (path: string, value: unknown): Edit => set(path, value as never);
const add = (path: string, value: string): Edit => ({ do: "add", at: steps(path), value });
const remove = (path: string, within = 1): Edit => ({ do: "remove", at: steps(path), within });

function steps(path: string): (string | number)[] {
    return path.split(".").map(step => /^\d+$/.test(step) ? Number(step) : step);
}

function edited(text: string, ...edits: readonly Edit[]): string {
    return editYaml(text, new Map([[0, edits]]));
}

/** What is given, the edits, what comes of it. */
const CASES: Readonly<Record<string, readonly [given: string, edits: readonly Edit[], result: string]>> = {
    "a comment behind a value stays": ["a: true # why\nb: 1\n", [put("a", false)], "a: false # why\nb: 1\n"],
    "quotes stay": ["a: 'x' # y\nb: \"x\"\nc: x\n", [put("a", "it's"), put("b", "q\""), put("c", "yes")], "a: 'it''s' # y\nb: \"q\\\"\"\nc: 'yes'\n"],
    "CRLF stays": ["a:\r\n  b: 1\r\nc: 2\r\n", [put("a.d", ["x"]), remove("c")], "a:\r\n  b: 1\r\n  d:\r\n    - x\r\n"],
    "a missing last line end stays missing": ["a:\n  b: 1", [put("a.c", true)], "a:\n  b: 1\n  c: true"],
    "a byte order mark stays": ["\uFEFFa: 1\n", [put("a", 2)], "\uFEFFa: 2\n"],
    "four columns and lists without indentation stay": ["a:\n    b:\n    - x\n", [put("a.c", { d: ["z"] })], "a:\n    b:\n    - x\n    c:\n        d:\n        - z\n"],
    "blank lines stay where they are": ["a:\n  b: 1\n\n# about c\nc: 2\n", [put("a.d", 2)], "a:\n  b: 1\n  d: 2\n\n# about c\nc: 2\n"],
    "what is commented out stays with its list": ["a:\n  b:\n    - x\n    # - y\n  c: 1\n", [add("a.b", "z")], "a:\n  b:\n    - x\n    # - y\n    - z\n  c: 1\n"],
    "an item goes, and its list with the last one": ["a:\n  b:\n    - x\n    - y # why\n  c:\n    - z\n", [remove("a.b.1"), remove("a.c.0")], "a:\n  b:\n    - x\n"],
    "what stands above may not go": ["a:\n  b:\n    c: 1\n", [remove("a.b.c", 2)], "a:\n  b:\n    {}\n"],
    "one line stays one line": ["a: {b: [x], c: 1}\n", [add("a.b", "z"), put("a.d", { e: 1 }), remove("a.c")], "a: {b: [x, z], d: {e: 1}}\n"],
    "brackets over lines stay over lines": ["a: [\n  x, # first\n  w # last\n  ]\n", [add("a", "z")], "a: [\n  x, # first\n  w, # last\n  z\n  ]\n"],
    "a comma at the end stays": ["a: {\n  b: 1,\n }\n", [put("a.c", 2)], "a: {\n  b: 1,\n  c: 2,\n }\n"],
    "nothing becomes something": ["a:\n  b: # later\n  c: {} # or now\n  d: null\n  e: ~\n", [put("a.b.x", 1), put("a.c.x", 1), put("a.d.x", 1), add("a.e", "x")],
        "a:\n  b: # later\n    x: 1\n  c: # or now\n    x: 1\n  d:\n    x: 1\n  e:\n    - x\n"],
    "the first key of an item goes, and the dash stays": ["- a: 1\n  b: 2\n- a: 3\n  b: 4\n", [remove("1.a", 1), remove("0.b", 1)], "- a: 1\n- b: 4\n"],
    "a text over lines ends before what comes": ["a:\n  b: |\n    x\n    y\n\nc: 1\n", [put("a.d", 1)], "a:\n  b: |\n    x\n    y\n  d: 1\n\nc: 1\n"],
    "JSON stays JSON": ["{\n    \"a\": {\n        \"b\": []\n    }\n}\n", [add("a.b", "x"), put("a.c", { d: true })],
        "{\n    \"a\": {\n        \"b\": [\n            \"x\"\n        ],\n        \"c\": {\n            \"d\": true\n        }\n    }\n}\n"],
    "JSON in one line stays as tight": ["{\"a\":{\"b\":[1,2]}}", [add("a.b", "x"), put("a.c", { d: [true, 1] }), put("e", 1)], "{\"a\":{\"b\":[1,2,\"x\"],\"c\":{\"d\":[true,1]}},\"e\":1}"],
    "what all users of an anchor want is written once": ["x-c: &c\n  r: 1\ns:\n  a:\n    <<: *c\n  b:\n    <<: *c\n", [put("s.a.r", 2), put("s.b.r", 2), put("s.a.m", 3), put("s.b.m", 3)],
        "x-c: &c\n  r: 2\n  m: 3\ns:\n  a:\n    <<: *c\n  b:\n    <<: *c\n"],
    "what one user of an anchor wants is written there": ["x-c: &c\n  r: 1\ns:\n  a:\n    <<: *c\n  b:\n    <<: *c\n", [put("s.a.r", 2)], "x-c: &c\n  r: 1\ns:\n  a:\n    <<: *c\n    r: 2\n  b:\n    <<: *c\n"],
    "an anchor that counts where it stands is one of its users": ["s:\n  a: &a\n    r: 1\n  b:\n    <<: *a\n", [put("s.b.r", 2)], "s:\n  a: &a\n    r: 1\n  b:\n    <<: *a\n    r: 2\n"],
    "a small thing behind an alias is written out": ["s:\n  a: &a [x]\n  b: *a # too\n", [add("s.b", "z")], "s:\n  a: &a [x]\n  b: # too\n    - x\n    - z\n"],
    "anchors of anchors are followed": ["x-a: &a {r: 1}\nx-b: &b\n  <<: *a\ns:\n  one:\n    <<: *b\n  two:\n    <<: [*b]\n", [put("s.one.r", 2), put("s.two.r", 2)],
        "x-a: &a {r: 2}\nx-b: &b\n  <<: *a\ns:\n  one:\n    <<: *b\n  two:\n    <<: [*b]\n"],
};

describe("editing YAML in place", () => {
    for (const [title, [given, edits, result]] of Object.entries(CASES)) {
        it(title, () => {
            assert.equal(edited(given, ...edits), result);
        });
    }

    it("edits one document of several, and items of a List", () => {
        const text = "kind: A\na: 1\n---\n# second\nkind: List\nitems:\n- a: 1\n- a: 1\n...\n---\na: 1\n";
        assert.equal(editYaml(text, new Map([[1, [put("items.1.a", 2)]], [2, [put("b", 1)]]])), "kind: A\na: 1\n---\n# second\nkind: List\nitems:\n- a: 1\n- a: 2\n...\n---\na: 1\nb: 1\n");
    });

    for (const [title, given, edit] of [
        ["takes nothing out of what others share", "s:\n  a: &a {r: 1}\n  b:\n    <<: *a\n", remove("s.b.r")],
        ["writes nothing long out twice", `s:\n  a: &a [${Array.from({ length: 20 }, (_, at) => `v${at}`).join(", ")}]\n  b: *a\n`, add("s.b", "x")],
        ["puts nothing into a text", "a: text\n", put("a.b", 1)],
        ["does not change what is not there", "a: [1]\n", put("a.3", 1)],
        ["does not change keys of its own form", "? a\n: b\n", put("c", 1)],
        ["does not take a comment along that may be about something else", "- a: 1\n  # about b\n  b: 2\n", remove("0.a", 1)],
        ["does not fill an empty document", "# nothing\n", put("a", 1)],
    ] as const) {
        it(title, () => {
            assert.throws(() => edited(given, edit), Refusal);
        });
    }
});
