import assert from "node:assert/strict";

import { isLoopback, isPrivate, rangeOf } from "../../../../policies/view/net/address";
import { bothPorts, portsText, ALL_PORTS } from "../../../../policies/view/net/ports";
import { traefikMatch } from "../../../../policies/view/net/routes";
import { labelsOf, selectorOf } from "../../../../policies/view/net/selector";
import { Malformed, Unknown } from "../../../../policies/view/unfinished";
import { Value } from "../../../../policies/view/value";
import { UNKNOWN } from "../../../support/rule-test";

describe("addresses", () => {
    for (const address of ["127.0.0.1", "127.255.255.254", "::1", "[::1]", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1", "localhost", "LOCALHOST", " 127.0.0.1 "]) {
        it(`${address} is the machine itself`, () => assert.equal(isLoopback(address), true));
    }
    for (const address of ["", "0.0.0.0", "128.0.0.1", "::", "::2", "127.0.0.1.example.com", "localhost.example.com", "127.0.0", "127.0.0.256", "${HOST}"]) {
        it(`${address === "" ? "nothing" : address} is not`, () => assert.equal(isLoopback(address), false));
    }
    const ranges: readonly (readonly [text: string, isPrivate: boolean | undefined])[] = [
        ["10.1.0.0/16", true], ["172.16.0.0/12", true], ["172.15.0.0/12", false], ["192.168.0.0/15", false], ["100.64.0.1", true], ["fd00::/8", true], ["2001:db8::/32", false],
        ["0.0.0.0/0", false], ["::/0", false], ["8.8.8.8/32", false], ["10.0.0.0/33", undefined], ["::/129", undefined], ["10.0.0/8", undefined], ["a", undefined], ["10.0.0.0/8/8", undefined],
        ["1:2:3:4:5:6:7:8:9", undefined], ["1::2::3", undefined], ["1:2:3:4:5:6:7", undefined], ["1:2:3:4:5:6:7::8", undefined], ["fe80::1", true], ["::g", undefined],
    ];
    for (const [text, answer] of ranges) {
        it(`${text} ${answer === undefined ? "is no range" : answer ? "is of one's own networks" : "is not of one's own networks"}`, () => {
            const range = rangeOf(text);
            assert.equal(range === undefined ? undefined : isPrivate(range), answer);
        });
    }
});

describe("selectors", () => {
    const select = (selector: unknown, labels: unknown): boolean => selectorOf(new Value(selector, [])).selects(labelsOf(new Value(labels, [])));
    const expression = (operator: string, ...values: string[]) => ({ matchExpressions: [{ key: "a", operator, values }] });
    const cases: readonly (readonly [title: string, selector: unknown, labels: unknown, selects: boolean])[] = [
        ["an empty one", {}, { a: "b" }, true], ["none", undefined, undefined, true],
        ["a label", { matchLabels: { a: "b" } }, { a: "b", c: "d" }, true], ["another value", { matchLabels: { a: "b" } }, { a: "c" }, false], ["no labels", { matchLabels: { a: "b" } }, undefined, false],
        ["one of two labels", { matchLabels: { a: "b", c: "d" } }, { a: "b" }, false],
        ["In", expression("In", "x", "b"), { a: "b" }, true], ["In, of none", expression("In", "x"), {}, false],
        ["NotIn", expression("NotIn", "b"), { a: "b" }, false], ["NotIn, of none", expression("NotIn", "b"), {}, true],
        ["Exists", expression("Exists"), { a: "" }, true], ["Exists, of none", expression("Exists"), {}, false],
        ["DoesNotExist", expression("DoesNotExist"), { a: "b" }, false], ["DoesNotExist, of none", expression("DoesNotExist"), {}, true],
        ["labels and expressions", { matchLabels: { c: "d" }, ...expression("In", "b") }, { a: "b" }, false],
        ["a label that every object has by JavaScript", { matchLabels: { constructor: "x" } }, {}, false],
        ["a number", { matchLabels: { a: 1 } }, { a: "1" }, true],
        ["what is not known beside what does not meet it", { matchLabels: { a: "b" } }, { a: "c", d: UNKNOWN }, false],
        ["two, of which one does not meet it for sure", { matchLabels: { d: "e", a: "b" } }, { a: "c", d: UNKNOWN }, false],
    ];
    for (const [title, selector, labels, selects] of cases) {
        it(`${title}: ${selects ? "selects" : "does not select"}`, () => assert.equal(select(selector, labels), selects));
    }
    it("says that it does not know where only an unknown label decides", () => assert.throws(() => select({ matchLabels: { a: "b" } }, { a: UNKNOWN }), Unknown));
    it("says that it does not know its own value", () => assert.throws(() => select({ matchLabels: { a: UNKNOWN } }, { a: "b" }), Unknown));
    it("refuses an operator that there is not", () => assert.throws(() => select(expression("Gt", "1"), { a: "b" }), Malformed));
    it("refuses an operator that every object has by JavaScript", () => assert.throws(() => select(expression("constructor"), { a: "b" }), Malformed));
});

describe("ports", () => {
    const tcp = (from: number, to = from) => ({ protocol: "TCP", from, to });
    it("that are in both", () => {
        assert.deepEqual(bothPorts([tcp(1, 10), { protocol: "UDP", from: 53, to: 53 }], [tcp(5, 20), tcp(53)]), [tcp(5, 10)]);
        assert.deepEqual(bothPorts(ALL_PORTS, [tcp(1)]), [tcp(1)]);
        assert.deepEqual(bothPorts([tcp(1)], ALL_PORTS), [tcp(1)]);
    });
    it("as text", () => {
        assert.equal(portsText(ALL_PORTS), "");
        assert.equal(portsText([tcp(80), tcp(80), tcp(1, 5)]), "TCP 1-5, TCP 80");
        assert.equal(portsText([tcp(0, 65535)]), "any TCP");
    });
});

describe("matchers of Traefik", () => {
    const cases: readonly (readonly [match: string, hosts: readonly string[], path: string | undefined])[] = [
        ["Host(`a`)", ["a"], undefined], ["Host(`a`, `b`) && PathPrefix(`/x`)", ["a", "b"], "/x"], ["Host(\"a\") || Host('b')", ["a", "b"], undefined],
        ["HostSNI(`*`)", ["*"], undefined], ["HostRegexp(`.+`)", ["*.+"], undefined], ["!Host(`a`) && Path(`/`)", [], "/"], ["Headers(`X`, `y`)", [], undefined], ["", [], undefined],
    ];
    for (const [match, hosts, path] of cases) {
        it(match === "" ? "nothing" : match, () => assert.deepEqual([traefikMatch(match).hosts, traefikMatch(match).path], [hosts, path]));
    }
});
