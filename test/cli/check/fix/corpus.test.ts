import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { replaceFile } from "../../../../cli/check/fix/files";
import { fix } from "../../../../cli/check/fix/fix";
import { keyOf } from "../../../../cli/check/fix/unit";
import { judgeFiles } from "../../../../cli/check/judge-files";
import { RULES, STANDARD_RULES } from "../../../../policies/catalogue";
import { MENDS } from "../../../../policies/mend";
import { EVERY_MEND } from "../../../support/fixing";
import type { Report } from "../../../../policies/report/report";

const CORPUS = join(__dirname, "../../../../../shared/corpus");
/** Why something of a real file is left as it is; anything else is a fault of the mending. */
const REASONS = [
    /^nothing in the file tells what would be right$/, /^its value comes from a variable/, /^[a-z-]+ would be found then: /, /^it could not be judged then: /,
    /^Kubernetes refuses it together/, /^it would be found all the same/, /^it is written in .* outside the project's folder$/,
    /^what would be changed (?:comes from an? |has a comment that )/,
];

function counts(report: Report): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    report.findings.forEach(finding => found.set(keyOf(finding), (found.get(keyOf(finding)) ?? 0) + 1));
    return found;
}

/** Comments that are gone although what stands below them is not. */
function lostComments(text: string, mended: string): string[] {
    const lines = text.split(/\r?\n/).map(line => line.trim());
    const kept = new Set(mended.split(/\r?\n/).map(line => line.trim()));
    const below = (at: number): string => lines.slice(at).find(line => line !== "" && !line.startsWith("#")) ?? "";
    return lines.filter((line, at) => line.startsWith("#") && !kept.has(line) && kept.has(below(at)));
}

for (const [set, rules] of [["compose", STANDARD_RULES.filter(({ about, id }) => about !== "stack" || Object.hasOwn(MENDS, id))], ["k8s", RULES.filter(({ id }) => Object.hasOwn(MENDS, id))], ["k8s-labelled", RULES.filter(({ id }) => Object.hasOwn(MENDS, id))]] as const) {
    const from = join(CORPUS, set);
    describe(`mending real files: ${set}${existsSync(from) ? "" : " (skipped: the corpus is not beside this checkout)"}`, function () {
        this.timeout(300_000);

        it("makes each mended finding go away, brings no other, keeps every comment, and is done at once", async function () {
            if (!existsSync(from)) {
                this.skip();
            }
            const folder = mkdtempSync(join(tmpdir(), "portcullis-corpus-"));
            try {
                cpSync(from, folder, { recursive: true });
                const options = { rules, settings: {}, mending: EVERY_MEND };
                const before = await judgeFiles([folder], { rules });
                const fixed = await fix([folder], before, options);
                fixed.changed.forEach(({ path, before: text, after }) => { replaceFile(path, text, after); });
                const after = await judgeFiles([folder], { rules });
                const [had, has] = [counts(before), counts(after)];
                assert.ok(fixed.mended.length > 500, "hardly anything was mended");
                assert.deepEqual([...has].filter(([key, count]) => count > (had.get(key) ?? 0)), []);
                assert.deepEqual(after.errors.filter(({ message }) => !before.errors.some(error => error.message === message)), []);
                const left = new Set(fixed.left.map(({ finding }) => keyOf(finding)));
                const mendable = after.findings.filter(({ rule }) => Object.hasOwn(MENDS, rule));
                assert.deepEqual(mendable.filter(finding => !left.has(keyOf(finding))).map(({ path, message }) => `${path} ${message}`), []);
                assert.deepEqual(fixed.left.filter(({ reason }) => !REASONS.some(known => known.test(reason))), []);
                for (const { path, before: text, after: mended } of fixed.changed) {
                    assert.equal(readFileSync(path, "utf8"), mended);
                    assert.deepEqual(lostComments(text, mended), [], path);
                }
                assert.deepEqual((await fix([folder], after, options)).changed, []);
                console.log(`      ${before.findings.filter(({ rule }) => Object.hasOwn(MENDS, rule)).length} findings of rules that mend: ${fixed.mended.length} mends in ${fixed.changed.length} files, ${fixed.left.length} left`);
            } finally {
                rmSync(folder, { recursive: true, force: true });
            }
        });
    });
}
