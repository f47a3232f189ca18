import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";

import { writeDeployments } from "../../../bench/deployments";
import { judgeFiles } from "../../../cli/check/judge-files";
import { shareOut } from "../../../cli/check/parallel";
import { RULES } from "../../../policies/catalogue";
import type { Report } from "../../../policies/report/report";

describe("portcullis check: many files", function () {
    this.timeout(60_000);
    let folder: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "parallel-"));
        writeDeployments(folder, 450);
        writeFileSync(join(folder, "broken.yaml"), "kind: [\n");
        writeFileSync(join(folder, "wrong.yaml"), "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: many}\n");
        writeFileSync(join(folder, "compose.yaml"), "services: {a: {image: a, privileged: true}}\n");
    });
    after(() => { rmSync(folder, { recursive: true }); });

    const files = (): string[] => Array.from({ length: 450 }, (_, at) => join(folder, `app-${String(at).padStart(5, "0")}.yaml`));

    /** Errors are not in an order of their own. */
    const inOrder = (report: Report): Report => ({ ...report, errors: report.errors.toSorted((one, other) => JSON.stringify(one) < JSON.stringify(other) ? -1 : 1) });

    it("says the same from several threads as from one", async function () {
        if (availableParallelism() < 2) {
            console.log("      skipped: this machine has one processor");
            this.skip();
        }
        const options = { advisory: new Set(["latest-tag"]), settings: { "capability-added": { allowed: ["SYS_ADMIN"] } } };
        assert.notEqual(shareOut(files(), options), undefined);
        // Texts of one's own are judged in this thread.
        const alone = inOrder(await judgeFiles([folder], { ...options, texts: new Map() }));
        assert.deepEqual(inOrder(await judgeFiles([folder], options)), alone);
        assert.ok(alone.findings.length > 2000 && alone.errors.some(({ path }) => path.endsWith("/wrong.yaml")) && alone.errors.some(({ path }) => path.endsWith("/broken.yaml")));
        assert.ok(alone.findings.some(({ rule, level }) => rule === "latest-tag" && level === "advisory"));
    });

    it("keeps to one thread where there are few files, or rules that are not the catalogue's own", () => {
        assert.equal(shareOut(files().slice(0, 100), {}), undefined);
        assert.equal(shareOut(files(), { rules: RULES.map(rule => ({ ...rule })) }), undefined);
    });

    it("does not pass where a thread ends early", async () => {
        const shared = shareOut(files(), { settings: { "latest-tag": { wrong: 1n as never } } });
        assert.ok(shared === undefined || (await shared.reports).length > 0);
        await assert.rejects(shareOut(files(), { settings: { "latest-tag": { wrong: (() => 1) as never } } })?.reports ?? Promise.reject(new Error("one processor")));
    });
});
