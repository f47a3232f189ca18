import { existsSync } from "node:fs";

import { type Path, type Place, formatPath } from "../../model/problem";
import { fail } from "../fault";
import type { DataObject } from "../typed/kind";
import { sortedEntries } from "../value";
import { type EnvEntries, readEnvFile, readRawEnvFile } from "./dotenv";
import { type SecretBook, type Variables, insertFor } from "./secrets";

/** Key under which a container keeps the names of those of its variables that only an env file gives. */
export const FROM_ENV_FILE = "#from-env-file";

/** Where variables from env files stand, by their path in the project as `formatPath` writes it. */
export type EnvPlaces = Map<string, Place>;

/** The env files and label files that a service names. */
export function environmentFiles(service: DataObject, path: Path): { readonly file: string; readonly path: Path }[] {
    return [
        ...((service["env_file"] ?? []) as DataObject[]).map((entry, at) => ({ file: String(entry["path"]), path: [...path, "env_file", at] })),
        ...((service["label_file"] ?? []) as string[]).map((file, at) => ({ file, path: [...path, "label_file", at] })),
    ];
}

/**
 * Fills in, in place, what a service's env files and label files say, and the same for its `pre_start` hooks. What the
 * service says itself wins.
 * @throws FaultError for a file that is missing or cannot be read
 */
export function resolveEnvironment(service: DataObject, path: Path, variables: Variables, book: SecretBook | undefined, places: EnvPlaces): void {
    resolveContainer(service, path, variables, book).forEach((place, name) => { places.set(formatPath([...path, "environment", name]), place); });
    resolveLabels(service, path);
    ((service["pre_start"] ?? []) as DataObject[]).forEach((hook, at) => {
        const inner = [...path, "pre_start", at];
        if (hook["environment"] !== undefined || hook["env_file"] !== undefined) {
            resolveContainer(hook, inner, variables, book);
        }
        resolveLabels(hook, inner);
    });
}

/** Returns where the variables stand that an env file gives. */
function resolveContainer(container: DataObject, path: Path, variables: Variables, book: SecretBook | undefined): Map<string, Place> {
    const own = (container["environment"] ?? {}) as Record<string, string | null>;
    for (const [name, value] of Object.entries(own)) {
        own[name] = value ?? variables.marked.get(name) ?? null;
    }
    const entries: EnvEntries = new Map(Object.entries(own).filter((entry): entry is [string, string] => entry[1] !== null)
        .map(([name, value]) => [name, { value, place: { file: "", line: 0, column: 0 } }]));
    const lookup = (name: string): string | undefined => variables.marked.get(name) ?? own[name] ?? undefined;
    ((container["env_file"] ?? []) as DataObject[]).forEach((entry, at) => {
        const file = String(entry["path"] ?? "");
        if (!existsSync(file) && entry["required"] === false) {
            return;
        }
        const format = String(entry["format"] ?? "");
        if (format === "raw") {
            readRawEnvFile(file, entries, lookup, [...path, "env_file", at]);
        } else if (format === "") {
            readEnvFile(file, entries, lookup, insertFor(book), [...path, "env_file", at]);
        } else {
            fail([...path, "env_file", at, "format"], "is not a format of env files", { got: format, remedy: "leave it out, or write raw" });
        }
    });
    const all: [string, string | null][] = [...[...entries].map(([name, entry]): [string, string] => [name, entry.value]), ...Object.entries(own)];
    const names = [...new Map(all)].sort(([one], [other]) => one < other ? -1 : one > other ? 1 : 0);
    if (names.length > 0) {
        container["environment"] = Object.fromEntries(names);
    }
    container[FROM_ENV_FILE] = names.map(([name]) => name).filter(name => !Object.hasOwn(own, name));
    delete container["env_file"];
    return new Map([...entries].filter(([name]) => !Object.hasOwn(own, name)).map(([name, entry]) => [name, entry.place]));
}

function resolveLabels(container: DataObject, path: Path): void {
    const files = (container["label_file"] ?? []) as string[];
    if (files.length === 0) {
        return;
    }
    const labels = new Map<string, string>();
    files.forEach((file, at) => {
        if (!existsSync(file)) {
            fail([...path, "label_file", at], "names a file that does not exist", { got: file });
        }
        const entries: EnvEntries = new Map();
        readEnvFile(file, entries, name => labels.get(name), undefined, [...path, "label_file", at]);
        entries.forEach((entry, name) => { labels.set(name, entry.value); });
    });
    const all = new Map([...labels, ...Object.entries((container["labels"] ?? {}) as Record<string, string>)]);
    if (all.size > 0) {
        container["labels"] = Object.fromEntries(sortedEntries(all));
    }
}
