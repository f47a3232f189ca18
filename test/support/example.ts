import assert from "node:assert/strict";

import { CORE_SCHEMA, load, loadAll, mergeTag } from "js-yaml";

import { kindOf, resourcesOf } from "../../cli/check/recognise";
import { judgeCompose, judgeDockerfile, judgeDocuments, judgeResourceFile } from "../../policies/sources";
import type { Report } from "../../policies/report/report";
import type { Rule, Settings } from "../../policies/rule";

type SettingsOfRules = Readonly<Record<string, Settings>>;

/** The parameters that an example is judged with: its first line may say them, `# settings: {rule: {parameter: value}}`. */
function settingsIn(example: string): SettingsOfRules | undefined {
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
    const roots = loadAll(example, { schema: CORE_SCHEMA.withTags(mergeTag) });
    const kind = kindOf(roots[0]);
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
