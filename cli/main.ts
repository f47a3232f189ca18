import { ProblemsError } from "../infra/model/problem";
import { EXIT, printError, printLine, printProblems } from "./output";
import { UsageError } from "./usage";

interface Command {
    readonly summary: string;
    /** Loads the command's code only when it is called: starting is most of what a short command takes. */
    readonly load: () => Promise<(argv: string[]) => Promise<number>>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
    preview: { summary: "show what a stack would deploy, and judge it, without engine or CLI", load: async () => (await import("./commands/preview")).runPreview },
    check: { summary: "judge Compose files, Kubernetes manifests and Pulumi output", load: async () => (await import("./commands/check")).runCheck },
    audit: { summary: "judge a Docker engine or a cluster, and what it runs", load: async () => (await import("./commands/audit")).runAudit },
    config: { summary: "print the canonical Compose project", load: async () => (await import("./commands/config")).runConfig },
    render: { summary: "write the hardened system as files that docker compose takes", load: async () => (await import("./commands/render")).runRender },
    init: { summary: "write a first hardening.yaml beside a Compose file", load: async () => (await import("./commands/init")).runInit },
    pin: { summary: "write the digests of a system's images to images.lock.yaml", load: async () => (await import("./commands/pin")).runPin },
    up: { summary: "deploy a stack with the Pulumi CLI", load: async () => (await import("./commands/up")).runUp },
    explain: { summary: "show a rule's page", load: async () => (await import("./commands/explain")).runExplain },
    doctor: { summary: "say what this machine lacks for each command", load: async () => (await import("./commands/doctor")).runDoctor },
    generate: { summary: "write the files that are made from code (--check: only compare)", load: async () => (await import("./commands/generate")).runGenerate },
};

/**
 * Runs one command.
 * @param argv the words after `portcullis`
 * @returns the exit status: 0 nothing found, 1 findings, 2 bad input or usage, 3 could not finish
 */
export async function main(argv: string[]): Promise<number> {
    const [name, ...rest] = argv;
    if (name === undefined || name === "help" || name === "--help" || name === "-h") {
        printLine(usage());
        return name === undefined ? EXIT.usage : EXIT.clean;
    }
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (command === undefined) {
        printError(`portcullis: "${name}" is not a command; write one of ${Object.keys(COMMANDS).join(", ")}`);
        return EXIT.usage;
    }
    try {
        return await (await command.load())(rest);
    } catch (error) {
        return report(error);
    }
}

function report(error: unknown): number {
    if (error instanceof ProblemsError) {
        printProblems(error.problems);
        return EXIT.usage;
    }
    if (error instanceof UsageError) {
        printError(error.message);
        return EXIT.usage;
    }
    const shown = error instanceof Error ? error : new Error(String(error));
    printError(`portcullis: could not finish (${shown.message}); this is a fault of the toolkit or the machine, set PORTCULLIS_DEBUG=1 to see where`);
    if (process.env["PORTCULLIS_DEBUG"] !== undefined) {
        printError(shown.stack ?? "");
    }
    return EXIT.unfinished;
}

function usage(): string {
    const width = Math.max(...Object.keys(COMMANDS).map(name => name.length));
    const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
    return ["usage: portcullis COMMAND [--help]", "", ...lines].join("\n");
}
