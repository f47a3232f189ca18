import { type Stats, closeSync, openSync, readFileSync, statSync } from "node:fs";

import type { Path, Place } from "../../model/problem";
import { fail } from "../fault";
import type { Value } from "../value";
import { constructValue, isMergeKey } from "./construct";
import { type Node, SyntaxFault, parseDocuments } from "./node";
import { type Resets, takeResets } from "./reset";

/** Larger than any Compose file; what is larger is some other file, or an attack. */
export const MAX_FILE_BYTES = 1024 * 1024;

/** One YAML document of a file: its value, and its nodes, which know where everything was written. */
export interface SourceDocument {
    readonly file: string;
    readonly text: string;
    readonly root: Node;
    readonly value: Value;
    readonly resets: Resets;
}

/**
 * Reads a file as text, bounded.
 * @param lenient whether bytes that are no UTF-8 are read as U+FFFD instead of refused
 * @throws FaultError where it is missing, no regular file, too large, or not UTF-8
 */
export function readText(file: string, path: Path, what: string, lenient = false): string {
    const problem = (fault: string, remedy?: string): never =>
        fail(path, fault, { subject: `the ${what} ${file}`, ...remedy === undefined ? {} : { remedy } });
    let stats: Stats;
    try {
        stats = statSync(file);
    } catch (error) {
        return problem(reasonOf(error), "name a file that exists");
    }
    if (stats.isDirectory()) {
        return problem("is a directory", "name a file in it");
    }
    // A pipe or a device may never end; /dev/null is what people write for "no file".
    if (!stats.isFile() && file !== "/dev/null") {
        return problem("is not a regular file");
    }
    if (stats.size > MAX_FILE_BYTES) {
        return problem(`is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB`, "take large content out of it");
    }
    const bytes = readBytes(file, problem);
    return lenient ? new TextDecoder().decode(bytes) : decode(bytes, problem);
}

function readBytes(file: string, problem: (fault: string) => never): Buffer {
    try {
        const handle = openSync(file, "r");
        try {
            return readFileSync(handle);
        } finally {
            closeSync(handle);
        }
    } catch (error) {
        return problem(reasonOf(error));
    }
}

function decode(bytes: Buffer, problem: (fault: string, remedy?: string) => never): string {
    try {
        return new TextDecoder(hasUtf16Mark(bytes) ? "utf-16" : "utf-8", { fatal: true }).decode(bytes);
    } catch {
        return problem("is not text in UTF-8", "save it as UTF-8");
    }
}

function hasUtf16Mark(bytes: Buffer): boolean {
    return bytes[0] === 0xff && bytes[1] === 0xfe;
}

/** Why the operating system refused a file, in words. */
export function reasonOf(error: unknown): string {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    return { ENOENT: "does not exist", ENOTDIR: "does not exist", EACCES: "may not be read by this user",
        EPERM: "may not be read by this user", ELOOP: "is a loop of symbolic links",
        ENAMETOOLONG: "has too long a name", ERR_INVALID_ARG_VALUE: "has a name with a null character" }[code]
        ?? `cannot be read (${code})`;
}

/**
 * Reads the YAML documents of a Compose file.
 * @param given its text, where it is not the file's own
 * @throws FaultError with the place of what is not YAML
 */
export function readDocuments(file: string, path: Path, given?: string): SourceDocument[] {
    const text = given ?? readText(file, path, "Compose file");
    try {
        return parseDocuments(text).map(root => {
            const resets = takeResets(root);
            return { file, text, root, resets, value: constructValue(root) };
        });
    } catch (error) {
        if (error instanceof SyntaxFault) {
            return fail([], "is not valid YAML", { subject: "the file", got: error.message, place: placeAt(text, file, error.offset) });
        }
        throw error;
    }
}

/** Line and column, from 1, of an offset into a text. */
export function placeAt(text: string, file: string, offset: number): Place {
    const before = text.slice(0, offset);
    const start = before.lastIndexOf("\n") + 1;
    return { file, line: before.split("\n").length, column: offset - start + 1 };
}

/** How much of a path a document holds, and where the deepest part of it that it holds was written. */
export interface Found {
    readonly depth: number;
    readonly place: Place;
}

/** Looks a path of the canonical project up in a document as its author wrote it: short forms, aliases and merges too. */
export function findIn(document: SourceDocument, path: Path): Found {
    let node = document.root;
    let offset = node.offset;
    let depth = 0;
    for (const step of path) {
        const next = childOf(node, step, 0);
        if (next === undefined) {
            break;
        }
        depth++;
        node = next.node;
        offset = next.offset;
    }
    return { depth, place: placeAt(document.text, document.file, offset) };
}

function childOf(parent: Node, step: string | number, hops: number): { node: Node; offset: number } | undefined {
    const node = parent.target ?? parent;
    if (hops > 20) {
        return undefined;
    }
    if (node.kind === "sequence") {
        const item = typeof step === "number" ? node.content[step]
            : node.content.find(entry => entry.kind === "scalar" && entry.value.split(/[=:]/)[0] === step);
        return item === undefined ? undefined : { node: item, offset: item.offset };
    }
    let merged: { node: Node; offset: number } | undefined;
    for (let at = 0; at + 1 < node.content.length && node.kind === "mapping"; at += 2) {
        const [key, value] = [node.content[at], node.content[at + 1]] as [Node, Node];
        if (key.value === step) {
            return { node: value, offset: key.offset };
        }
        if (isMergeKey(key)) {
            const from = (value.target ?? value).kind === "sequence" ? (value.target ?? value).content : [value];
            merged = from.map(base => childOf(base, step, hops + 1)).find(found => found !== undefined);
        }
    }
    return merged;
}
