import { existsSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";

import { fail } from "../fault";
import { reasonOf } from "../read/source";
import { type EnvEntries, readEnvFile } from "./dotenv";
import { type SecretBook, type Variables, insertFor } from "./secrets";

/** Names that are looked for in a folder, in this order. */
export const FILE_NAMES: readonly string[] = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
export const OVERRIDE_NAMES: readonly string[] =
    ["compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml"];

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The Compose file of a folder, or of the nearest folder above that has one, and its override.
 * @throws FaultError where there is none
 */
export function discoverFiles(directory: string): string[] {
    for (let folder = resolve(directory); ; folder = dirname(folder)) {
        const find = (names: readonly string[]): string | undefined => names.map(name => join(folder, name)).find(file => existsSync(file));
        const found = find(FILE_NAMES);
        if (found !== undefined) {
            const override = find(OVERRIDE_NAMES);
            return override === undefined ? [found] : [found, override];
        }
        if (dirname(folder) === folder) {
            return fail([], "holds no Compose file", { subject: `the folder ${directory}`, remedy: `name a file, or write ${FILE_NAMES[0]}` });
        }
    }
}

/** The variables of the process with those of the project's env files, which never win over them. */
export function projectVariables(
    environment: Environment, directory: string, envFiles: readonly string[], book: SecretBook | undefined,
): Variables {
    const own = new Map(Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined));
    return withEnvFiles({ plain: own, marked: own }, envFiles.length > 0 ? envFiles : defaultEnvFile(environment, directory), book);
}

/** Adds the variables of the `.env` of a folder where it has one and no env files are named. */
export function withDefaultEnvFile(
    variables: Variables, environment: Environment, directory: string, envFiles: readonly string[], book: SecretBook | undefined,
): Variables {
    return envFiles.length > 0 ? variables : withEnvFiles(variables, defaultEnvFile(environment, directory), book);
}

function defaultEnvFile(environment: Environment, directory: string): string[] {
    const disabled = environment["COMPOSE_DISABLE_ENV_FILE"];
    if (disabled !== undefined && ["1", "t", "T", "true", "TRUE", "True"].includes(disabled)) {
        return [];
    }
    const file = join(directory, ".env");
    try {
        return statSync(file).isDirectory() ? [] : [file];
    } catch {
        return [];
    }
}

/**
 * Adds the variables of env files that are not set yet.
 * @throws FaultError for a file that is missing or cannot be read
 */
export function withEnvFiles(variables: Variables, files: readonly string[], book: SecretBook | undefined): Variables {
    if (files.length === 0) {
        return variables;
    }
    const plain = mergeEnvFiles(variables.plain, files, undefined);
    return { plain, marked: book === undefined ? plain : mergeEnvFiles(variables.marked, files, book) };
}

function mergeEnvFiles(known: ReadonlyMap<string, string>, files: readonly string[], book: SecretBook | undefined): ReadonlyMap<string, string> {
    const entries: EnvEntries = new Map();
    for (const file of files) {
        readEnvFile(file, entries, name => known.get(name) ?? entries.get(name)?.value, insertFor(book));
    }
    return new Map([...[...entries].map(([name, entry]) => [name, entry.value] as const), ...known]);
}

/** The env files of an `include` entry: as named, or the `.env` of its project directory where none is. */
export function includeEnvFiles(named: readonly string[], workingDirectory: string, projectDirectory: string): string[] {
    if (named.length === 0) {
        return defaultEnvFile({}, projectDirectory);
    }
    return named.filter(file => file !== "/dev/null").map(file => {
        const full = isAbsolute(file) ? file : join(workingDirectory, file);
        try {
            statSync(full);
        } catch (error) {
            return fail(["include"], reasonOf(error), { subject: `the env file ${full}` });
        }
        return full;
    });
}

const NAME = /[a-z0-9_-]/g;

/** A project name made of a text: lower case, with what is not allowed left out. */
export function normalizeName(text: string): string {
    return (text.toLowerCase().match(NAME) ?? []).join("").replace(/^[-_]+/, "");
}

/**
 * The project's name: given, or `COMPOSE_PROJECT_NAME`, or `name:` of the last file that has one, or the folder's.
 * @param named the interpolated `name:`; undefined where no file has one
 * @throws FaultError for a name that is given and not allowed
 */
export function projectName(given: string | undefined, variables: Variables, named: string | undefined, directory: string): string {
    const fromVariable = variables.plain.get("COMPOSE_PROJECT_NAME") ?? "";
    const explicit = given !== undefined && given !== "" ? given : fromVariable;
    if (explicit !== "") {
        return normalizeName(explicit) === explicit ? explicit
            : fail([], "is not a valid project name", { subject: "the project name", got: explicit, remedy: "use lower-case letters, digits, - and _" });
    }
    const name = normalizeName(named ?? basename(directory));
    return name !== "" ? name
        : fail(named === undefined ? [] : ["name"], "is empty", { subject: "the project name", remedy: "give one: name: example" });
}
