import assert from "node:assert/strict";

import { TemplateFault, substitute } from "../../infra/compose/interpolate/template";
import { formatDuration, parseBytes, parseDuration } from "../../infra/compose/typed/scalars";
import { splitCommand } from "../../infra/compose/typed/words";
import { compareNaturally } from "../../infra/compose/typed/order";
import { inlineScalar } from "../../infra/compose/print/scalar-style";
import { loadFiles, loadWeb } from "./project";

describe("interpolation", () => {
    const variables: Record<string, string> = { S: "set", E: "" };
    const lookup = { get: (name: string): string | undefined => variables[name] };
    const table: readonly (readonly [string, string])[] = [
        ["$S-${S}", "set-set"], ["${A:-d}${A-d}${E:-d}${E-d}", "ddd"], ["${S:+a}${S+a}${E:+a}${E+a}${A:+a}${A+a}", "aaa"], ["${S:?no}${E?no}", "set"],
        ["$$S $${S}", "$S ${S}"], ["${A:-${B:-$S}}", "set"], ["${A:-{\"k\":\"v\"}}", "{\"k\":\"v\"}"], ["a$ $1 $", "a$ $1 $"], ["${A:-a:b-c?d}", "a:b-c?d"], ["$LOST.", "."],
    ];
    for (const [text, expected] of table) {
        it(`makes ${JSON.stringify(expected)} of ${text}`, () => { assert.equal(substitute(text, lookup), expected); });
    }
    for (const text of ["${}", "${S", "${S!}", "${-S}", "${A:?gone}", "${A?}", "${E:?}", "${A:-${B", "${A:-x\ny}"]) {
        it(`refuses ${JSON.stringify(text)}`, () => { assert.throws(() => substitute(text, lookup), TemplateFault); });
    }
    it("tells once of each variable that is not set", () => {
        const { warnings } = loadFiles({ "compose.yaml": "services: {web: {image: a, command: $GONE $GONE, user: \"${LOST:-x}\"}}\n" });
        assert.deepEqual(warnings, ["the variable GONE is not set; it is replaced by nothing"]);
    });
});

describe("units", () => {
    it("reads durations to the nanosecond and writes them as Go does", () => {
        const written = ["1m30s", "1.5h", "1d", "2w", "100ms", "1us", "0", "-5s", "1h1m1.001s"].map(text => formatDuration(parseDuration(text) ?? -1n));
        assert.deepEqual(written, ["1m30s", "1h30m0s", "24h0m0s", "336h0m0s", "100ms", "1\u00b5s", "0s", "-5s", "1h1m1.001s"]);
        assert.deepEqual(["", "5", "1x", "s", "1 s", "1m ", "200000000h"].map(parseDuration), Array(7).fill(undefined));
    });
    it("reads sizes in bytes", () => {
        assert.deepEqual(["1", "1k", "1KB", "1.5 GiB", "10b", "-1", "1p"].map(parseBytes), [1, 1024, 1024, 1.5 * 2 ** 30, 10, -1, 2 ** 50]);
        assert.deepEqual(["", "k", "1x", "1kbb", "-1k", "a1"].map(parseBytes), Array(6).fill(undefined));
    });
    it("splits commands as a shell does, and refuses what is not closed", () => {
        assert.deepEqual(["a 'b c' \"d \\\"e\"", "a\\ b ''", "x; y", "$(a b) c", "n 2>x"].map(splitCommand), [["a", "b c", "d \"e"], ["a b", ""], ["x"], ["$(a b)", "c"], ["n"]]);
        assert.deepEqual(["'a", "\"a", "a \\", "(a)", "`a"].map(splitCommand), Array(5).fill(undefined));
    });
    it("sorts keys as people count and quotes texts that YAML would read otherwise", () => {
        assert.deepEqual(["web10", "web2", "a", "B", "_", "web02"].sort(compareNaturally), ["_", "B", "a", "web2", "web02", "web10"]);
        assert.deepEqual(["a", "yes", "1", "null", "a: b", "- a", "", "it's", " a", "a\tb", "1:20"].map(inlineScalar),
            ["a", "'yes'", "\"1\"", "\"null\"", "'a: b'", "'- a'", "\"\"", "it's", "' a'", "\"a\\tb\"", "'1:20'"]);
    });
});

describe("env files", () => {
    const table: readonly (readonly [string, Record<string, string>])[] = [
        ["A=1 # c\nB=x#y\n#z\n\nC = d \n", { A: "1", B: "x#y", C: "d" }], ["A='a $B'\nB=\"b $A\"\nC=c $A\n", { A: "a $B", B: "b a $B", C: "c a $B" }], ["A=\"1\\n2\\t\\\"\\$x\"\n", { A: "1\n2\t\"$x" }],
        ["export A=1\nB: 2\nHOME\nNONE\n", { A: "1", B: "2", HOME: "/h" }], ["A=\"x\ny\"\nB=2\n", { A: "x\ny", B: "2" }], ["A=${B:-${C-d}}\n", { A: "d" }], ["A='it\\'s'\n", { A: "it's" }], ["A=\r\nB=1\r\n", { A: "", B: "1" }],
    ];
    for (const [text, expected] of table) {
        it(`reads ${JSON.stringify(text)}`, () => {
            const loaded = loadFiles({ "compose.yaml": "services: {web: {image: a, env_file: e.env}}\n", "e.env": text }, { environment: { HOME: "/h" } });
            assert.deepEqual((loaded.project["services"] as Record<string, Record<string, unknown>>)["web"]?.["environment"], expected);
        });
    }
});

describe("long forms", () => {
    it("are made of ports, one for each of a range", () => {
        assert.deepEqual(loadWeb("ports: [\"8000-8001:80-81/udp\", \"127.0.0.1::90\"]")["ports"], [
            { mode: "ingress", target: 80, published: "8000", protocol: "udp" }, { mode: "ingress", target: 81, published: "8001", protocol: "udp" },
            { mode: "ingress", host_ip: "127.0.0.1", target: 90, protocol: "tcp" },
        ]);
    });
    it("are made of mounts", () => {
        assert.deepEqual(loadWeb("volumes: [\"/a:/b:ro,z\", \"/data/\"]")["volumes"], [
            { type: "bind", source: "/a", target: "/b", read_only: true, bind: { selinux: "z" } }, { type: "volume", target: "/data", volume: {} },
        ]);
    });
});
