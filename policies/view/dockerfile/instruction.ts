import { NoDockerfile } from "./lines";
import { expand, splitWords, unquoted } from "./variables";
import type { Heredoc, LogicalLine } from "./lines";
import type { Scope } from "./variables";
import type { Path } from "../unfinished";

/** One instruction of a Dockerfile. */
export interface Instruction {
    /** In upper case; of `ONBUILD RUN …` it is `RUN`. */
    readonly keyword: string;
    /** Whether it is carried out only where the image is built upon. */
    readonly onbuild: boolean;
    /** `--from=build`: name and value; an empty value where none is written. */
    readonly flags: readonly { readonly name: string; readonly value: string }[];
    /** What follows keyword and flags. */
    readonly text: string;
    /** The words of the JSON form; undefined for the other one. */
    readonly list: readonly string[] | undefined;
    readonly heredocs: readonly Heredoc[];
    /** Variables as this instruction sees them. */
    readonly scope: Scope;
    readonly line: number;
    readonly path: Path;
    /** The place of a character of `text`. */
    readonly pathAt: (offset: number) => Path;
    /** The place of a line of the file. */
    readonly pathOf: (line: number) => Path;
}

/** A name with a value, of `ENV`, `ARG` or `LABEL`; undefined where `ARG` has no default. */
export interface Pair {
    readonly name: string;
    readonly value: string | undefined;
}

const KEYWORDS: ReadonlySet<string> = new Set([
    "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL",
    "USER", "VOLUME", "WORKDIR",
]);
const WITH_FLAGS: ReadonlySet<string> = new Set(["ADD", "COPY", "FROM", "HEALTHCHECK", "RUN"]);

/**
 * Reads one instruction.
 * @param base the way to the Dockerfile's text, for places
 * @throws NoDockerfile for a keyword that there is none of, or one without arguments
 */
export function readInstruction(line: LogicalLine, scope: Scope, base: Path): Instruction {
    const first = line.starts[0]?.line ?? 1;
    const { keyword, onbuild, rest } = headOf(line.text, first);
    const { flags, text } = splitFlags(rest, WITH_FLAGS.has(keyword));
    if (text === "" && !isEmptyAllowed(keyword)) {
        throw new NoDockerfile(first, `${keyword} says nothing`);
    }
    const shift = line.text.trimEnd().length - text.length;
    const pathOf = (number: number): Path => [...base, "lines", number];
    return {
        keyword, onbuild, flags, text, scope, pathOf,
        list: listOf(text),
        heredocs: line.heredocs,
        line: first,
        path: pathOf(first),
        pathAt: offset => pathOf(lineAt(line, offset + shift)),
    };
}

function headOf(text: string, line: number): { readonly keyword: string; readonly onbuild: boolean; readonly rest: string } {
    const [, written = "", rest = ""] = /^\s*(\S+)\s*(.*)$/s.exec(text) ?? [];
    const outer = keywordOf(written, line);
    if (outer !== "ONBUILD") {
        return { keyword: outer, onbuild: false, rest };
    }
    const [, inner = "", after = ""] = /^(\S*)\s*(.*)$/s.exec(rest) ?? [];
    const keyword = keywordOf(inner, line);
    if (["ONBUILD", "FROM", "MAINTAINER"].includes(keyword)) {
        throw new NoDockerfile(line, `ONBUILD cannot trigger ${keyword}`);
    }
    return { keyword, onbuild: true, rest: after };
}

function keywordOf(written: string, line: number): string {
    const keyword = written.toUpperCase();
    if (!KEYWORDS.has(keyword)) {
        throw new NoDockerfile(line, `"${written.slice(0, 40)}" is no instruction`);
    }
    return keyword;
}

/** `CMD` alone takes the base image's command away; the same for `ENTRYPOINT`. */
function isEmptyAllowed(keyword: string): boolean {
    return keyword === "CMD" || keyword === "ENTRYPOINT";
}

function splitFlags(text: string, allowed: boolean): { readonly flags: Instruction["flags"]; readonly text: string } {
    const flags: { name: string; value: string }[] = [];
    let rest = text.trim();
    for (let match = /^--([a-z][\w-]*)(?:=(\S*))?(?:\s+|$)/.exec(rest); allowed && match !== null; match = /^--([a-z][\w-]*)(?:=(\S*))?(?:\s+|$)/.exec(rest)) {
        flags.push({ name: match[1] ?? "", value: unquoted(match[2] ?? "") });
        rest = rest.slice(match[0].length);
    }
    return { flags, text: rest };
}

function listOf(text: string): readonly string[] | undefined {
    if (!text.startsWith("[")) {
        return undefined;
    }
    try {
        const value: unknown = JSON.parse(text);
        return Array.isArray(value) && value.every(item => typeof item === "string") ? value : undefined;
    } catch {
        return undefined;
    }
}

function lineAt(line: LogicalLine, offset: number): number {
    return line.starts.findLast(start => start.offset <= offset)?.line ?? line.starts[0]?.line ?? 1;
}

/** The value of a flag; undefined where it is not there. */
export function flagOf(instruction: Instruction, name: string): string | undefined {
    return instruction.flags.find(flag => flag.name === name)?.value;
}

/** The words of an instruction, variables replaced where they are known, quotes gone. */
export function wordsOf(instruction: Instruction): readonly string[] {
    return (instruction.list ?? splitWords(instruction.text).map(unquoted)).map(word => expand(word, instruction.scope));
}

/** What `ENV`, `ARG` or `LABEL` names: `a=b c="d e"`, or the old `ENV a b c`. Values have their variables replaced. */
export function pairsOf(instruction: Instruction): readonly Pair[] {
    const words = splitWords(instruction.text);
    const [, name = "", rest = ""] = /^(\S+)\s+(.*)$/s.exec(instruction.text) ?? [];
    if (instruction.keyword !== "ARG" && name !== "" && !name.includes("=")) {
        return [{ name, value: expand(unquoted(rest), instruction.scope) }];
    }
    return words.map(word => {
        const equals = word.indexOf("=");
        return equals === -1 ? { name: word, value: undefined } : { name: unquoted(word.slice(0, equals)), value: expand(unquoted(word.slice(equals + 1)), instruction.scope) };
    });
}
