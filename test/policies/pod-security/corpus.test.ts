import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { readDocuments } from "../../../cli/check/documents";
import { LEVELS, compare } from "../../support/pod-security/compare";
import { KINDS } from "../../support/pod-security/kinds";
import { findOracle } from "../../support/pod-security/oracle";
import type { Case } from "../../support/pod-security/compare";

const CORPUS = join(__dirname, "../../../../shared/corpus");
/** Versions between which something changes that pods of real projects have. */
const VERSIONS = ["v1.18", "v1.21", "v1.24", "v1.29", "v1.34", "v1.37"];
/** Old versions too: they hold the same template. */
const GROUPS = /^(?:v1|(?:apps|batch|extensions)\/v\w+)$/;

/** Every object with a pod below a folder, those of lists too. */
function objectsBelow(folder: string): readonly (readonly [title: string, object: unknown])[] {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(path => /\.(?:ya?ml|json)$/.test(path)).sort();
    return files.flatMap(path => {
        const read = readDocuments(join(folder, path));
        const roots = "documents" in read ? read.documents : [];
        const objects = roots.flatMap(root => (root as { kind?: unknown; items?: unknown[] } | null)?.kind === "List" ? (root as { items?: unknown[] }).items ?? [] : [root]);
        return objects.filter(object => {
            const { apiVersion, kind } = (object ?? {}) as { apiVersion?: unknown; kind?: unknown };
            return GROUPS.test(String(apiVersion)) && Object.hasOwn(KINDS, String(kind));
        }).map((object, at) => [`${path} ${at}`, object] as const);
    });
}

for (const [set, least] of [["k8s", 300], ["k8s-labelled", 350]] as const) {
    describe(`Pod Security Standards: pods of real projects, ${set}`, function () {
        this.timeout(600_000);

        it("are judged as Kubernetes judges them", function () {
            const oracle = findOracle();
            const folder = join(CORPUS, set);
            const lack = typeof oracle === "string" ? oracle : existsSync(folder) ? undefined : "the corpus is not beside this checkout";
            if (lack !== undefined || typeof oracle === "string") {
                console.log(`      skipped: ${lack}`);
                this.skip();
            }
            const objects = objectsBelow(folder);
            const cases = objects.flatMap(([title, object]) => LEVELS.flatMap(level => VERSIONS.map((version): Case => ({ title: `${title} ${level} ${version}`, object, level, version }))));
            const { cases: count, denied, refused, verdicts, names, differences } = compare(oracle, cases);
            // What the API server would not take at all need not be judged; nothing of what it takes is judged otherwise.
            const disputed = differences.filter(({ theirs }) => theirs !== "not judged");
            assert.deepEqual(disputed.slice(0, 5), []);
            assert.ok(objects.length >= least, `${objects.length} objects`);
            console.log(`      ${objects.length} objects, ${count} verdicts, ${denied} denials: ${verdicts} verdicts and ${names} sets of names the same; ${refused} verdicts on ${refused / LEVELS.length / VERSIONS.length} objects that the API server refuses`);
        });
    });
}
