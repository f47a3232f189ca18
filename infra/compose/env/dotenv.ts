import { fail, shorten } from "../fault";
import type { Path, Place } from "../../model/problem";
import { readText } from "../read/source";
import { TemplateFault, substitute } from "../interpolate/template";

/** The variables of env files: each value with the place of its name. */
export type EnvEntries = Map<string, { readonly value: string; readonly place: Place }>;

/** Looks up what a value refers to: undefined where nothing is set. */
export type EnvLookup = (name: string) => string | undefined;

/** What stands in a value for the variable that it refers to: its value, or a mark where it is a secret. */
export type Insert = (name: string, value: string) => string;

interface Reader {
    readonly text: string;
    readonly file: string;
    at: number;
}

const SPACE = /[\t\v\f\r \u0085\u00a0]/;
const ANY_SPACE = /[\s\u0085]/;
const NAME_CHARACTER = /[\p{L}\p{N}_.\-[\]]/u;

/**
 * Reads an env file into `into`, by the rules of Compose: `export` may stand before a name, `=` or `:` after it; a name
 * alone is taken from `lookup`; single quotes keep everything, double quotes know escapes and variables, and without
 * quotes a value ends before ` #`.
 * @param path where the file is named, for the problem of one that cannot be read
 * @throws FaultError with the place
 */
export function readEnvFile(
    file: string, into: EnvEntries, lookup: EnvLookup, insert: Insert = (_name, value) => value, path: Path = [],
): void {
    const text = readText(file, path, "env file", true);
    const reader: Reader = { text: text.startsWith("\uFEFF") ? text.slice(1) : text, file, at: 0 };
    while (skipToStatement(reader)) {
        readStatement(reader, into, lookup, insert);
    }
}

/** The place of an offset, from 1. */
function placeOf(reader: Reader, offset: number): Place {
    const before = reader.text.slice(0, offset);
    return { file: reader.file, line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

function skipToStatement(reader: Reader): boolean {
    const { text } = reader;
    for (;;) {
        while (reader.at < text.length && ANY_SPACE.test(text[reader.at] as string)) {
            reader.at++;
        }
        if (reader.at >= text.length) {
            return false;
        }
        if (text[reader.at] !== "#") {
            return true;
        }
        const end = text.indexOf("\n", reader.at);
        if (end < 0) {
            return false;
        }
        reader.at = end;
    }
}

function readStatement(reader: Reader, into: EnvEntries, lookup: EnvLookup, insert: Insert): void {
    const exported = /^export[\s]+/.exec(reader.text.slice(reader.at));
    if (exported !== null) {
        reader.at += "export".length;
        skipSpaces(reader);
    }
    const start = reader.at;
    const { name, inherited } = readName(reader, start);
    const place = placeOf(reader, start);
    if (name.includes(" ")) {
        fail([], "is not a variable's name", { subject: "the text before =", got: shorten(name), place });
    }
    if (inherited) {
        const value = lookup(name);
        if (value !== undefined) {
            into.set(name, { value, place });
        }
        return;
    }
    const value = readValue(reader, place, reference => {
        const found = lookup(reference) ?? into.get(reference)?.value;
        return found === undefined ? undefined : insert(reference, found);
    });
    into.set(name, { value, place });
}

function skipSpaces(reader: Reader): void {
    while (SPACE.test(reader.text[reader.at] ?? "")) {
        reader.at++;
    }
}

/** The name up to its `=` or `:`, or to the end of the line, where it is inherited. At the end of the file it is empty. */
function readName(reader: Reader, start: number): { name: string; inherited: boolean } {
    const { text } = reader;
    let end = start;
    if (start >= text.length) {
        fail([], "is missing", { subject: "the name after export", place: placeOf(reader, start) });
    }
    while (end < text.length && !"=:\n".includes(text[end] as string)) {
        const character = String.fromCodePoint(text.codePointAt(end) as number);
        if (!SPACE.test(character) && !NAME_CHARACTER.test(character)) {
            const line = text.slice(start).split("\n", 1)[0] as string;
            fail([], "is not a variable's name", { subject: "the text before =", got: shorten(line), place: placeOf(reader, end) });
        }
        end += character.length;
    }
    if (end >= text.length) {
        // A name that ends the file without a line feed is read as the start of a value without a name, as Compose does.
        reader.at = start;
        skipSpaces(reader);
        return { name: "", inherited: false };
    }
    reader.at = end + 1;
    skipSpaces(reader);
    return { name: text.slice(start, end).replace(/[\s\u0085]+$/u, ""), inherited: text[end] === "\n" };
}

function readValue(reader: Reader, place: Place, lookup: EnvLookup): string {
    const quote = reader.text[reader.at];
    if (quote === "\"" || quote === "'") {
        return readQuoted(reader, quote, place, lookup);
    }
    const end = reader.text.indexOf("\n", reader.at);
    const line = reader.text.slice(reader.at, end < 0 ? undefined : end);
    reader.at = end < 0 ? reader.text.length : end + 1;
    const value = (line.split(" #", 1)[0] as string).replace(/[\s\u0085]+$/u, "");
    return expand(value, place, lookup);
}

function readQuoted(reader: Reader, quote: string, place: Place, lookup: EnvLookup): string {
    let value = "";
    for (let at = reader.at + 1; at < reader.text.length; at++) {
        const character = reader.text[at] as string;
        if (character === quote) {
            reader.at = at + 1;
            return quote === "\"" ? expand(unescape(value), place, lookup) : value;
        }
        if (character === "\\" && at + 1 < reader.text.length) {
            const next = reader.text[++at] as string;
            value += next === quote ? next : `\\${next}`;
            // Two backslashes are one escape: the second does not escape what follows.
        } else {
            value += character;
        }
    }
    return fail([], "has a quote that is not closed", { subject: "the value", place });
}

const SIMPLE_ESCAPES: Record<string, string> = {
    a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v", "\"": "\"", "\\": "\\", $: "$$",
};

function unescape(text: string): string {
    return text.replace(/\\(?:([abcfnrtv$"\\])|0(\d{0,3}))/g, (match, simple: string | undefined, octal: string | undefined) => {
        if (simple !== undefined) {
            return SIMPLE_ESCAPES[simple] ?? match;
        }
        // As Compose does: three octal digits make a character, anything else stays as it is.
        return /^[0-3][0-7]{2}$/.test(octal ?? "") ? String.fromCharCode(parseInt(octal as string, 8)) : match;
    });
}

function expand(value: string, place: Place, lookup: EnvLookup): string {
    try {
        return substitute(value, { get: lookup });
    } catch (error) {
        if (error instanceof TemplateFault) {
            return fail([], error.fault, { subject: "the value", place, remedy: error.remedy ?? "write $$ for a dollar" });
        }
        throw error;
    }
}

/**
 * Reads an env file of Docker's own form into `into`: a line is a name, `=` and the value as it is; a name alone is taken
 * from `lookup`.
 * @throws FaultError with the place
 */
export function readRawEnvFile(file: string, into: EnvEntries, lookup: EnvLookup, path: Path): void {
    readText(file, path, "env file").split(/\r?\n/).forEach((written, at) => {
        const line = written.trimStart();
        const place = { file, line: at + 1, column: written.length - line.length + 1 };
        if (line === "" || line.startsWith("#")) {
            return;
        }
        const split = line.indexOf("=");
        const name = split < 0 ? line : line.slice(0, split);
        if (name === "" || /\s/.test(name)) {
            fail([], "is not a variable's name", { subject: "the text before =", got: shorten(name), place });
        }
        const value = split < 0 ? lookup(name) : line.slice(split + 1);
        if (value !== undefined) {
            into.set(name, { value, place });
        }
    });
}
