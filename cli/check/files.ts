import { type Dirent, lstatSync, readFileSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";

import { isDockerfileName } from "./recognise";

/** More than any manifest or state that people keep; reading on would only take the machine's memory. */
const MOST_BYTES = 64 * 1024 * 1024;
const KINDS = /\.(?:ya?ml|json)$/i;
/** Folders of other people's files. */
const SKIPPED: ReadonlySet<string> = new Set(["node_modules", ".git", ".terraform", "vendor"]);

/** A file to judge. */
export interface Candidate {
    readonly path: string;
    /** Whether it was named, and not only found in a folder: then it must be something that can be judged. */
    readonly named: boolean;
}

/** A folder or file that cannot be read, with the reason. */
export interface Unreadable {
    readonly path: string;
    readonly reason: string;
}

/** The files that these paths name, in order, each once, and what of them cannot be read. */
export function candidates(paths: readonly string[], skipOthers = false): { readonly files: readonly Candidate[]; readonly missing: readonly Unreadable[] } {
    const files = new Map<string, Candidate>();
    const missing: Unreadable[] = [];
    for (const path of paths) {
        try {
            if (statSync(path).isDirectory()) {
                const found = walk(path, new Set());
                found.filter(file => !files.has(file)).forEach(file => files.set(file, { path: file, named: false }));
                if (found.length === 0) {
                    missing.push({ path, reason: "holds no YAML or JSON file and no Dockerfile" });
                }
            } else {
                files.set(path, { path, named: !skipOthers });
            }
        } catch (error) {
            missing.push({ path, reason: reasonOf(error) });
        }
    }
    return { files: [...files.values()], missing };
}

function walk(folder: string, above: ReadonlySet<string>): string[] {
    const real = realpathSync(folder);
    if (above.has(real)) {
        return [];
    }
    const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => a.name < b.name ? -1 : 1);
    return entries.flatMap(entry => {
        const path = join(folder, entry.name);
        if (isFolder(entry, path)) {
            return SKIPPED.has(entry.name) ? [] : walk(path, new Set([...above, real]));
        }
        return KINDS.test(entry.name) || isDockerfileName(entry.name) ? [path] : [];
    });
}

/** A link to a folder counts: what it leads to is deployed too. A link that leads nowhere is a file that cannot be read. */
function isFolder(entry: Dirent, path: string): boolean {
    if (!entry.isSymbolicLink()) {
        return entry.isDirectory();
    }
    try {
        return statSync(path).isDirectory();
    } catch {
        return false;
    }
}

/**
 * The text of a file.
 * @throws Error with a reason for a person: too large, not UTF-8, not a file
 */
export function readText(path: string): string {
    const { size } = statSync(path);
    if (!lstatSync(path).isSymbolicLink() && !statSync(path).isFile()) {
        throw new Error("is not a file");
    }
    if (size > MOST_BYTES) {
        throw new Error(`is too large (${size} bytes); give a file of at most ${MOST_BYTES}`);
    }
    return decode(readFileSync(path));
}

function decode(bytes: Buffer): string {
    const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
    try {
        return new TextDecoder(wide, { fatal: true }).decode(bytes);
    } catch {
        throw new Error("is not text in UTF-8");
    }
}

/** What went wrong, without a path: that is said before. */
export function reasonOf(error: unknown): string {
    const code = (error as NodeJS.ErrnoException).code;
    const words: Readonly<Record<string, string>> = { ENOENT: "does not exist", EACCES: "may not be read", EISDIR: "is a folder", ELOOP: "is a link that leads nowhere" };
    return code !== undefined && words[code] !== undefined ? words[code] : error instanceof Error ? error.message : String(error);
}
