import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** What a peer found, as far as it can be compared. */
export interface PeerFinding {
    readonly file: string;
    readonly service: string;
    readonly rule: string;
    readonly line: number;
    readonly message: string;
}

/**
 * A peer's program: from the environment's variable, else from the PATH.
 * @returns undefined where there is none
 */
export function peer(variable: string, name: string): string | undefined {
    const given = process.env[variable];
    const found = given ?? (process.env["PATH"] ?? "").split(delimiter).map(folder => join(folder, name)).find(existsSync);
    if (found === undefined || !existsSync(found)) {
        console.log(`${name} is not compared: it is neither on the PATH nor named by ${variable}`);
        return undefined;
    }
    return found;
}

/** What a program writes to a file: one that ends at once may lose what it wrote to a pipe. */
function outputOf(program: string, words: readonly string[]): unknown {
    const folder = mkdtempSync(join(tmpdir(), "portcullis-peers-"));
    const path = join(folder, "output.json");
    const output = openSync(path, "w");
    try {
        const { stderr, error } = spawnSync(program, words, { encoding: "utf8", stdio: ["ignore", output, "pipe"] });
        const text = readFileSync(path, "utf8");
        if (error !== undefined || text === "") {
            throw new Error(`${program} failed: ${error?.message ?? stderr}`);
        }
        return JSON.parse(text);
    } finally {
        closeSync(output);
        rmSync(folder, { recursive: true });
    }
}

interface ComposeLintOutput {
    readonly findings: readonly { readonly service: string | null; readonly rule_id: string; readonly line: number; readonly message: string }[];
}

/** What compose-lint finds in these files, each for itself: it names an env file where a finding is in one. */
export function composeLint(program: string, files: readonly string[]): PeerFinding[] {
    return files.flatMap(file => {
        const { findings } = outputOf(program, ["check", "--format", "json", "--allow-partial-coverage", "--no-merge-overrides", file]) as ComposeLintOutput;
        return findings.map(({ service, rule_id: rule, line, message }) => ({ file, service: service ?? "", rule, line, message }));
    });
}

type DclintOutput = readonly { readonly filePath: string; readonly messages: readonly { readonly rule: string; readonly line: number; readonly message: string; readonly data?: { readonly serviceName?: string } }[] }[];

/** What dclint finds in these files. */
export function dclint(program: string, files: readonly string[]): PeerFinding[] {
    const output = outputOf(program, ["-f", "json", ...files]) as DclintOutput;
    return output.flatMap(({ filePath, messages }) => messages.map(({ rule, line, message, data }) => ({ file: filePath, service: data?.serviceName ?? "", rule, line, message })));
}
