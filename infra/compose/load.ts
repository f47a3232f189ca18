import { dirname, join, resolve } from "node:path";

import { type Locate, type Path, type Place, type Problem, ProblemsError, formatPath } from "../model/problem";
import { expandHome } from "./canonical/paths";
import { checkLinks } from "./check/links";
import { type Environment, discoverFiles, projectName, projectVariables, withDefaultEnvFile } from "./env/project-environment";
import type { SecretBook, Variables } from "./env/secrets";
import type { EnvPlaces } from "./env/service-environment";
import { FaultError, toProblem } from "./fault";
import { TemplateFault, substitute } from "./interpolate/template";
import { documentsOf, loadModel } from "./model";
import { normalize } from "./normalize";
import { type TypedProject, projectJson, typeProject } from "./project";
import { type SourceDocument, findIn } from "./read/source";
import type { Session } from "./session";
import type { DataObject } from "./typed/kind";
import { isMapping } from "./value";

/** What to load: the arguments of `docker compose config`. */
export interface LoadRequest {
    /** Compose files, later ones over earlier ones; none: those of `COMPOSE_FILE`, or those found in the directory. */
    readonly files: readonly string[];
    /** What the names of files and folders given here start from; the process's working directory unless given. */
    readonly directory?: string;
    /** Where relative paths start; the folder of the first file unless given. */
    readonly projectDirectory?: string;
    /** Enabled profiles; `COMPOSE_PROFILES` unless given. `*` enables all. */
    readonly profiles?: readonly string[];
    /** Instead of the `.env` of the project directory. */
    readonly envFiles?: readonly string[];
    /** The process's variables; they win over those of env files. */
    readonly environment: Environment;
    readonly projectName?: string;
    /** Whether a variable is a secret: a mark stands in texts for its value then (see infra/model/text.ts). */
    readonly secretVariable?: (name: string) => boolean;
    /** Texts of Compose files, by absolute path, that count instead of what the files hold: to see what a change would do. */
    readonly texts?: ReadonlyMap<string, string>;
}

export interface LoadedProject {
    /** The canonical project, exactly as `docker compose config --format json` prints it before each `$` is doubled. */
    readonly project: DataObject;
    /** The same before it is written, with what JSON leaves out; for `toApplication` and YAML. */
    readonly typed: TypedProject;
    readonly directory: string;
    readonly files: readonly string[];
    /** Finds where the value at a path of `project` was written, or the nearest thing above it that a file holds. */
    readonly locate: Locate;
    readonly warnings: readonly string[];
    readonly problems: readonly Problem[];
    /** Values of the variables that stand as marks; null where one is not set. Never to be printed. */
    readonly secretValues: Readonly<Record<string, string | null>>;
}

/**
 * Loads Compose files the way Docker Compose does.
 * @throws ProblemsError with every problem of the first stage that found any, each with its place
 */
export function loadProject(request: LoadRequest): LoadedProject {
    const warnings = new Set<string>();
    const documents: SourceDocument[] = [];
    const envPlaces: EnvPlaces = new Map();
    const book: SecretBook | undefined = request.secretVariable === undefined ? undefined
        : { isSecret: request.secretVariable, values: new Map() };
    let files: readonly string[] = request.files;
    try {
        const here = resolve(request.directory ?? ".");
        const directory = resolve(here, request.projectDirectory ?? (files[0] === undefined ? "." : dirname(files[0])));
        const envFiles = envFilesOf(request).map(file => resolve(here, expandHome(file, request.environment["HOME"])));
        // Like Docker Compose, where the shell does not tell the working directory.
        const found = projectVariables({ PWD: here, ...request.environment }, directory, envFiles, book);
        files = filesOf(request, here, directory, found);
        const variables = request.projectDirectory !== undefined || dirname(files[0] as string) === directory ? found
            : withDefaultEnvFile(found, request.environment, dirname(files[0] as string), envFiles, book);
        const session: Session = {
            directory: request.projectDirectory === undefined ? dirname(files[0] as string) : directory,
            home: request.environment["HOME"], book, documents, texts: request.texts, byFile: new Map(), envPlaces, filesRead: [],
            warn: text => { warnings.add(text); },
        };
        const typed = load(session, request, files, variables);
        const envFile = { file: join(session.directory, ".env"), path: [] };
        checkLinks(typed, session.directory, envFiles.length > 0 ? session.filesRead : [envFile, ...session.filesRead]);
        return {
            project: projectJson(typed), typed, directory: session.directory, files, locate: locator(documents, envPlaces), warnings: [...warnings],
            problems: [], secretValues: Object.fromEntries(book?.values ?? []),
        };
    } catch (error) {
        throw error instanceof FaultError ? withPlaces(error, documents, files[0]) : error;
    }
}

function envFilesOf(request: LoadRequest): readonly string[] {
    const named = request.envFiles ?? [];
    return named.length > 0 ? named : (request.environment["COMPOSE_ENV_FILES"] ?? "").split(",").filter(file => file !== "");
}

function filesOf(request: LoadRequest, here: string, directory: string, variables: Variables): string[] {
    if (request.files.length > 0) {
        return request.files.map(file => resolve(here, file));
    }
    const named = variables.plain.get("COMPOSE_FILE");
    const separator = variables.plain.get("COMPOSE_PATH_SEPARATOR") ?? "";
    return named === undefined ? discoverFiles(directory)
        : named.split(separator === "" ? ":" : separator).map(file => resolve(here, file));
}

function load(session: Session, request: LoadRequest, files: readonly string[], variables: Variables): TypedProject {
    const name = projectName(request.projectName, variables, writtenName(session, files, variables), session.directory);
    const named: Variables = {
        plain: new Map(variables.plain).set("COMPOSE_PROJECT_NAME", name), marked: new Map(variables.marked).set("COMPOSE_PROJECT_NAME", name),
    };
    const model = loadModel(session, {
        files, workingDirectory: session.directory, lookupDirectory: session.directory, variables: named, including: [], namedAt: [],
    });
    if (model.size === 0) {
        throw new FaultError([{ path: [], subject: "the Compose file", fault: "is empty", remedy: "begin with services:" }]);
    }
    normalize(model, name, named);
    return typeProject(model, name, profilesOf(request, variables), named, session);
}

function profilesOf(request: LoadRequest, variables: Variables): string[] {
    const given = request.profiles ?? [];
    return given.length > 0 ? [...given] : (variables.plain.get("COMPOSE_PROFILES") ?? "").split(",").map(profile => profile.trim());
}

/** The `name:` of the last document that has one, interpolated; undefined where none has. */
function writtenName(session: Session, files: readonly string[], variables: Variables): string | undefined {
    let written: string | undefined;
    for (const file of files) {
        for (const { value } of documentsOf(session, file, [])) {
            const name = isMapping(value) ? value.get("name") : undefined;
            written = typeof name === "string" && name !== "" ? name : written;
        }
    }
    try {
        return written === undefined ? undefined : substitute(written, { get: name => variables.plain.get(name) });
    } catch (error) {
        if (error instanceof TemplateFault) {
            throw new FaultError([{ path: ["name"], fault: error.fault, ...error.got === undefined ? {} : { got: error.got } }]);
        }
        throw error;
    }
}

/** Looks paths up in all documents: the one that holds most of the path wins, of several the one that was read last first. */
function locator(documents: readonly SourceDocument[], envPlaces: EnvPlaces): Locate {
    return path => {
        let best: { depth: number; place: Place } | undefined;
        for (const document of documents) {
            const found = findIn(document, path);
            if (best === undefined || found.depth >= best.depth && found.depth > 0) {
                best = found;
            }
        }
        return (best === undefined || best.depth < path.length ? envPlaces.get(formatPath(path)) : undefined) ?? best?.place;
    };
}

function withPlaces(error: FaultError, documents: readonly SourceDocument[], file: string | undefined): ProblemsError {
    const locate = locator(documents, new Map());
    const whole: Place | undefined = file === undefined ? undefined : { file: resolve(file), line: 1, column: 1 };
    const subject = (path: Path): string => path.length === 0 ? "the Compose file" : formatPath(path);
    return new ProblemsError(error.faults.map(fault => toProblem(fault, subject(fault.path), locate(fault.path) ?? whole)));
}
