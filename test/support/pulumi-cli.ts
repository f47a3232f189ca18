import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** What a finished command left behind. */
export interface Ran {
    readonly status: number;
    /** Standard output and errors together. */
    readonly output: string;
}

/** A project of its own in a temporary folder, with a stack whose state is in a file beside it. */
export interface PulumiProject {
    /** `pulumi …` on the stack; does not throw. */
    readonly pulumi: (...args: readonly string[]) => Ran;
    /** The same, but throws with the output when it fails. */
    readonly must: (...args: readonly string[]) => string;
    readonly remove: () => void;
}

const ROOT = path.resolve(__dirname, "../..");
const STACK = "live";

/** Why no Pulumi program can be deployed on this machine; undefined where the CLI is there. */
export function pulumiLacks(): string | undefined {
    const ran = spawnSync("pulumi", ["version"], { encoding: "utf8", env: pulumiEnvironment() });
    return ran.status === 0 ? undefined : "no pulumi command on the PATH, nor in the folder that PORTCULLIS_PULUMI names";
}

/** PORTCULLIS_PULUMI names a folder with the CLI in `bin` and its plugins in `pulumi-home`. */
export function pulumiEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
    const tools = process.env["PORTCULLIS_PULUMI"];
    return {
        ...process.env,
        ...tools === undefined ? {} : {
            PATH: `${path.join(tools, "bin")}${path.delimiter}${process.env["PATH"] ?? ""}`,
            PULUMI_HOME: path.join(tools, "pulumi-home"),
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        },
        PULUMI_SKIP_UPDATE_CHECK: "true",
        NO_COLOR: "1",
        ...more,
    };
}

/** Makes a project that runs `program`, a TypeScript file, without type checking. */
export function pulumiProject(name: string, program: string): PulumiProject {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "portcullis-pulumi-"));
    const state = path.join(folder, "state");
    fs.mkdirSync(state);
    // Pulumi looks for its SDK from the project's folder.
    fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
    fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name, private: true, main: "index.ts" }));
    fs.writeFileSync(path.join(folder, "index.ts"), `module.exports = require(${JSON.stringify(program)});\n`);
    fs.writeFileSync(path.join(folder, "Pulumi.yaml"), `name: ${name}\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n    nodeargs: "--import=tsx"\n`);
    const env = pulumiEnvironment({ PULUMI_BACKEND_URL: `file://${state}`, PULUMI_CONFIG_PASSPHRASE: "for this test only", PULUMI_STACK: STACK });
    const pulumi = (...args: readonly string[]): Ran => {
        const ran = spawnSync("pulumi", [...args, "--non-interactive"], { cwd: folder, encoding: "utf8", env, maxBuffer: 64 * 1024 ** 2 });
        return { status: ran.status ?? -1, output: `${ran.stdout}${ran.stderr}` };
    };
    const must = (...args: readonly string[]): string => {
        const { status, output } = pulumi(...args);
        if (status !== 0) {
            throw new Error(`pulumi ${args.join(" ")} ended with ${status}:\n${output}`);
        }
        return output;
    };
    must("stack", "init", STACK);
    return { pulumi, must, remove: () => fs.rmSync(folder, { recursive: true, force: true }) };
}

/** What an update did, as `operation type name`: `updated Container web`. Replacing is one operation. */
export function operations(output: string): string[] {
    const lines = [...output.matchAll(/^ *(?:\+\+|\+-|--|~|\+|-) +(\S+) (\S+) (created replacement|deleted original|created|updated|replaced|deleted)(?: |$)/gm)];
    return lines.map(([, type = "", name = "", operation = ""]) => `${operation} ${type.split(":").at(-1) ?? ""} ${name}`)
        .filter(line => !/^(created replacement|deleted original)/.test(line)).sort();
}
