import assert from "node:assert/strict";

import { CORE_SCHEMA, load, loadAll, mergeTag } from "js-yaml";

import { kindOf, resourcesOf } from "../../cli/check/recognise";
import { judgeCompose, judgeDockerfile, judgeDocuments, judgeEngine, judgeResourceFile } from "../../policies/sources";
import type { Report } from "../../policies/report/report";
import type { EngineFacts } from "../../policies/view/live/facts";
import type { Rule, Settings } from "../../policies/rule";

type SettingsOfRules = Readonly<Record<string, Settings>>;

/** The parameters that an example is judged with: its first line may say them, `# settings: {rule: {parameter: value}}`. */
export function settingsIn(example: string): SettingsOfRules | undefined {
    const [, text] = /^# settings: (.+)\n/.exec(example) ?? [];
    return text === undefined ? undefined : load(text) as SettingsOfRules;
}

/** How a Dockerfile begins, its comments left out; nothing else that is an example begins so. */
const DOCKERFILE = /^(?:\s*(?:#.*)?\n)*\s*(?:FROM|ARG)\s/;

/** An example may be several documents: Kubernetes objects are judged as one stack, anything else stands alone, a Dockerfile too. */
export function judgeExample(example: string, rules: readonly Rule[], given?: SettingsOfRules): Report {
    const settings = given ?? settingsIn(example);
    if (DOCKERFILE.test(example)) {
        return judgeDockerfile(example, { path: "Dockerfile", rules, settings });
    }
    return judgeParsed(parseExample(example) ?? [], rules, settings);
}

/** The documents of an example; undefined for a Dockerfile, which has none. */
export function parseExample(example: string): readonly unknown[] | undefined {
    return DOCKERFILE.test(example) ? undefined : loadAll(example, { schema: CORE_SCHEMA.withTags(mergeTag) });
}

/** As `judgeExample`, of documents. @param kind what they are, where they were changed so that they may not say so themselves */
export function judgeParsed(roots: readonly unknown[], rules: readonly Rule[], settings?: SettingsOfRules, kind = kindOf(roots[0])): Report {
    if (isEngine(roots[0])) {
        return judgeEngine(roots[0].engine, { rules, settings });
    }
    switch (kind) {
        case "compose":
            return judgeCompose(roots[0], { path: "compose.yaml", rules, settings });
        case "pulumi":
            return judgeResourceFile(resourcesOf("state.json", roots[0]), { rules, settings });
        default:
            assert.equal(kind, "kubernetes", "an example is neither a Compose file, a manifest nor resources of Pulumi");
            return judgeDocuments(roots.map((root, document) => ({ path: "app.yaml", document, root })), { rules, settings });
    }
}

/** What an engine says of itself, as an audit reads it: there is no file of it. */
function isEngine(root: unknown): root is { readonly engine: EngineFacts } {
    return typeof root === "object" && root !== null && "engine" in root;
}

/** The examples that a rule's page has below a heading. */
export function examplesOf(page: string, heading: "Accepted" | "Refused"): readonly string[] {
    const [, after = ""] = page.split(`\n## ${heading}\n`);
    const [section = ""] = after.split("\n## ", 1);
    return [...section.matchAll(/```(?:yaml|dockerfile)\n([\s\S]*?)```/g)].map(match => match[1] ?? "");
}
