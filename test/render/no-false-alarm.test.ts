import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { composeFilesBelow, renderSystem } from "../../bench/no-false-alarm/render";
import { judgeFiles } from "../../cli/check/judge-files";
import { STANDARD_RULES } from "../../policies/catalogue";

const CORPUS = join(__dirname, "../../../shared/corpus/compose");
const present = existsSync(CORPUS);

/** What may be found: what the authors chose and render cannot choose for them (docs/no-false-alarm.md). */
const LISTED = ["debug-mode", "latest-tag", "no-health-check", "secret-in-sandbox", "unpinned-image", "unsupported-ingress-controller"];

describe(`what render writes for real applications${present ? "" : " (skipped: the corpus is not beside this checkout)"}`, function () {
    this.timeout(120_000);

    it("has no finding but those that are listed, once its exemptions.yaml is read", async function () {
        if (!present) {
            this.skip();
        }
        const base = mkdtempSync(join(tmpdir(), "no-false-alarm-"));
        let systems = 0;
        const others: string[] = [];
        const seen = new Set<string>();
        try {
            for (const [at, path] of composeFilesBelow(CORPUS).entries()) {
                const system = await renderSystem(path, CORPUS, join(base, String(at)));
                if (system === undefined) {
                    continue;
                }
                systems++;
                const { findings, errors } = await judgeFiles([system.composeFile], { rules: STANDARD_RULES, exemptions: system.exemptions });
                // Dockerfiles are the authors' and stay as they are.
                const found = findings.filter(({ subject }) => subject.kind !== "Dockerfile");
                found.forEach(({ rule }) => seen.add(rule));
                others.push(...found.filter(({ rule }) => !LISTED.includes(rule)).map(({ message }) => `${system.name}: ${message}`), ...errors.map(({ message }) => `${system.name}: ${message}`));
            }
        } finally {
            rmSync(base, { recursive: true });
        }
        assert.deepEqual(others, []);
        assert.deepEqual([...seen].sort(), LISTED);
        assert.ok(systems > 50, String(systems));
    });
});
