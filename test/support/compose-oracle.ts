import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** The arguments of `docker compose config`, the variables and the folder it runs with. */
export interface OracleRequest {
    readonly files: readonly string[];
    readonly directory: string;
    readonly environment: Readonly<Record<string, string>>;
    readonly profiles?: readonly string[];
    readonly envFiles?: readonly string[];
    readonly projectDirectory?: string;
    readonly projectName?: string;
    readonly yaml?: boolean;
}

/** The project that the specification's loader makes, or why it makes none. */
export interface OracleAnswer {
    readonly project?: unknown;
    readonly yaml?: string;
    readonly error?: string;
}

const SOURCE = join(__dirname, "compose-oracle");

/** The built oracle, or the reason why there is none. It is built once for each version of its source, outside the tree. */
export function buildOracle(): { readonly binary: string } | { readonly reason: string } {
    const go = ["go", "/usr/local/go/bin/go"].find(candidate => spawnSync(candidate, ["version"]).status === 0);
    const source = ["go.mod", "go.sum", "main.go"].map(name => readFileSync(join(SOURCE, name)));
    const version = createHash("sha256").update(Buffer.concat(source)).digest("hex").slice(0, 16);
    const folder = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "portcullis");
    const binary = join(folder, `compose-oracle-${version}`);
    if (existsSync(binary)) {
        return { binary };
    }
    if (go === undefined) {
        return { reason: "go is not installed, so the Compose oracle cannot be built" };
    }
    mkdirSync(folder, { recursive: true });
    const built = spawnSync(go, ["build", "-o", `${binary}.${process.pid}`, "."], { cwd: SOURCE, encoding: "utf8", timeout: 300_000 });
    if (built.status !== 0) {
        return { reason: `the Compose oracle cannot be built: ${(built.stderr || String(built.error)).trim().split("\n").at(-1)}` };
    }
    renameSync(`${binary}.${process.pid}`, binary);
    return { binary };
}

/**
 * Asks the oracle, one process for all requests. A request that it does not answer in time (some inputs hang it) is
 * answered by an error, and the rest are asked of a new process.
 */
export async function askOracle(binary: string, requests: readonly OracleRequest[], patienceMs = 3000): Promise<OracleAnswer[]> {
    const answers: OracleAnswer[] = [];
    while (answers.length < requests.length) {
        const child = spawn(binary, [], { stdio: "pipe" });
        const answered = await answersOf(child, requests.slice(answers.length), patienceMs);
        answers.push(...answered);
        if (answers.length < requests.length) {
            answers.push({ error: `no answer in ${patienceMs} ms` });
        }
    }
    return answers;
}

async function answersOf(child: ChildProcessWithoutNullStreams, requests: readonly OracleRequest[], patienceMs: number): Promise<OracleAnswer[]> {
    const answers: OracleAnswer[] = [];
    // A process that is killed closes its input while it is being written to.
    child.stdin.on("error", () => undefined);
    child.stdin.end(requests.map(request => `${JSON.stringify(request)}\n`).join(""));
    const kill = (): void => { child.kill("SIGKILL"); };
    let timer = setTimeout(kill, patienceMs);
    for await (const line of createInterface({ input: child.stdout })) {
        answers.push(JSON.parse(line) as OracleAnswer);
        clearTimeout(timer);
        timer = setTimeout(kill, patienceMs);
    }
    clearTimeout(timer);
    return answers;
}
