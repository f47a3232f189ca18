import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findProgram } from "../cli/programs";
import { type Command, table, timeInTurns } from "./measure";

// npx tsx bench/preview.ts [RUNS]: the in-process preview of the prod stack beside the Pulumi CLI's preview of the same
// stack, and the time to start, beside an empty program of the same runtime. Figures are minimum / median / maximum.

const root = join(__dirname, "..");
const runs = Number(process.argv[2] ?? 5);
const cli = join(root, "cli", "bin.cjs");

function startUp(): Command[] {
    return [
        { name: "node, an empty program", program: process.execPath, words: ["-e", ""] },
        { name: "portcullis --help", program: process.execPath, words: [cli, "--help"] },
    ];
}

function previews(backend: string): Command[] {
    const pulumi = findProgram("pulumi");
    const own: Command = { name: "portcullis preview, in-process", program: process.execPath, words: [cli, "preview", "--stack", "dev"], statuses: [0, 1] };
    if (pulumi === undefined) {
        console.log("the Pulumi CLI is not on the PATH: its preview is not measured");
        return [own];
    }
    const environment = { PULUMI_BACKEND_URL: `file://${backend}`, PULUMI_CONFIG_PASSPHRASE: "bench", PULUMI_SKIP_UPDATE_CHECK: "true" };
    const { status, stderr } = spawnSync(pulumi, ["stack", "init", "dev"], { cwd: root, env: { ...process.env, ...environment }, encoding: "utf8" });
    if (status !== 0) {
        throw new Error(stderr);
    }
    return [own, { name: "pulumi preview", program: pulumi, words: ["preview", "--stack", "dev", "--non-interactive"], environment }];
}

const stackFile = join(root, "Pulumi.dev.yaml");
// The CLI writes a salt of its own into the stack's settings.
const settings = readFileSync(stackFile);
const backend = mkdtempSync(join(tmpdir(), "portcullis-bench-"));
try {
    process.chdir(root);
    console.log(table(timeInTurns(startUp(), runs)));
    console.log(table(timeInTurns(previews(backend), runs)));
} finally {
    writeFileSync(stackFile, settings);
    rmSync(backend, { recursive: true, force: true });
}
