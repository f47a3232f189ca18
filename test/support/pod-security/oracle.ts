import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { cacheFolder } from "../docker-engine";

/** An object and the levels and versions (`v1.29`) that it is judged by, each level in each version. */
export interface Question {
    readonly levels: readonly string[];
    readonly versions: readonly string[];
    readonly object: unknown;
}

/** Names of the checks that forbid it, by `level version`; or why the API server would not take the object at all. */
export interface Answer {
    readonly forbidden?: Readonly<Record<string, readonly string[]>>;
    readonly error?: string;
}

/** A pod of Kubernetes' own tests. */
export interface Fixture {
    readonly level: "baseline" | "restricted";
    readonly version: string;
    readonly passes: boolean;
    /** The name of a check in small letters, with a number. */
    readonly name: string;
    readonly text: string;
}

export interface Oracle {
    readonly binary: string;
    readonly fixtures: readonly Fixture[];
}

const SOURCE = join(__dirname, "../pod-security-oracle");
const MODULE = "k8s.io/pod-security-admission";

/**
 * The library of Kubernetes as a program, with its fixtures; or the reason why there is none. It is built once for each
 * version of its source and kept outside the tree.
 */
export function findOracle(): Oracle | string {
    const source = ["go.mod", "go.sum", "main.go"].map(name => readFileSync(join(SOURCE, name)));
    const version = createHash("sha256").update(Buffer.concat(source)).digest("hex").slice(0, 16);
    const folder = join(cacheFolder(), `pod-security-oracle-${version}`);
    const lack = existsSync(folder) ? undefined : build(folder);
    return lack ?? { binary: join(folder, "oracle"), fixtures: JSON.parse(readFileSync(join(folder, "fixtures.json"), "utf8")) as Fixture[] };
}

function build(folder: string): string | undefined {
    const go = ["go", "/usr/local/go/bin/go"].find(candidate => spawnSync(candidate, ["version"]).status === 0);
    if (go === undefined) {
        return "go is not installed, so what Kubernetes itself says cannot be asked";
    }
    const work = `${folder}.${process.pid}`;
    mkdirSync(work, { recursive: true });
    try {
        const run = (...words: string[]): string => {
            const { status, stdout, stderr, error } = spawnSync(go, words, { cwd: SOURCE, encoding: "utf8", timeout: 600_000 });
            if (status !== 0) {
                throw new Error((stderr || String(error)).trim().split("\n").at(-1));
            }
            return stdout.trim();
        };
        run("build", "-o", join(work, "oracle"), ".");
        const data = join(run("list", "-m", "-f", "{{.Dir}}", MODULE), "test/testdata");
        writeFileSync(join(work, "fixtures.json"), JSON.stringify(fixturesIn(data)));
        renameSync(work, folder);
        return undefined;
    } catch (error) {
        return `what Kubernetes itself says cannot be built: ${error instanceof Error ? error.message : String(error)}`;
    } finally {
        rmSync(work, { recursive: true, force: true });
    }
}

/** Paths are `restricted/v1.29/fail/hostports0.yaml`. */
function fixturesIn(folder: string): Fixture[] {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(path => path.endsWith(".yaml")).sort();
    return files.map(path => {
        const [level, version = "", outcome, file = ""] = path.split(/[/\\]/);
        return {
            level: level === "baseline" ? "baseline" : "restricted", version, passes: outcome === "pass",
            name: file.replace(/\.yaml$/, ""), text: readFileSync(join(folder, path), "utf8"),
        };
    });
}

/** Everything that the library checks: the level, then the versions at which a check begins or changes. */
export function libraryCatalogue(oracle: Oracle): Readonly<Record<string, readonly string[]>> {
    return JSON.parse(run(oracle, ["catalogue"], "")) as Record<string, string[]>;
}

/** Asks the library, one process for all. */
export function ask(oracle: Oracle, questions: readonly Question[]): readonly Answer[] {
    const lines = run(oracle, [], questions.map(question => `${JSON.stringify(question)}\n`).join("")).split("\n");
    return questions.map((_, at) => JSON.parse(lines[at] ?? "") as Answer);
}

function run(oracle: Oracle, words: readonly string[], input: string): string {
    const { status, stdout, stderr } = spawnSync(oracle.binary, words, { input, encoding: "utf8", maxBuffer: 1 << 30 });
    if (status !== 0) {
        throw new Error(`the oracle ended with ${status}: ${stderr}`);
    }
    return stdout;
}
