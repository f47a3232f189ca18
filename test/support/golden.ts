import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Compares with a file below test/golden; UPDATE_GOLDEN=1 writes it instead. A golden file says what changed, not what
 * is right: beside each stands a direct assertion.
 */
export function assertGolden(name: string, content: string): void {
    const path = join(__dirname, "../golden", name);
    if (process.env["UPDATE_GOLDEN"] === "1") {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, content);
    }
    assert.ok(existsSync(path), `${path} is missing; run with UPDATE_GOLDEN=1 and read what it wrote`);
    assert.equal(content, readFileSync(path, "utf8"));
}
