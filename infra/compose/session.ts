import { statSync } from "node:fs";
import { dirname, isAbsolute, join, relative } from "node:path";

import type { Path } from "../model/problem";
import type { Named } from "./check/links";
import type { SecretBook, Variables } from "./env/secrets";
import type { EnvPlaces } from "./env/service-environment";
import type { SourceDocument } from "./read/source";

/** What is common to everything that one call of `loadProject` reads. */
export interface Session {
    /** Absolute path of the project directory. */
    readonly directory: string;
    readonly home: string | undefined;
    readonly book: SecretBook | undefined;
    /** Every document read, in order, for places. */
    readonly documents: SourceDocument[];
    /** Texts of Compose files that count instead of what the files hold. */
    readonly texts: ReadonlyMap<string, string> | undefined;
    readonly byFile: Map<string, SourceDocument[]>;
    readonly envPlaces: EnvPlaces;
    /** Files that others name and that were read. */
    readonly filesRead: Named[];
    readonly warn: (text: string) => void;
}

/** A set of Compose files that make one model: those of the project, or those of an `include` entry. */
export interface ModelRequest {
    /** Absolute paths. */
    readonly files: readonly string[];
    /** What relative paths in the files are made relative to; itself relative to the including file's for an include. */
    readonly workingDirectory: string;
    /** Absolute folder that the names of files in `extends` and `include` start from. */
    readonly lookupDirectory: string;
    readonly variables: Variables;
    /** Files that are being included, outermost first. */
    readonly including: readonly string[];
    /** Where the files are named in another; empty for those of the project. */
    readonly namedAt: Path;
}

/** The folder of a file, or the folder itself, relative to another. */
export function relativeFolder(from: string, path: string): string {
    const full = isAbsolute(path) ? path : join(from, path);
    return relative(from, isFolder(full) ? full : dirname(full));
}

function isFolder(path: string): boolean {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Whether a file's name is a Git repository or an OCI artifact, which Compose would fetch. */
export function isRemote(name: string): boolean {
    return /^(?:oci:\/\/|https?:\/\/|git:\/\/|ssh:\/\/|github\.com\/|git@)/.test(name);
}
