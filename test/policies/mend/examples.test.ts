import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { unifiedDiff } from "../../../cli/check/fix/diff";
import { kindOf, resourcesOf } from "../../../cli/check/recognise";
import { RULES } from "../../../policies/catalogue";
import { MENDS } from "../../../policies/mend";
import { mendInputs } from "../../../policies/mend/pulumi";
import { judgeResources } from "../../../policies/sources";
import { examplesOf, parseExample, settingsIn } from "../../support/example";
import { commentsOf, mendFiles } from "../../support/fixing";
import { assertGolden } from "../../support/golden";
import { CASES } from "./cases";
import type { Rule } from "../../../policies/rule";

const PAGES = join(__dirname, "../../../docs/rules");
/** Rules whose finding is about a kind of source that has no text to mend. */
const examplesFor = (id: string): readonly string[] => [...examplesOf(readFileSync(join(PAGES, `${id}.md`), "utf8"), "Refused"), ...CASES[id] ?? []];
const RULES_THAT_MEND = RULES.filter(({ id }) => Object.hasOwn(MENDS, id));

describe("mending what the rules' own pages refuse", () => {
    it("is done by at least forty rules, and only by rules that there are", () => {
        assert.ok(RULES_THAT_MEND.length >= 40);
        assert.deepEqual(Object.keys(MENDS).filter(id => !RULES.some(rule => rule.id === id)), []);
    });

    for (const rule of RULES_THAT_MEND) {
        it(`${rule.id}: the difference is the golden one, the result passes, comments stay, and a second time changes nothing`, async () => {
            const results = await Promise.all(examplesFor(rule.id).map(async example => await mendedExample(rule, example)));
            const done = results.filter(result => result !== undefined);
            assert.ok(done.some(result => result.changed), "no example of the rule is mended");
            assertGolden(`mend/${rule.id}.diff`, done.map(result => result.text).join("\n"));
        });
    }
});

interface Result {
    readonly text: string;
    readonly changed: boolean;
}

async function mendedExample(rule: Rule, example: string): Promise<Result | undefined> {
    const roots = parseExample(example);
    const kind = kindOf(roots?.[0]);
    if (roots === undefined || kind === undefined) {
        return undefined;
    }
    return kind === "pulumi" ? mendedResources(rule, roots[0], example) : await mendedFile(rule, example, kind === "compose" ? "compose.yaml" : "app.yaml");
}

async function mendedFile(rule: Rule, example: string, name: string): Promise<Result> {
    const options = { rules: [rule], settings: settingsIn(example) ?? {} };
    const { fixed, before, after, texts } = await mendFiles({ [name]: example }, [rule.id], options);
    const text = texts[name] ?? "";
    assert.equal(after.findings.length, fixed.left.length, "what was mended is found again");
    assert.equal(before.findings.length, fixed.mended.flatMap(({ findings }) => findings).length + fixed.left.length, "a finding got lost");
    assert.deepEqual(commentsOf(text).filter(comment => !commentsOf(example).includes(comment)), []);
    assert.deepEqual(commentsOf(example).filter(comment => !commentsOf(text).includes(comment)), []);
    assert.equal((await mendFiles({ [name]: text }, [rule.id], options)).texts[name], text);
    const left = fixed.left.map(({ finding, reason }) => `left: ${finding.message}: ${reason}\n`).join("");
    return { text: `${unifiedDiff(name, example, text)}${left}`, changed: text !== example };
}

function mendedResources(rule: Rule, root: unknown, example: string): Result {
    const settings = settingsIn(example)?.[rule.id] ?? {};
    const lines = resourcesOf("state.json", root).map(({ resource }) => {
        const mended = mendInputs(rule, resource, settings);
        if (mended === undefined) {
            return `${resource.type}: left as it is\n`;
        }
        const found = (inputs: typeof mended) => judgeResources([{ ...resource, inputs }], { rules: [rule], settings: { [rule.id]: settings } }).findings.length;
        assert.ok(found(mended) < found(resource.inputs), "what was mended is found again");
        assert.equal(mendInputs(rule, { ...resource, inputs: mended }, settings), undefined);
        return unifiedDiff(resource.type, jsonOf(resource.inputs), jsonOf(mended));
    });
    return { text: lines.join(""), changed: lines.some(line => line.startsWith("---")) };
}

function jsonOf(inputs: unknown): string {
    return `${JSON.stringify(inputs, undefined, 2)}\n`;
}
