import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { RULES } from "../policies/catalogue";
import { rulePage, rulesIndex } from "../policies/page";
import { judgeExample } from "./support/example";

const ROOT = join(__dirname, "..");
const idsIn = (folder: string, ending: string): string[] => readdirSync(join(ROOT, folder))
    .filter(name => name.endsWith(ending)).map(name => name.slice(0, -ending.length)).sort();
const IDS = RULES.map(rule => rule.id).sort();
/** Pages of findings that no rule of a file makes, and the list of all. */
const OTHER_PAGES = ["README", "ungoverned-exemption"];

function filesBelow(folder: string): string[] {
    return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).filter(name => name.endsWith(".test.ts")).map(name => `${folder}/${name}`);
}

function examples(page: string, heading: string): string[] {
    const [, after = ""] = page.split(`\n## ${heading}\n`);
    const [section = ""] = after.split("\n## ", 1);
    return [...section.matchAll(/```(?:dockerfile|yaml)\n([\s\S]*?)```/g)].map(match => match[1] ?? "");
}

describe("rules, their files, tests and pages", () => {
    it("each rule is there once", () => {
        assert.deepEqual(IDS, [...new Set(IDS)]);
    });

    it("each rule has a test: a file of its name, or one that names it", () => {
        const tests = filesBelow("test/policies").map(path => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));
        const untested = IDS.filter(id => !tests.some(({ path, text }) => path.endsWith(`/${id}.test.ts`) || text.includes(`"${id}"`)));
        assert.deepEqual(untested, []);
    });

    it("each rule has a page, and each page a rule", () => {
        assert.deepEqual(idsIn("docs/rules", ".md"), [...IDS, ...OTHER_PAGES].sort());
    });

    it("the list of rules is as the code says", () => {
        assert.equal(readFileSync(join(ROOT, "docs/rules/README.md"), "utf8"), rulesIndex());
    });

    for (const rule of RULES) {
        const file = join(ROOT, "docs/rules", `${rule.id}.md`);
        const page = existsSync(file) ? readFileSync(file, "utf8") : "";

        it(`${rule.id}: the page's head is as the rule says, and says why`, () => {
            assert.equal(page, rulePage(rule, page));
            assert.match(page, /\n## Why\n\n\S.{60}/);
        });

        it(`${rule.id}: its examples are judged as the page says`, () => {
            const refused = examples(page, "Refused");
            const accepted = examples(page, "Accepted");
            assert.ok(refused.length > 0 && accepted.length > 0, "examples of both kinds are needed");
            for (const example of refused) {
                assert.notDeepEqual(judgeExample(example, [rule]).findings, [], `is not refused:\n${example}`);
            }
            for (const example of accepted) {
                const { findings, errors, unknown } = judgeExample(example, [rule]);
                assert.deepEqual({ findings, errors, unknown }, { findings: [], errors: [], unknown: [] }, `is not accepted:\n${example}`);
            }
        });

        it(`${rule.id}: says its fault, and everything that a report needs`, () => {
            assert.match(rule.id, /^[a-z]+(?:-[a-z]+)*$/);
            assert.match(rule.title, /^[A-Z][^.]*[^.]$/);
            assert.ok(rule.fix.length > 10 && rule.benchmarks.length > 0);
            assert.ok(rule.controls.every(control => /^(?:SC-\d\d|[A-Z]+-[A-Z]+-\d\d)$/.test(control)));
        });
    }
});
