import { dirname, isAbsolute, join, resolve } from "node:path";

import type { Path } from "../../model/problem";
import { includeEnvFiles, withEnvFiles } from "../env/project-environment";
import { fail } from "../fault";
import { type ModelRequest, type Session, isRemote, relativeFolder } from "../session";
import { type Resets, applyResets } from "../read/reset";
import { type Mapping, type Value, equal, isMapping, kindOf } from "../value";
import { mergeValues } from "./merge";

/** What including needs to know of the file that includes. */
export interface Including {
    readonly file: string;
    readonly session: Session;
    readonly request: ModelRequest;
    load(request: ModelRequest): Mapping;
}

interface Entry {
    readonly files: readonly string[];
    readonly projectDirectory: string;
    readonly envFiles: readonly string[];
}

const KINDS = ["services", "jobs", "volumes", "networks", "secrets", "configs", "models"];

/**
 * Loads, each as a project of its own, what a file includes and puts it beside what the file itself says, in place.
 * @throws FaultError
 */
export function applyIncludes(own: Mapping, resets: Resets, including: Including): void {
    const include = own.get("include") ?? null;
    if (include !== null && !Array.isArray(include)) {
        fail(["include"], "is not a list", { got: kindOf(include) });
    }
    (include ?? []).forEach((entry, at) => {
        const path: Path = ["include", at];
        importAll(including.load(requestFor(entryOf(entry, path, including), including, path)), own, resets);
    });
    own.delete("include");
}

function entryOf(entry: Value, path: Path, including: Including): Entry {
    if (typeof entry === "string") {
        return { files: [entry], projectDirectory: "", envFiles: [] };
    }
    if (!isMapping(entry)) {
        return fail(path, "is not a file or a mapping", { got: kindOf(entry) });
    }
    for (const key of entry.keys()) {
        if (!["path", "project_directory", "env_file"].includes(key)) {
            including.session.warn(`${including.file}: include knows no ${key}; it is ignored`);
        }
    }
    const directory = entry.get("project_directory") ?? "";
    return {
        files: texts(entry.get("path"), [...path, "path"]),
        projectDirectory: typeof directory === "string" ? directory : fail([...path, "project_directory"], "is not a path"),
        envFiles: texts(entry.get("env_file"), [...path, "env_file"]),
    };
}

function texts(value: Value | undefined, path: Path): string[] {
    if (value === undefined || value === null) {
        return [];
    }
    const list = Array.isArray(value) ? value : [value];
    return list.map(item => typeof item === "string" ? item : fail(path, "is not a path or a list of paths", { got: kindOf(item) }));
}

function requestFor(entry: Entry, including: Including, path: Path): ModelRequest {
    const { request, session, file } = including;
    const remote = entry.files.find(isRemote);
    if (remote !== undefined) {
        fail(path, "is a remote file, which is not fetched", { got: remote, remedy: "download it and name the copy" });
    }
    const files = entry.files.map(name => resolve(request.lookupDirectory, name));
    const main = files[0] ?? fail(path, "names no file", { remedy: "write path: file" });
    const chain = [...request.including, file];
    if (chain.includes(main)) {
        fail(path, "is a circle", { got: [...chain, main].join(" includes ") });
    }
    session.filesRead.push(...files.map(included => ({ file: included, path })));
    const [directory, relativeTo] = directoriesOf(entry.projectDirectory, main, request);
    const lookupDirectory = resolve(session.directory, directory);
    const envFiles = includeEnvFiles(entry.envFiles, resolve(session.directory, request.workingDirectory), lookupDirectory);
    return {
        files, lookupDirectory, workingDirectory: relativeTo, including: chain, namedAt: path,
        variables: withEnvFiles(request.variables, envFiles, session.book),
    };
}

/** The project directory of an include, and what its paths are relative to for the file that includes it. */
function directoriesOf(given: string, main: string, request: ModelRequest): [directory: string, relativeTo: string] {
    if (given === "") {
        return [dirname(main), relativeFolder(request.lookupDirectory, main)];
    }
    return isAbsolute(given) ? [given, given]
        : [join(request.workingDirectory, given), relativeFolder(request.lookupDirectory, given)];
}

function importAll(source: Mapping, target: Mapping, resets: Resets): void {
    for (const kind of KINDS) {
        const from = source.get(kind) ?? null;
        if (from === null) {
            continue;
        }
        const into = target.get(kind) ?? new Map<string, Value>();
        if (!isMapping(into) || !isMapping(from)) {
            fail([kind], "is not a mapping", { got: kindOf(into) });
        }
        for (const [name, entry] of from) {
            into.set(name, together(entry, into.get(name), kind, name, resets));
        }
        target.set(kind, into);
    }
}

/** What a file says itself goes over what it includes; the same thing included twice stays as it is. */
function together(included: Value, own: Value | undefined, kind: string, name: string, resets: Resets): Value {
    if (own === undefined || equal(included, own)) {
        return included;
    }
    applyResets(resets, new Map([[kind, new Map([[name, included]])]]));
    return mergeValues(included, own, [kind, name]);
}
