import { spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** What a finished command left behind. */
export interface Ran {
    readonly status: number;
    readonly stdout: string;
    readonly stderr: string;
}

/** A running Docker engine with its two commands; none of them throws on a failing exit status. */
export interface Engine {
    /** `docker …`; `input` goes to its standard input. */
    readonly docker: (args: readonly string[], input?: string) => Ran;
    /** `docker compose …` in a folder. */
    readonly compose: (directory: string, args: readonly string[], env?: Readonly<Record<string, string>>) => Ran;
}

/** The version that is built where the machine has no Compose plugin; recent enough for `!override` and `include`. */
const COMPOSE_VERSION = "v5.5.1";
const COMPOSE_MODULE = "github.com/docker/compose/v5";
const WAIT_MS = 30_000;

let found: Engine | string | undefined;

/**
 * The engine of this machine. One that answers is used; otherwise root starts `dockerd`, which ends with this process.
 * Returns the reason, as text, where there is none: a test then skips and says it. Asked once a process.
 */
export function findEngine(): Engine | string {
    found ??= lookForEngine();
    return found;
}

/** Like `findEngine`, but throws the reason: for what runs only after the reason was ruled out. */
export function engine(): Engine {
    const result = findEngine();
    if (typeof result === "string") {
        throw new Error(result);
    }
    return result;
}

/** Runs a `docker` command and throws, with its last words, when it fails. Returns its trimmed output. */
export function docker(...args: readonly string[]): string {
    const ran = engine().docker(args);
    if (ran.status !== 0) {
        throw new Error(`docker ${args.join(" ")} ended with ${ran.status}: ${ran.stderr.trim()}`);
    }
    return ran.stdout.trim();
}

function lookForEngine(): Engine | string {
    if (run("docker", ["--version"]).status !== 0) {
        return "no docker command on this machine";
    }
    const refusal = answers() ? undefined : startEngine();
    if (refusal !== undefined) {
        return refusal;
    }
    const env = composeEnvironment();
    if (typeof env === "string") {
        return env;
    }
    return {
        docker: (args, input) => run("docker", args, { env, input }),
        compose: (directory, args, more = {}) => run("docker", ["compose", ...args], { cwd: directory, env: { ...env, ...more } }),
    };
}

function answers(): boolean {
    return run("docker", ["version", "--format", "{{.Server.Version}}"]).status === 0;
}

/** Starts the daemon detached from the terminal; returns why it could not. */
function startEngine(): string | undefined {
    if (process.getuid?.() !== 0) {
        return "no Docker engine answers, and only root can start one";
    }
    if (run("dockerd", ["--version"]).status !== 0) {
        return "no Docker engine answers, and there is no dockerd to start";
    }
    const log = path.join(os.tmpdir(), `dockerd-${process.pid}.log`);
    const output = fs.openSync(log, "w");
    const daemon = spawn("dockerd", [], { detached: true, stdio: ["ignore", output, output] });
    daemon.unref();
    process.on("exit", () => daemon.kill("SIGTERM"));
    for (const end = Date.now() + WAIT_MS; Date.now() < end;) {
        if (answers()) {
            return undefined;
        }
        spawnSync("sleep", ["0.3"]);
    }
    return `dockerd did not answer in ${WAIT_MS / 1000} s: ${fs.readFileSync(log, "utf8").trim().split("\n").at(-1) ?? ""}`;
}

/** The environment in which `docker compose` works, or why none does. */
function composeEnvironment(): NodeJS.ProcessEnv | string {
    if (run("docker", ["compose", "version"]).status === 0) {
        return process.env;
    }
    const config = path.join(cacheFolder(), `compose-${COMPOSE_VERSION}`);
    const plugin = path.join(config, "cli-plugins", "docker-compose");
    const env = { ...process.env, DOCKER_CONFIG: config };
    const refusal = fs.existsSync(plugin) ? undefined : buildCompose(plugin);
    if (refusal !== undefined) {
        return refusal;
    }
    return run("docker", ["compose", "version"], { env }).status === 0 ? env : "the built Compose plugin does not run";
}

/** Where what was built once is kept for the next run, outside the tree. */
export function cacheFolder(): string {
    return path.join(process.env["XDG_CACHE_HOME"] ?? path.join(os.homedir(), ".cache"), "portcullis");
}

/** The module of Compose excludes versions, which only a main module may: so it is built from within another one. */
function buildCompose(plugin: string): string | undefined {
    if (process.env["PORTCULLIS_BUILD_TOOLS"] === undefined) {
        return "no Compose plugin on this machine; .ci/run builds one";
    }
    if (run("go", ["version"]).status !== 0) {
        return "no Compose plugin, and no Go to build it";
    }
    const work = fs.mkdtempSync(path.join(os.tmpdir(), "compose-build-"));
    try {
        fs.writeFileSync(path.join(work, "go.mod"), `module build\n\ngo 1.21\n\nrequire ${COMPOSE_MODULE} ${COMPOSE_VERSION}\n`);
        const build = ["build", "-mod=mod", "-ldflags", `-s -w -X ${COMPOSE_MODULE}/internal.Version=${COMPOSE_VERSION}`, "-o", "docker-compose", `${COMPOSE_MODULE}/cmd`];
        // Without this the module that is built needs its release of Go on the machine already.
        const env = { ...process.env, GOTOOLCHAIN: "auto", GOFLAGS: "" };
        for (const words of [["get", `${COMPOSE_MODULE}/cmd@${COMPOSE_VERSION}`], build]) {
            const { status, stderr } = run("go", words, { cwd: work, env });
            if (status !== 0) {
                return `the Compose plugin could not be built: ${stderr.trim().split("\n").at(-1) ?? ""}`;
            }
        }
        fs.mkdirSync(path.dirname(plugin), { recursive: true });
        fs.copyFileSync(path.join(work, "docker-compose"), `${plugin}.new`);
        fs.chmodSync(`${plugin}.new`, 0o755);
        fs.renameSync(`${plugin}.new`, plugin);
        return undefined;
    } finally {
        fs.rmSync(work, { recursive: true, force: true });
    }
}

interface How {
    readonly cwd?: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly input?: string | undefined;
}

function run(command: string, args: readonly string[], how: How = {}): Ran {
    const ran = spawnSync(command, args, {
        cwd: how.cwd,
        env: how.env ?? process.env,
        input: how.input ?? "",
        encoding: "utf8",
        maxBuffer: 64 * 1024 * 1024,
        timeout: 600_000,
    });
    return { status: ran.status ?? 127, stdout: ran.stdout ?? "", stderr: ran.stderr ?? String(ran.error ?? "") };
}
