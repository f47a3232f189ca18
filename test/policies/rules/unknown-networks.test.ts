import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { kindOf, resourcesOf } from "../../../cli/check/recognise";
import { judge } from "../../../policies/judge";
import { INGRESS_RULES } from "../../../policies/rules/ingress";
import { NETWORK_RULES } from "../../../policies/rules/network";
import { REACH_RULES } from "../../../policies/rules/reach";
import { composePieces } from "../../../policies/view/compose";
import { kubernetesPieces } from "../../../policies/view/kubernetes";
import { resourcePieces } from "../../../policies/view/resources";
import { Value } from "../../../policies/view/value";
import { parseExample, settingsIn } from "../../support/example";
import { UNKNOWN } from "../../support/rule-test";
import type { Piece } from "../../../policies/view/types";

type Path = readonly (string | number)[];

/** Ways to every value and every part of one. */
function parts(value: unknown, path: Path = []): Path[] {
    return typeof value !== "object" || value === null ? [path]
        : [path, ...Object.entries(value).flatMap(([key, item]) => parts(item, [...path, Array.isArray(value) ? Number(key) : key]))];
}

function changed(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
    if (key === undefined) {
        return by;
    }
    const copy = Array.isArray(value) ? [...value as unknown[]] : { ...value as object };
    (copy as Record<string | number, unknown>)[key] = changed((value as Record<string | number, unknown>)[key], rest, by);
    return copy;
}

function piecesOf(roots: readonly unknown[]): readonly Piece[] {
    return roots.flatMap((root, document) => {
        const origin = { path: "example.yaml", document, base: [] };
        switch (kindOf(root)) {
            case "compose":
                return composePieces(origin, new Value(root, []));
            case "pulumi":
                return resourcesOf("state.json", root).flatMap(({ resource }) => resourcePieces(resource));
            default:
                return kubernetesPieces(origin, new Value(root, []));
        }
    });
}

/** Where a kind, or what a resource is, would not be known: no source has that. */
const SAID = new Set(["kind", "apiVersion", "type", "urn"]);
const WRONG: readonly unknown[] = [7, "x", [], {}, null, true, [[]], ["x"]];

describe("rules about networks, on the examples of their pages", () => {
    for (const rule of [...INGRESS_RULES, ...NETWORK_RULES, ...REACH_RULES]) {
        const page = readFileSync(join(__dirname, "../../../docs/rules", `${rule.id}.md`), "utf8");
        const [, refused = ""] = page.split("\n## Refused\n");
        const examples = [...(refused.split("\n## ", 1)[0] ?? "").matchAll(/```yaml\n([\s\S]*?)```/g)].map(match => match[1] ?? "");

        it(`${rule.id}: with any part of a refused one not known yet, none is said to be clean`, () => {
            for (const example of examples) {
                const roots = parseExample(example) as readonly unknown[];
                const settings = settingsIn(example) ?? {};
                for (const path of parts(roots).filter(each => each.length > 1 && !SAID.has(String(each.at(-1))) && !(each[1] === "resources" && each.length < 5))) {
                    const { findings, unknown, errors } = judge(piecesOf(changed(roots, path, UNKNOWN) as readonly unknown[]), { rules: [rule], settings });
                    assert.ok(findings.length + unknown.length + errors.length > 0, `is clean without ${path.join(".")}:\n${example}`);
                }
            }
        });

        it(`${rule.id}: a part of the wrong kind ends nothing`, () => {
            for (const example of examples) {
                const roots = parseExample(example) as readonly unknown[];
                const settings = settingsIn(example) ?? {};
                for (const path of parts(roots).filter(each => each.length > 1 && !SAID.has(String(each.at(-1))) && each[1] !== "resources")) {
                    for (const wrong of WRONG) {
                        const mangled = changed(roots, path, wrong) as readonly unknown[];
                        let pieces: readonly Piece[] = [];
                        // What cannot be taken apart at all is an error of its file.
                        try { pieces = piecesOf(mangled); } catch { continue; }
                        assert.doesNotThrow(() => judge(pieces, { rules: [rule], settings }), `${path.join(".")} = ${JSON.stringify(wrong)}:\n${example}`);
                    }
                }
            }
        });
    }
});
