import assert from "node:assert/strict";

import { pathPattern, quoted } from "../../nginx/words";

describe("quoted", () => {
    it("escapes quotes and backslashes", () => assert.equal(quoted("a \"b\" \\c;{}"), "\"a \\\"b\\\" \\\\c;{}\""));
    it("takes nothing that it cannot write", () => {
        for (const value of ["a\nb", "a\rb", "a\0", "\x7f", "ä", "$a"]) {
            assert.throws(() => quoted(value), /not a value of nginx's configuration/, JSON.stringify(value));
        }
    });
});

describe("pathPattern", () => {
    it("goes by segments", () => {
        const pattern = (path: string, match: "prefix" | "exact"): string => pathPattern({ path, match });
        assert.equal(pattern("/a.b+c", "prefix"), "\"~^/a[.]b[+]c(/|$)\"");
        assert.equal(pattern("/a", "exact"), "\"~^/a$\"");
        assert.equal(pattern("/", "prefix"), "\"~^/\"");
    });
});
