import { dockerfileRule, faultsIn, quoted } from "./define";
import { flagOf, wordsOf } from "../../view/dockerfile/instruction";
import { commandsOf } from "../../view/dockerfile/run";
import type { Rule } from "../../rule";
import type { Instruction } from "../../view/dockerfile/instruction";
import type { Dockerfile } from "../../view/dockerfile/model";

const ARCHIVE = /\.(?:tar|tgz|tbz2?|txz|tzst|tar\.(?:gz|bz2|xz|zst|lzma))$/i;
const REMOTE = /^(?:https?|ftp):\/\//i;
const REPOSITORY = /^(?:git@|git:\/\/|ssh:\/\/)|\.git(?:#|$)/i;
const INTERPRETERS: ReadonlySet<string> = new Set(["sh", "bash", "ash", "dash", "zsh", "python", "python3", "perl", "ruby", "node"]);

const copiesOf = (file: Dockerfile): readonly Instruction[] => file.instructions.filter(({ keyword }) => keyword === "ADD" || keyword === "COPY");
const sourcesOf = (instruction: Instruction): readonly string[] => wordsOf(instruction).slice(0, -1).filter(word => !word.startsWith("<<"));

export const COPY_RULES: readonly Rule[] = [
    /** ADD also unpacks and downloads: what it does depends on the file's content. */
    dockerfileRule({
        id: "add-instead-of-copy",
        severity: "low",
        title: "Files of the build's own folder are copied, not added",
        fix: "write COPY; keep ADD for archives that are to be unpacked",
        benchmarks: ["CIS Docker 4.9"],
        controls: ["RAGFLOW-IMAGE-03", "SC-42"],

        check: file => faultsIn(copiesOf(file).filter(({ keyword }) => keyword === "ADD"), instruction => {
            const found = sourcesOf(instruction).find(source => !REMOTE.test(source) && !REPOSITORY.test(source) && !ARCHIVE.test(source));
            return found === undefined ? undefined : `adds what COPY would copy (ADD ${quoted(found)})`;
        }),
    }),
    /** Whoever owns the server, or the way to it, decides what is in the image. */
    dockerfileRule({
        id: "unverified-download",
        severity: "medium",
        title: "What a build downloads is compared with a checksum",
        fix: "give ADD a `--checksum=sha256:…` (a commit for a repository), and check what curl or wget fetched before it is used",
        benchmarks: ["CIS Docker 4.9", "NIST SP 800-190 4.1.5"],
        controls: ["RAGFLOW-IMAGE-03", "SC-42"],

        check: file => [
            ...faultsIn(copiesOf(file).filter(({ keyword }) => keyword === "ADD"), instruction => {
                const found = sourcesOf(instruction).find(source => REPOSITORY.test(source) ? !/#[0-9a-f]{40}\b/.test(source) : REMOTE.test(source));
                return found === undefined || flagOf(instruction, "checksum") !== undefined ? undefined : `adds a download without a checksum (${quoted(withoutUser(found))})`;
            }),
            ...faultsIn(commandsOf(file), ({ name, before, words, run }) => {
                const piped = before.startsWith("|") && INTERPRETERS.has(name) && words.every(word => word.startsWith("-"));
                return piped && /\b(?:curl|wget)\b[^;&]*\|/.test([run.text, ...run.heredocs.map(({ text }) => text)].join("\n")) ? `runs what it downloads, unseen (| ${name})` : undefined;
            }),
        ],
    }),
    /** What the program may overwrite, whoever breaks into it may too. */
    dockerfileRule({
        id: "copied-for-the-user",
        severity: "low",
        title: "Copied files stay root's, so that the program cannot change itself",
        fix: "leave --chown out, and give the run-time user only the folders that it writes",
        benchmarks: ["NIST SP 800-190 4.1.2"],
        controls: ["SC-38", "SC-42"],
        optional: true,

        check: file => faultsIn(copiesOf(file), instruction => {
            const owner = flagOf(instruction, "chown") ?? "";
            return /^(?:|root|0+)(?::.*)?$/.test(owner) ? undefined : `hands copied files to the run-time user (${instruction.keyword} --chown=${owner})`;
        }),
    }),
];

/** An address without the user and password that may stand in it. */
function withoutUser(address: string): string {
    return address.replace(/\/\/[^/@]*@/, "//");
}
