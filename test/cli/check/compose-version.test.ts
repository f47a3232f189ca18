import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { runCheck } from "../../../cli/commands/check";
import type { Report } from "../../../policies/report/report";

describe("check of a Compose file with `version`", () => {
    it("finds the key at its place, though the loader drops it", async () => {
        const folder = mkdtempSync(join(tmpdir(), "portcullis-version-"));
        try {
            const output = join(folder, "report.json");
            writeFileSync(join(folder, "compose.yaml"), 'services: { api: { image: "api:1" } }\nversion: "3.8"\n');
            const { write } = process.stderr;
            process.stderr.write = () => true;
            try {
                await runCheck([folder, "--profile", "everything", "--format", "json", "--output", output]);
            } finally {
                process.stderr.write = write;
            }
            const { findings } = JSON.parse(readFileSync(output, "utf8")) as Report;
            const found = findings.filter(({ rule }) => rule === "compose-version-key");
            assert.deepEqual(found.map(({ message }) => message), ["the project has a key that Compose ignores (version: 3.8)"]);
            assert.deepEqual(found.map(({ line }) => line), [2]);
        } finally {
            rmSync(folder, { recursive: true });
        }
    });
});
