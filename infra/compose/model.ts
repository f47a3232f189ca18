import { dirname, resolve } from "node:path";

import type { Path } from "../model/problem";
import { canonicalize } from "./canonical/canonical";
import { dropEmpty, setDefaults } from "./canonical/defaults";
import { resolvePaths } from "./canonical/paths";
import { checkForms } from "./check/forms";
import { type Variables, makeLookups } from "./env/secrets";
import { FaultError, fail } from "./fault";
import { interpolate } from "./interpolate/interpolate";
import { promoteAliases, promoteResets } from "./merge/aliases";
import { applyExtends } from "./merge/extends";
import { applyIncludes } from "./merge/include";
import { mergeProjects } from "./merge/merge";
import { enforceUnique } from "./merge/unique";
import { type Resets, applyResets } from "./read/reset";
import { type SourceDocument, findIn, readDocuments } from "./read/source";
import { validateSchema } from "./schema/validate";
import { type ModelRequest, type Session, isRemote, relativeFolder } from "./session";
import { type Mapping, clone, entriesOf, isMapping, kindOf } from "./value";

/**
 * Reads and merges files into one canonical model, its paths resolved.
 * @throws FaultError
 */
export function loadModel(session: Session, request: ModelRequest): Mapping {
    let model: Mapping = new Map();
    for (const file of request.files) {
        model = loadFile(session, request, file, model, { complete: true, path: request.namedAt }).model;
    }
    setDefaults(model);
    checkForms(model);
    resolvePaths(model, { directory: request.workingDirectory, home: session.home });
    resolveFromVariables(model, request.variables);
    return model;
}

interface Loaded {
    readonly model: Mapping;
    /** What the last document of the file resets. */
    readonly resets: Resets;
}

/**
 * One file merged over the model so far.
 * @param how a `complete` one is included, extended and validated; `path` is where the file is named
 */
function loadFile(session: Session, request: ModelRequest, file: string, before: Mapping, how: { complete: boolean; path: Path }): Loaded {
    const { complete } = how;
    let model = before;
    let resets: Resets = [];
    for (const document of documentsOf(session, file, how.path)) {
        resets = promoteResets(document.resets);
        const own = ownModel(session, request, document);
        if (complete) {
            applyIncludes(own, resets, {
                file, session, request, load: inner => loadModel(session, inner),
            });
        }
        applyResets(resets, model);
        if (complete) {
            applyExtends(own, resets, { file, load: (name, path) => loadBase(session, request, name, path) });
        }
        model = mergeProjects(model, own);
        enforceUnique(model);
        if (complete) {
            validateSchema(model);
            if (model.delete("version")) {
                session.warn(`${file}: \`version\` is obsolete and ignored; remove it`);
            }
        }
        canonicalize(model);
        dropEmpty(model);
        enforceUnique(model);
    }
    return { model, resets };
}

/** The documents of a file, read once. */
export function documentsOf(session: Session, file: string, path: Path): SourceDocument[] {
    const known = session.byFile.get(file);
    if (known !== undefined) {
        return known;
    }
    const documents = readDocuments(file, path, session.texts?.get(file));
    session.byFile.set(file, documents);
    session.documents.push(...documents);
    return documents;
}

/** What a document itself says: interpolated, with the attributes that were extensions once under their names. */
function ownModel(session: Session, request: ModelRequest, document: SourceDocument): Mapping {
    const value = clone(document.value);
    if (!isMapping(value)) {
        return fail([], "is not a mapping of the Compose specification's keys", {
            subject: `the file ${document.file}`, got: kindOf(value), remedy: "begin with services:",
            place: { file: document.file, line: 1, column: 1 },
        });
    }
    const missing = (name: string): void => { session.warn(`the variable ${name} is not set; it is replaced by nothing`); };
    const own = placed(document, () => interpolate(value, makeLookups(request.variables, session.book, missing)));
    promoteAliases(own);
    return own;
}

/** Gives the faults of one document their places in it: another may hold the same path. */
function placed<T>(document: SourceDocument, task: () => T): T {
    try {
        return task();
    } catch (error) {
        throw error instanceof FaultError
            ? new FaultError(error.faults.map(fault => ({ ...fault, place: fault.place ?? findIn(document, fault.path).place }))) : error;
    }
}

/** A file that `extends` names, as it stands: neither included, extended nor validated by itself. */
function loadBase(session: Session, request: ModelRequest, name: string, path: Path): { project: Mapping; resets: Resets; base: { directory: string; home: string | undefined } } {
    if (isRemote(name)) {
        fail(path, "is a remote file, which is not fetched", { got: name, remedy: "download it and name the copy" });
    }
    const file = resolve(request.lookupDirectory, name);
    const inner: ModelRequest = { ...request, lookupDirectory: dirname(file) };
    session.filesRead.push({ file, path });
    const { model, resets } = loadFile(session, inner, file, new Map(), { complete: false, path });
    return { project: model, resets, base: { directory: relativeFolder(request.lookupDirectory, file), home: session.home } };
}

/** Variables that are named without a value in a list, and configs that are taken from a variable, get its value. */
function resolveFromVariables(model: Mapping, variables: Variables): void {
    for (const kind of ["services", "jobs"]) {
        for (const container of entriesOf(model, kind)) {
            const environment = container.get("environment");
            if (Array.isArray(environment)) {
                container.set("environment", environment.filter(entry => typeof entry === "string")
                    .map(name => variables.plain.has(name) ? `${name}=${variables.marked.get(name) ?? ""}` : name));
            }
        }
    }
    for (const config of entriesOf(model, "configs")) {
        const value = variables.marked.get(String(config.get("environment")));
        if (typeof config.get("environment") === "string" && value !== undefined) {
            config.set("content", value);
        }
    }
}
