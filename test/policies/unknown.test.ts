import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { kindOf } from "../../cli/check/recognise";
import { RULES } from "../../policies/catalogue";
import { examplesOf, judgeParsed, parseExample, settingsIn } from "../support/example";
import { UNKNOWN } from "../support/rule-test";
import { ABSENT, at, put, waysIn, type Way } from "../support/ways";
import type { Report } from "../../policies/report/report";

const PAGES = join(__dirname, "../../docs/rules");
/** What stands for all that a text or number may turn out to be. */
const TEXTS = ["", "host", "root", "0", "10001", "ALL", "true", "/var/run/docker.sock", "registry.example/a:latest", "*", "none", "default"];
const NUMBERS = [0, 1, -1, 22, 443, 8080, 10001];

/** Values that a place could turn out to hold. */
function possible(value: unknown, texts: readonly string[]): readonly unknown[] {
    switch (typeof value) {
        case "boolean":
            return [true, false, ABSENT];
        case "number":
            return [value, ...NUMBERS, ABSENT];
        case "string":
            return [value, ...TEXTS, ...texts, ABSENT];
        default:
            return [value, ABSENT];
    }
}

/** An item of a list that is not known is there all the same. */
function mayBeAbsent(way: Way): boolean {
    return typeof way.at(-1) === "string";
}

/** What no engine ever leaves unknown: nothing hangs on it. */
const NEVER_UNKNOWN: Readonly<Record<string, RegExp>> = {
    // Networks of a Compose file: it is read when all of it is known.
    "network-not-internal": /^0\.services\.api\.networks:/,
};

/** Every text of an example: what one place may hold, another may. */
function textsIn(value: unknown): string[] {
    return typeof value === "string" ? [value] : typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

const messages = (report: Report): readonly string[] => report.findings.map(({ message }) => message);

/** What a rule must have said of a value that is not known: all that holds whatever it is, and never "clean" where it may not be. */
function faultsOf(judged: (roots: readonly unknown[]) => Report, roots: readonly unknown[], way: Way, texts: readonly string[]): string[] {
    const unknown = judged(put(roots, way, UNKNOWN) as unknown[]);
    const others = possible(at(roots, way), texts).filter(value => value !== ABSENT || mayBeAbsent(way)).map(value => judged(put(roots, way, value) as unknown[])).filter(report => report.errors.length === 0);
    const [first = [], ...rest] = others.map(messages);
    // What a whole mapping or list may hold nobody can go through: nothing is certain of it.
    const certain = typeof at(roots, way) === "object" ? [] : first.filter(message => rest.every(list => list.includes(message)));
    // What it says may be shorter where a part of it is not known; that it says something may not.
    const lost = unknown.findings.length > 0 ? [] : certain;
    const open = unknown.unknown.length > 0 || unknown.findings.length > 0 || unknown.errors.length > 0;
    return [
        ...lost.map(message => `${way.join(".")}: lost "${message}"`),
        ...!open && others.some(report => report.findings.length > 0) ? [`${way.join(".")}: clean, though it may not be`] : [],
        ...unknown.errors.map(error => `${way.join(".")}: ${error.message}`),
    ];
}

describe("a value that is not known yet", () => {
    for (const rule of RULES) {
        it(`${rule.id}: hides nothing that is known, and is never clean where it may not be`, () => {
            const page = readFileSync(join(PAGES, `${rule.id}.md`), "utf8");
            const examples = [...examplesOf(page, "Refused"), ...examplesOf(page, "Accepted")];
            const texts = [...new Set(examples.flatMap(example => textsIn(parseExample(example))))];
            const faults = examples.flatMap(example => {
                const roots = parseExample(example) ?? [];
                // What an engine says of itself is all there.
                if (roots.length === 0 || "engine" in (roots[0] as object)) {
                    return [];
                }
                const judged = (changed: readonly unknown[]) => judgeParsed(changed, [rule], settingsIn(example), kindOf(roots[0]));
                return waysIn(roots).filter(way => way.length > 1).flatMap(way => faultsOf(judged, roots, way, texts));
            });
            assert.deepEqual([...new Set(faults)].filter(fault => NEVER_UNKNOWN[rule.id]?.test(fault) !== true), []);
        });
    }
});
