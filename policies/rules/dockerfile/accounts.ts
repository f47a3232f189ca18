import { dockerfileRule, faultsIn } from "./define";
import { flagOf } from "../../view/dockerfile/instruction";
import { chainOf } from "../../view/dockerfile/model";
import { commandsOf } from "../../view/dockerfile/run";
import type { Rule } from "../../rule";
import type { BuildCommand } from "../../view/dockerfile/run";

/** Modes of chmod that set the set-user bit: `4755`, `u+s`, `+s`. The set-group bit of a folder is no such danger. */
const SETS_USER = /^(?:0?[4-7][0-7]{3}|(?:[ugoa]*[ua][ugoa]*)?[+=][rwxXt]*s[rwxXst]*)$/;

export const ACCOUNT_RULES: readonly Rule[] = [
    /** A password of the image is the same wherever it runs, and anybody who pulls the image can read its hash. */
    dockerfileRule({
        id: "password-set-in-build",
        severity: "critical",
        title: "No account of an image has a password, least of all an empty one",
        fix: "leave accounts locked: nobody logs in to a container with a password",
        benchmarks: ["CIS Docker 4.10", "NIST SP 800-190 4.1.4"],
        controls: ["SC-33", "SC-42"],
        check: file => faultsIn(commandsOf(file), passwordSet),
    }),
    /** A program with this bit is root's for whoever starts it. */
    dockerfileRule({
        id: "set-user-bit-added",
        severity: "medium",
        title: "No build gives a program the set-user bit",
        fix: "give the one capability that it needs (`setcap`), or do the work as root in the build",
        benchmarks: ["CIS Docker 4.8", "NIST SP 800-190 4.1.2"],
        controls: ["SC-42"],

        check(file) {
            const copies = file.instructions.map(instruction => ({ path: instruction.path, mode: flagOf(instruction, "chmod") ?? "" }));
            return [
                ...faultsIn(copies, ({ mode }) => SETS_USER.test(mode) ? `gives files the set-user bit (--chmod=${mode})` : undefined),
                ...faultsIn(commandsOf(file), ({ name, words }) => {
                    const mode = name === "chmod" ? words.find(word => SETS_USER.test(word))
                        : name === "install" ? words.find((word, at) => /^-m$|^--mode$/.test(words[at - 1] ?? "") && SETS_USER.test(word)) : undefined;
                    return mode === undefined ? undefined : `gives a program the set-user bit (${name} ${mode})`;
                }),
            ];
        },
    }),
    /** Distributions ship `su`, `mount`, `passwd` with it: in a container nobody needs them. */
    dockerfileRule({
        id: "set-user-bits-kept",
        severity: "medium",
        title: "The set-user bits of the base image's programs are removed",
        fix: "add `RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +` to the last stage, or build upon an image without a shell",
        benchmarks: ["CIS Docker 4.8", "NIST SP 800-190 4.1.2"],
        controls: ["SC-42"],
        optional: true,

        check(file) {
            const chain = chainOf(file.final);
            const base = chain.at(-1)?.image;
            if (base === undefined || /distroless|(?:^|\/)windows(?:\/|$)|chainguard/.test(base)) {
                return [];
            }
            const removed = commandsOf(file).some(({ name, words, stage }) => chain.includes(stage) && name === "find" && words.includes("-perm") && /chmod\s+\S*-s|\brm\b|-delete/.test(words.join(" ")))
                || commandsOf(file).some(({ name, words, stage }) => chain.includes(stage) && name === "chmod" && words.some(word => /^[ugoa]*-[rwxXt]*s/.test(word)));
            return removed ? [] : [{ message: "keeps programs with the set-user bit (nothing removes them)", at: file.final.from.path }];
        },
    }),
];

function passwordSet({ name, words, outputs }: BuildCommand): string | undefined {
    const text = words.join(" ");
    switch (name) {
        case "chpasswd":
            return "sets passwords of accounts (chpasswd)";
        case "passwd":
            return /(?:^| )(?:-[a-z]*d|--delete)(?: |$)/.test(text) ? "empties the password of an account (passwd -d)"
                : /--stdin/.test(text) ? "sets the password of an account (passwd --stdin)" : undefined;
        case "useradd":
        case "usermod":
            return words.some((word, at) => /^(?:-p|--password)$/.test(word) && words[at + 1] !== "!" && words[at + 1] !== "*" || /^--password=[^!*]/.test(word))
                ? `sets the password of an account (${name} -p)` : undefined;
        case "sed":
        case "echo":
        case "printf":
            if (/PermitEmptyPasswords\s+yes/i.test(text)) {
                return "lets accounts without a password log in (PermitEmptyPasswords)";
            }
            return outputs.some(file => /^\/etc\/(?:passwd|shadow)$/.test(file)) && /^["']?[\w-]+::/.test(words.at(-1) ?? "") ? "adds an account without a password (/etc/passwd)" : undefined;
        default:
            return undefined;
    }
}
