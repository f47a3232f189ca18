import { lstatSync, realpathSync } from "node:fs";
import { isAbsolute, join, sep } from "node:path";

import type { Path } from "../../model/problem";
import { fail } from "../fault";
import { type Rules, makeRules } from "../rules";
import { type Mapping, type Value, isMapping } from "../value";
import { reasonOf } from "../read/source";

/** What relative paths are relative to: a folder, and for `~` the user's home where it is known. */
export interface PathBase {
    readonly directory: string;
    readonly home: string | undefined;
}

type Resolver = (value: Value, base: PathBase, path: Path) => Value;

const CONTAINER_PATHS: Readonly<Record<string, Resolver>> = { "env_file.*.path": absolute, "label_file.*": absolute, "volumes.*": mount };
const WORKLOAD_PATHS: Readonly<Record<string, Resolver>> = {
    "build.context": context, "build.additional_contexts.*": context, "build.ssh.*": unixPath, "extends.file": absolute,
};

const RULES = makeRules<Resolver>({
    ...Object.fromEntries(["services.*", "jobs.*", "services.*.pre_start.*"].flatMap(prefix =>
        Object.entries(CONTAINER_PATHS).map(([key, rule]) => [`${prefix}.${key}`, rule]))),
    ...Object.fromEntries(["services.*", "jobs.*"].flatMap(prefix =>
        Object.entries(WORKLOAD_PATHS).map(([key, rule]) => [`${prefix}.${key}`, rule]))),
    "services.*.develop.watch.*.path": watched,
    "configs.*.file": unixPath,
    "secrets.*.file": unixPath,
    "volumes.*": driverOptions,
});

/**
 * Makes every relative path of a project absolute, or relative to what `base` is relative to, in place.
 * @throws FaultError
 */
export function resolvePaths(project: Mapping, base: PathBase): void {
    each(project, base, [], RULES);
}

function each(value: Value, base: PathBase, path: Path, rules: Rules<Resolver>): Value {
    if (rules.here !== undefined) {
        return rules.here(value, base, path);
    }
    if (rules.deeper && isMapping(value)) {
        for (const [key, entry] of value) {
            value.set(key, each(entry, base, [...path, key], rules.next(key)));
        }
    } else if (rules.deeper && Array.isArray(value)) {
        value.forEach((entry, at) => { value[at] = each(entry, base, [...path, at], rules.next("[]")); });
    }
    return value;
}

/** `~` stands for the home directory. */
export function expandHome(path: string, home: string | undefined): string {
    return path.startsWith("~") && home !== undefined ? joinPath(home, path.slice(1)) : path;
}

/** Joins as Go does: the result is clean and never ends in a slash. */
export function joinPath(base: string, path: string): string {
    const joined = join(base, path);
    return joined.length > 1 && joined.endsWith(sep) ? joined.slice(0, -1) : joined;
}

function absolute(value: Value, base: PathBase, path: Path): Value {
    if (typeof value !== "string") {
        return fail(path, "is not a path");
    }
    const expanded = expandHome(value, base.home);
    return expanded === "" || isAbsolute(expanded) ? expanded : joinPath(base.directory, expanded);
}

function context(value: Value, base: PathBase, path: Path): Value {
    const text = typeof value === "string" ? value : "";
    const remote = text.includes("://") || text.startsWith("service:") || /^(?:github\.com\/|git@)/.test(text);
    return remote ? value : absolute(value, base, path);
}

/** Also leaves absolute Windows paths as they are. */
function unixPath(value: Value, base: PathBase): Value {
    if (typeof value !== "string") {
        return value;
    }
    const expanded = expandHome(value, base.home);
    return isAbsolute(expanded) || isWindowsAbsolute(expanded) ? expanded : joinPath(base.directory, expanded);
}

/** `c:\…`, `c:/…`, `\\host\share…` */
function isWindowsAbsolute(path: string): boolean {
    return /^(?:.:[\\/]|[\\/]{2})/.test(path);
}

function mount(value: Value, base: PathBase, path: Path): Value {
    if (!isMapping(value) || value.get("type") !== "bind") {
        return value;
    }
    const source = value.get("source");
    if (typeof source !== "string") {
        return fail(path, "has no source", { remedy: "write the path to bind: source: ./path" });
    }
    return value.set("source", unixPath(source, base));
}

/** A local volume with `o: bind` is a bind mount: its device is a path. */
function driverOptions(value: Value, base: PathBase): Value {
    const options = isMapping(value) && value.get("driver") === "local" ? value.get("driver_opts") : undefined;
    if (isMapping(options) && options.get("o") === "bind" && options.has("device")) {
        options.set("device", unixPath(options.get("device") as Value, base));
    }
    return value;
}

/** A watched path has its first symbolic link replaced by where it leads. */
function watched(value: Value, base: PathBase, path: Path): Value {
    const full = absolute(value, base, path) as string;
    let part = isAbsolute(full) ? sep : "";
    for (const step of full.split(sep).filter(name => name !== "")) {
        part = join(part, step);
        if (isLink(part)) {
            return full.replace(part, () => targetOf(part, path));
        }
    }
    return full;
}

function isLink(path: string): boolean {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function targetOf(link: string, path: Path): string {
    try {
        return realpathSync(link);
    } catch (error) {
        return fail(path, reasonOf(error), { got: link });
    }
}
