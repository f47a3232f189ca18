import { dockerfileRule, faultsIn, quoted } from "./define";
import { flagOf, pairsOf, wordsOf } from "../../view/dockerfile/instruction";
import { chainOf } from "../../view/dockerfile/model";
import { commandsOf, runsOf } from "../../view/dockerfile/run";
import type { Rule } from "../../rule";
import type { Dockerfile } from "../../view/dockerfile/model";
import type { Fault } from "../../view/unfinished";

const SHELL_FILE = /(?:^|\/)(?:bash|tcsh|ksh|csh|dash|zsh|fish|tmux|rbash|sh)$|\/etc\/shells/;
/** Programs that make no sense in a build, or are for people at a terminal. */
const POINTLESS: ReadonlySet<string> = new Set(["ps", "shutdown", "service", "free", "top", "htop", "kill", "killall", "mount", "ifconfig", "nano", "vim", "vi", "ssh", "systemctl", "reboot"]);
const LABEL_NAME = /^[a-z0-9](?:[a-z0-9./-]*[a-z0-9])?$/;
const COPIES: ReadonlySet<string> = new Set(["ADD", "COPY"]);

type Check = (file: Dockerfile) => readonly Fault[];

const CHECKS: readonly Check[] = [
    file => faultsIn(file.instructions, ({ keyword }) => keyword === "MAINTAINER" ? "names its maintainer by an instruction that is no longer in use (MAINTAINER)" : undefined),
    file => faultsIn(commandsOf(file), ({ name, words }) => ["ln", "mv", "chsh", "usermod"].includes(name) && words.some(word => SHELL_FILE.test(word)) || /^(?:powershell|pwsh)(?:\.exe)?$/.test(name)
        ? `changes the shell by a command (${name}), where SHELL is for it` : undefined),
    file => faultsIn(file.instructions.filter(({ keyword }) => COPIES.has(keyword)), instruction => {
        const words = wordsOf(instruction);
        return words.length > 2 && !/[/\\]$|^\.{1,2}$/.test(words.at(-1) ?? "") ? `copies several files to what may be none of a folder (${instruction.keyword} … ${quoted(words.at(-1) ?? "")})` : undefined;
    }),
    file => faultsIn(file.stages.map(({ from }) => from), from => {
        const platform = flagOf(from, "platform");
        return platform === undefined || platform.includes("$") ? undefined : `is bound to one platform (FROM --platform=${platform})`;
    }),
    file => file.stages.flatMap(stage => {
        const fetches = commandsOf(file).filter(command => command.stage === stage && ["curl", "wget"].includes(command.name));
        const other = fetches.find(({ name }) => name !== fetches[0]?.name);
        return other === undefined ? [] : [{ message: "uses both curl and wget", at: other.path }];
    }),
    file => faultsIn(commandsOf(file), ({ name }) => POINTLESS.has(name) ? `runs a program that has nothing to do in a build (${name})` : undefined),
    file => chainOf(file.final).flatMap(({ instructions }) => instructions.slice(1).flatMap((instruction, at) => {
        const before = instructions[at];
        const together = instruction.keyword === "RUN" && before?.keyword === "RUN" && instruction.flags.length === 0 && before.flags.length === 0
            || COPIES.has(instruction.keyword) && instruction.keyword === before?.keyword && wordsOf(instruction).at(-1) === wordsOf(before).at(-1)
            && JSON.stringify(instruction.flags) === JSON.stringify(before.flags);
        return together ? [{ message: `has two steps in a row that could be one (${instruction.keyword})`, at: instruction.path }] : [];
    })),
    file => faultsIn(file.instructions.filter(({ keyword }) => keyword === "LABEL"), instruction => {
        const found = pairsOf(instruction).find(({ name }) => !LABEL_NAME.test(name));
        return found === undefined ? undefined : `has a label that other programs may not read (${quoted(found.name)})`;
    }),
    file => faultsIn(file.instructions.filter(({ keyword }) => keyword === "ENV"), instruction => {
        const pairs = pairsOf(instruction);
        const names = new Set(pairs.map(({ name }) => name));
        const used = pairs.flatMap(({ name, value = "" }) => [...value.matchAll(/\$\{?(\w+)/g)].map(([, other = ""]) => other).filter(other => other !== name && names.has(other)));
        const found = used[0];
        return found === undefined ? undefined : `uses a variable in the instruction that sets it (ENV ${quoted(found)})`;
    }),
    file => runsOf(file).flatMap(run => faultsIn(run.commands, ({ name, words }) => {
        const high = name === "useradd" && /\d{6,}/.test(words.join(" ")) && !words.some(word => /^(?:-l|--no-log-init)$/.test(word));
        return high ? "makes a user with a large number without --no-log-init, which fills the image" : undefined;
    })),
];

export const HYGIENE_RULES: readonly Rule[] = [
    /** Nothing of it is dangerous by itself: it makes a file harder to read, and an image larger. */
    dockerfileRule({
        id: "untidy-dockerfile",
        severity: "low",
        title: "A Dockerfile is written as Docker advises",
        fix: "do as the message says; Docker's page on building best practices gives the reasons",
        benchmarks: ["Docker: Building best practices"],
        controls: [],
        optional: true,
        check: file => CHECKS.flatMap(check => check(file)),
    }),
];
