import assert from "node:assert/strict";

import fc from "fast-check";
import { loadAll } from "js-yaml";

import { editYaml } from "../../../../cli/check/fix/yaml";
import { KUBECTL } from "../../../../cli/check/documents";
import { applyEdits, same, type Edit } from "../../../../policies/mend/edits";
import { commentsOf } from "../../../support/fixing";
import { LAYOUTS, written, type Tree } from "../../../support/yaml-layout";
import type { Path } from "../../../../policies/view/unfinished";

const SCALARS: fc.Arbitrary<Tree> = fc.oneof(fc.constantFrom("x", "a b", "yes", "1", "8080:80", "it's", "\"q\"", "#no", "- no", "key: no", ""), fc.integer({ min: -5, max: 5000 }), fc.boolean(), fc.constant(null));
const KEYS = fc.constantFrom("image", "ports", "security_opt", "deploy", "limits", "a.b/c", "true", "name", "spec", "x y", "1");
const TREES = fc.letrec<{ tree: Tree; mapping: Tree }>(tie => ({
    tree: fc.oneof({ maxDepth: 4, depthSize: "small" }, SCALARS, fc.array(tie("tree"), { maxLength: 4 }), tie("mapping")),
    mapping: fc.dictionary(KEYS, tie("tree"), { maxKeys: 5 }),
})).mapping.filter(tree => Object.keys(tree as object).length > 0);

/** Paths of everything below a tree. */
function pathsOf(tree: Tree, path: Path = []): Path[] {
    const below = typeof tree === "object" && tree !== null ? Object.entries(tree).map(([key, value]) => [Array.isArray(tree) ? Number(key) : key, value as Tree] as const) : [];
    return [path, ...below.flatMap(([key, value]) => pathsOf(value, [...path, key]))];
}

function at(tree: Tree, path: Path): Tree {
    return path.reduce<Tree>((value, step) => (value as { readonly [key: string]: Tree })[step] as Tree, tree);
}

/** Edits of the kinds that mends make; each may be made alone, and all of them together. */
function editsOf(tree: Tree, picks: readonly { readonly where: number; readonly kind: number; readonly value: Tree }[]): Edit[] {
    const paths = pathsOf(tree);
    const touched: Path[] = [];
    return picks.flatMap(({ where, kind, value }): Edit[] => {
        const path = paths[where % paths.length] ?? [];
        const target = at(tree, path);
        if (touched.some(other => other.every((step, depth) => step === path[depth]) || path.every((step, depth) => step === other[depth]))) {
            return [];
        }
        touched.push(path);
        if (Array.isArray(target)) {
            return [{ do: "add", at: path, value: typeof value === "object" ? "added" : value }];
        }
        if (typeof target === "object" && target !== null) {
            return [{ do: "set", at: [...path, "fresh", "below"], value }];
        }
        return [kind % 3 === 0 && path.length > 1 ? { do: "remove", at: path, within: 1 } : { do: "set", at: path, value: typeof value === "object" ? "changed" : value }];
    });
}

describe("editing random YAML in random layouts", function () {
    this.timeout(120_000);

    it("makes the edits and no other change, keeps every comment that is about something else, and keeps line ends", () => {
        let [made, refused] = [0, 0];
        const picks = fc.array(fc.record({ where: fc.nat(), kind: fc.nat(), value: fc.oneof(SCALARS.filter(value => value !== null), TREES) }), { minLength: 1, maxLength: 5 });
        fc.assert(fc.property(TREES, LAYOUTS, picks, (tree, layout, chosen) => {
            const text = written(tree, layout);
            fc.pre(same(loadAll(text, { schema: KUBECTL }), [tree]));
            const edits = editsOf(tree, chosen);
            let result: string;
            try {
                result = editYaml(text, new Map([[0, edits]]));
                made++;
            } catch (error) {
                assert.equal((error as Error).constructor.name, "Refusal");
                refused++;
                return;
            }
            assert.ok(same(loadAll(result, { schema: KUBECTL }), [applyEdits(tree, edits)]));
            if (edits.every(edit => edit.do !== "remove")) {
                assert.deepEqual(commentsOf(result), commentsOf(text));
                assert.equal(result.split(/\r?\n/).filter(line => line === "").length, text.split(/\r?\n/).filter(line => line === "").length);
            }
            assert.equal(/(?<!\r)\n/.test(result), layout.eol === "\n");
            if (edits.every(edit => edit.do !== "remove")) {
                // Each edit changes one line at most: all others are still there.
                const lines = result.split(layout.eol);
                const missing = text.split(layout.eol).filter(line => {
                    const found = lines.indexOf(line);
                    return found < 0 || lines.splice(found, 1).length === 0;
                });
                assert.ok(missing.length <= edits.length, missing.join("\n"));
            }
        }), { numRuns: 2000 });
        assert.ok(made > 20 * refused, `${made} made, ${refused} refused`);
        console.log(`      ${made} edited, ${refused} refused`);
    });
});
