import { dockerfileRule, faultsIn, quoted } from "./define";
import { chainOf, lastOf } from "../../view/dockerfile/model";
import { wordsOf } from "../../view/dockerfile/instruction";
import { commandsOf } from "../../view/dockerfile/run";
import type { Rule } from "../../rule";
import type { Instruction } from "../../view/dockerfile/instruction";
import type { Dockerfile, Stage } from "../../view/dockerfile/model";
import type { Fault } from "../../view/unfinished";

const PORT = /^(\d+)(?:-(\d+))?(?:\/(?:tcp|udp|sctp))?$/i;
const SSH = 22;
const LAST_PORT = 65535;

function portsOf(file: Dockerfile): readonly { readonly path: Instruction["path"]; readonly word: string }[] {
    return file.instructions.filter(({ keyword }) => keyword === "EXPOSE").flatMap(instruction => wordsOf(instruction).map(word => ({ path: instruction.path, word })));
}

/** Those of a stage's instructions of one kind that a later one makes void. */
function repeated({ instructions }: Stage, keyword: string): readonly Instruction[] {
    return instructions.filter(instruction => instruction.keyword === keyword && !instruction.onbuild).slice(0, -1);
}

export const CONFIGURATION_RULES: readonly Rule[] = [
    /** An engine that cannot ask a container how it is keeps sending it work. */
    dockerfileRule({
        id: "image-without-health-check",
        severity: "low",
        title: "An image says, once, how its health is checked",
        fix: "add `HEALTHCHECK CMD …` to the last stage, with a command that the image has",
        benchmarks: ["CIS Docker 4.6"],
        controls: ["SC-42"],
        optional: true,

        check(file) {
            const last = lastOf(file, "HEALTHCHECK");
            const missing = last === undefined ? [{ message: "declares no health check (HEALTHCHECK: not set)", at: file.final.from.path }]
                : /^NONE\s*$/i.test(last.text) ? [{ message: "declares no health check (HEALTHCHECK NONE)", at: last.path }] : [];
            return [...missing, ...chainOf(file.final).flatMap(stage => faultsIn(repeated(stage, "HEALTHCHECK"), () => "declares a health check that a later one replaces"))];
        },
    }),
    /** A shell server is one more program with passwords and holes, and the engine has its own way in. */
    dockerfileRule({
        id: "ssh-port-exposed",
        severity: "medium",
        title: "No image exposes the port of a remote shell",
        fix: "take the server out: `docker exec` and `kubectl exec` need none",
        benchmarks: ["CIS Docker 5.6"],
        controls: ["SC-42"],

        check: file => faultsIn(portsOf(file), ({ word }) => {
            const [, first, last = first] = PORT.exec(word) ?? [];
            return first !== undefined && Number(first) <= SSH && Number(last) >= SSH ? `exposes the port of a remote shell (EXPOSE ${word})` : undefined;
        }),
    }),
    /** Nobody can reach it, and what was meant is closed. */
    dockerfileRule({
        id: "exposed-port-invalid",
        severity: "low",
        title: "Ports that an image exposes are numbers that there are",
        fix: "write a number from 1 to 65535, with /tcp or /udp if needed",
        benchmarks: ["Docker: Dockerfile reference, EXPOSE"],
        controls: [],

        check: file => faultsIn(portsOf(file), ({ word }) => {
            const [, first, last = first] = PORT.exec(word) ?? [];
            const valid = first !== undefined && Number(first) >= 1 && Number(last) <= LAST_PORT && Number(last) >= Number(first);
            return valid || word.includes("$") ? undefined : `exposes a port that there is none of (EXPOSE ${quoted(word)})`;
        }),
    }),
    /** Where a relative folder is depends on the base image, and `cd` holds for one step only. */
    dockerfileRule({
        id: "relative-work-directory",
        severity: "low",
        title: "Working directories are absolute, and set by WORKDIR",
        fix: "write `WORKDIR /absolute/path` instead",
        benchmarks: ["Docker: Building best practices"],
        controls: [],
        optional: true,

        check: file => [
            ...faultsIn(file.instructions.filter(({ keyword }) => keyword === "WORKDIR"), instruction => {
                const [word = ""] = wordsOf(instruction);
                return /^(?:[/\\$]|[A-Za-z]:)/.test(word) ? undefined : `has a working directory that depends on its base image (WORKDIR ${quoted(word)})`;
            }),
            ...file.stages.flatMap(stage => faultsIn(copiesWithoutFolder(stage), copy => `copies to a folder that depends on its base image (${copy.keyword} … ${quoted(wordsOf(copy).at(-1) ?? "")})`)),
            ...faultsIn(commandsOf(file), ({ name, words }) => name === "cd" && words.length > 0 ? `changes the folder for one step (cd ${quoted(words[0] ?? "")})` : undefined),
        ],
    }),
    /** Who reads the first one expects what does not happen. */
    dockerfileRule({
        id: "start-command-overridden",
        severity: "low",
        title: "A stage has one CMD and one ENTRYPOINT",
        fix: "keep the last one, which is the one that holds",
        benchmarks: ["Docker: Dockerfile reference, CMD"],
        controls: [],
        check: file => chainOf(file.final).flatMap(stage => ["CMD", "ENTRYPOINT"].flatMap(keyword => faultsIn(repeated(stage, keyword), () => `has a start command that a later one replaces (${keyword})`))),
    }),
    /** A shell in between gets the signal to stop, and the program does not. */
    dockerfileRule({
        id: "start-command-in-shell",
        severity: "low",
        title: "The start command is a list of words, which no shell reads",
        fix: 'write `CMD ["program", "argument"]`',
        benchmarks: ["Docker: Building best practices"],
        controls: [],
        optional: true,
        check: file => ["CMD", "ENTRYPOINT"].flatMap(keyword => inShell(file, keyword)),
    }),
];

/** Copies to a relative path that no WORKDIR of the stage, or of those that it builds upon, stands before. */
function copiesWithoutFolder(stage: Stage): readonly Instruction[] {
    if (chainOf(stage).slice(1).some(({ instructions }) => instructions.some(({ keyword }) => keyword === "WORKDIR"))) {
        return [];
    }
    const first = stage.instructions.findIndex(({ keyword }) => keyword === "WORKDIR");
    return stage.instructions.slice(0, first === -1 ? undefined : first)
        .filter(copy => (copy.keyword === "COPY" || copy.keyword === "ADD") && !/^(?:[/\\$]|[A-Za-z]:)/.test(wordsOf(copy).at(-1) ?? "/"));
}

function inShell(file: Dockerfile, keyword: string): readonly Fault[] {
    const all = chainOf(file.final).flatMap(({ instructions }) => instructions.filter(instruction => instruction.keyword === keyword && !instruction.onbuild));
    return faultsIn(all, ({ list, text }) => list !== undefined || text === "" ? undefined : `is started by a shell (${keyword} ${quoted(text)})`);
}
