import { EXIT, printLine } from "../output";
import { findProgram, outputOf } from "../programs";
import { parseWords } from "../usage";

const USAGE = `usage: portcullis doctor

Says what this machine has and lacks for each command. Exit 0 if every command can work here, 1 if one lacks something.`;

interface Need {
    readonly what: string;
    /** A version or address where it is there, undefined where it is not. */
    readonly find: () => Promise<string | undefined>;
    readonly remedy: string;
}

const NODE: Need = {
    what: "Node 20.12 or newer",
    find: async () => atLeast(process.versions.node, [20, 12]) ? process.versions.node : undefined,
    remedy: "install Node 20 or newer",
};
const ENGINE: Need = {
    what: "a Docker engine that answers",
    find: async () => found("docker", ["version", "--format", "{{.Server.Version}}"]),
    remedy: "start the engine, or point DOCKER_HOST at one",
};
const COMPOSE: Need = {
    what: "Docker Compose 2.24 or newer (for !override and !reset)",
    find: async () => {
        const version = await found("docker", ["compose", "version", "--short"]);
        return version !== undefined && atLeast(version, [2, 24]) ? version : undefined;
    },
    remedy: "install the compose plugin of Docker",
};
const PULUMI: Need = { what: "the Pulumi CLI", find: async () => found("pulumi", ["version"]), remedy: "install it, or use `portcullis up --install`" };
const DOCKER_PLUGIN: Need = {
    what: "Pulumi's docker plugin",
    find: async () => /docker\s+resource\s+(\S+)/.exec(await found("pulumi", ["plugin", "ls"]) ?? "")?.[1],
    remedy: "pulumi fetches it at the first update, or run pulumi plugin install resource docker",
};

/** What each command needs beside a checkout with its packages. */
const NEEDS: Readonly<Record<string, readonly Need[]>> = {
    "preview, check, config, render, init, explain": [NODE],
    "pin": [NODE],
    "audit docker": [NODE, ENGINE],
    "up": [NODE, ENGINE, PULUMI, DOCKER_PLUGIN],
    "docker compose up of what render wrote": [ENGINE, COMPOSE],
};

/** `portcullis doctor`. */
export async function runDoctor(argv: string[]): Promise<number> {
    const { values } = parseWords({ args: argv, options: { help: { type: "boolean" } } }, USAGE);
    if (values.help === true) {
        printLine(USAGE);
        return EXIT.clean;
    }
    const needs = [...new Set(Object.values(NEEDS).flat())];
    const states = new Map(await Promise.all(needs.map(async need => [need, await need.find()] as const)));
    for (const [command, wanted] of Object.entries(NEEDS)) {
        const lacking = wanted.filter(need => states.get(need) === undefined);
        printLine(`${lacking.length === 0 ? "ready " : "lacks "} ${command}`);
        for (const need of wanted) {
            const state = states.get(need);
            printLine(state === undefined ? `         ${need.what} is missing; ${need.remedy}` : `         ${need.what}: ${state}`);
        }
    }
    return [...states.values()].includes(undefined) ? EXIT.findings : EXIT.clean;
}

async function found(program: string, words: readonly string[]): Promise<string | undefined> {
    const path = findProgram(program);
    return path === undefined ? undefined : await outputOf(path, words);
}

/** Whether a version such as `v2.24.1` is the wanted one or newer. */
function atLeast(version: string, [major, minor]: readonly [number, number]): boolean {
    const [own = 0, next = 0] = version.replace(/^v/, "").split(".").map(part => Number.parseInt(part, 10));
    return own > major || (own === major && next >= minor);
}
