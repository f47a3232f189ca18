import { existsSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";

import { dump } from "js-yaml";

import { ProblemsError, type Problem } from "../../infra/model/problem";
import { DECLARATION_FILE, type System, loadSystem } from "../../infra/system/load";
import { prepare } from "../../infra/system/prepare";
import { EXIT, printError, printLine, problemLine } from "../output";
import { UsageError, parseWords } from "../usage";

const USAGE = `usage: portcullis init COMPOSE

Writes a first hardening.yaml beside a Compose file: what the toolkit infers, and a line for each thing that it cannot
know. With a terminal it asks for those; without one they stand as comments for you to fill in.`;

/** `portcullis init`: exit 0 when the file was written, 2 for bad input or where there is one already. */
export async function runInit(argv: string[]): Promise<number> {
    const { values, positionals } = parseWords({ args: argv, allowPositionals: true, options: { help: { type: "boolean" } } }, USAGE);
    if (values.help === true) {
        printLine(USAGE);
        return EXIT.clean;
    }
    const [given] = positionals;
    if (given === undefined || positionals.length > 1) {
        throw new UsageError(USAGE);
    }
    const directory = dirname(resolve(given));
    const target = join(directory, DECLARATION_FILE);
    if (existsSync(target)) {
        printError(`${target} exists already; edit it, or move it away`);
        return EXIT.usage;
    }
    const system = loadSystem(resolve(given), { environment: process.env });
    const problems = problemsOf(system);
    const users = await askUsers(problems);
    writeFileSync(target, textFor(basename(given), system, problems, users), { flag: "wx" });
    printLine(`${target} was written`);
    for (const problem of problems.filter(each => !users.has(serviceOf(each) ?? ""))) {
        printLine(`still to decide: ${problemLine(problem)}`);
    }
    return EXIT.clean;
}

function problemsOf(system: System): readonly Problem[] {
    try {
        prepare(system, { deploying: false });
        return [];
    } catch (error) {
        if (error instanceof ProblemsError) {
            return error.problems;
        }
        throw error;
    }
}

/** Asks for the users that nobody knows; without a terminal, or without an answer, they stay open. */
async function askUsers(problems: readonly Problem[]): Promise<ReadonlyMap<string, string>> {
    const users = new Map<string, string>();
    if (!process.stdin.isTTY) {
        return users;
    }
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    for (const problem of problems.filter(({ subject }) => subject.endsWith(".user"))) {
        const service = serviceOf(problem) ?? "";
        const answer = (await terminal.question(`${service} (${problem.got ?? ""}): user as uid:gid, empty to leave open: `)).trim();
        if (/^[1-9]\d*(:\d+)?$/.test(answer)) {
            users.set(service, answer);
        }
    }
    terminal.close();
    return users;
}

function serviceOf({ subject }: Problem): string | undefined {
    return /^services\.([^.[]+)/.exec(subject)?.[1];
}

function textFor(file: string, system: System, problems: readonly Problem[], users: ReadonlyMap<string, string>): string {
    const services = Object.fromEntries([...users].map(([name, user]) => [name, { user }]));
    const known = dump({ system: system.application.name, compose: { files: [file] }, ...(users.size > 0 && { services }) }, { lineWidth: -1 });
    const open = problems.filter(problem => !users.has(serviceOf(problem) ?? "")).map(problem => `# ${problem.subject} ${problem.fault}${problem.remedy === undefined ? "" : `; ${problem.remedy}`}\n`);
    const undecided = open.length === 0 ? "" : `\n# What the toolkit cannot know; each line says what to write:\n${open.join("")}`;
    return `# What this application needs beyond the secure defaults. Everything left out is closed.\n${known}${undecided}`;
}
