import { dockerfileRule, faultsIn, quoted } from "./define";
import { flagOf, wordsOf } from "../../view/dockerfile/instruction";
import { commandsOf, runsOf } from "../../view/dockerfile/run";
import type { Rule } from "../../rule";
import type { Instruction } from "../../view/dockerfile/instruction";
import type { Run } from "../../view/dockerfile/run";

const SOCKET = /(?:^|[/=,:])(?:docker|containerd|podman|crio|buildkitd|cri-dockerd)\.sock\b/;
/** Folders that the system lives in. What lies below the first kind is the kernel's or the boot loader's too. */
const SYSTEM = /^\/(?:proc|sys|dev|boot)(?:\/|$)|^\/(?:bin|sbin|etc|lib|lib32|lib64|usr|run|var|root\/\.ssh|usr\/(?:bin|sbin|lib|lib64|share)|var\/run|var\/lib)\/?$/;
/** Commands that cannot fail for another reason than a full disk. */
const HARMLESS: ReadonlySet<string> = new Set(["echo", "printf", "yes", "true", ":"]);

export const STEP_RULES: readonly Rule[] = [
    /** What a build needs root for it does before USER; sudo in an image is a way back. */
    dockerfileRule({
        id: "sudo-in-build",
        severity: "medium",
        title: "No step of a build uses sudo",
        fix: "do the work before USER, or change to root and back (`USER root`)",
        benchmarks: ["Docker: Building best practices", "NIST SP 800-190 4.1.2"],
        controls: ["RAGFLOW-IMAGE-03", "SC-42"],
        check: file => faultsIn(commandsOf(file), ({ name, words }) => name === "sudo" ? `uses sudo (sudo ${quoted(words.find(word => !word.startsWith("-")) ?? "")})` : undefined),
    }),
    /** A build with the engine's socket is root on the machine that builds. */
    dockerfileRule({
        id: "engine-socket-in-build",
        severity: "high",
        title: "Neither a build nor an image's volumes take the engine's socket",
        fix: "take it out: build images with BuildKit's own means, and mount nothing of the engine",
        benchmarks: ["CIS Docker 5.32", "OWASP Docker Security Rule 1"],
        controls: ["SC-43"],

        check: file => [
            ...faultsIn(file.instructions, instruction => {
                const found = socketIn(instruction);
                return found === undefined ? undefined : `takes the engine's socket (${instruction.keyword} ${quoted(found)})`;
            }),
            ...faultsIn(commandsOf(file), ({ name, words }) => {
                const found = words.find(word => SOCKET.test(word));
                return found === undefined ? undefined : `takes the engine's socket (RUN ${name} ${quoted(found)})`;
            }),
        ],
    }),
    /** Files that a build writes there replace the system's, and a volume there hides them. */
    dockerfileRule({
        id: "system-work-directory",
        severity: "high",
        title: "An image works in a folder of its own, not in the system's",
        fix: "choose a folder of its own, e.g. `WORKDIR /app`",
        benchmarks: ["CIS Docker 5.5", "NIST SP 800-190 4.1.2"],
        controls: ["SC-38", "SC-42"],

        check: file => faultsIn(file.instructions.filter(({ keyword }) => keyword === "WORKDIR" || keyword === "VOLUME"), instruction => {
            const found = wordsOf(instruction).find(word => SYSTEM.test(word));
            return found === undefined ? undefined : `${instruction.keyword === "VOLUME" ? "has a volume over" : "works in"} a folder of the system (${instruction.keyword} ${found})`;
        }),
    }),
    /** Only the last command of a pipe decides whether a step failed: what was never downloaded is built upon. */
    dockerfileRule({
        id: "pipe-failure-ignored",
        severity: "low",
        title: "A command that fails within a pipe fails the build",
        fix: 'write `SHELL ["/bin/bash", "-o", "pipefail", "-c"]` before, or `set -o pipefail` at the step\'s beginning',
        benchmarks: ["Docker: Building best practices"],
        controls: ["SC-42"],

        check: file => runsOf(file).filter(run => !failsLoudly(run)).flatMap(run => {
            const piped = run.commands.find(({ before }, at) => before.startsWith("|") && before !== "||" && !HARMLESS.has(run.commands[at - 1]?.name ?? ""));
            return piped === undefined ? [] : [{ message: `goes on when a command before a pipe fails (| ${quoted(piped.name)})`, at: piped.path }];
        }),
    }),
];

function failsLoudly(run: Run): boolean {
    const text = [run.shell.join(" "), (run.instruction.list ?? [run.instruction.text]).join(" "), ...run.instruction.heredocs.map(heredoc => heredoc.text)].join("\n");
    return /-o\s*pipefail|-[a-z]+o\s+pipefail/.test(text);
}

function socketIn(instruction: Instruction): string | undefined {
    switch (instruction.keyword) {
        case "VOLUME":
            return wordsOf(instruction).find(word => SOCKET.test(word));
        case "ADD":
        case "COPY":
            return wordsOf(instruction).find(word => SOCKET.test(word)) ?? flagOf(instruction, "from")?.match(SOCKET)?.[0];
        case "RUN":
            return instruction.flags.find(({ name, value }) => name === "mount" && SOCKET.test(value))?.value;
        default:
            return undefined;
    }
}
