import type { Path } from "../../model/problem";
import { parseVolume } from "../canonical/volumes";
import { fail } from "../fault";
import { type Rules, makeRules } from "../rules";
import { type Mapping, type Value, isMapping, kindOf, textOf } from "../value";

/** The key by which two entries of a list are the same thing. */
type Indexer = (entry: Value, path: Path) => string;

const BY_KEY = "annotations build.args build.additional_contexts build.platform build.tags build.labels cap_add cap_drop"
    + " deploy.labels dns dns_opt dns_search environment labels links networks.*.aliases networks.*.link_local_ips profiles"
    + " sysctls tmpfs";

const RULES = makeRules<Indexer>({
    "networks.*.labels": keyOf,
    "networks.*.ipam.options": keyOf,
    ...Object.fromEntries(BY_KEY.split(" ").map(key => [`services.*.${key}`, keyOf])),
    "services.*.configs": mountOf(""),
    "services.*.secrets": mountOf("/run/secrets"),
    "services.*.devices": deviceOf,
    "services.*.env_file": envFileOf,
    "services.*.expose": exposeOf,
    "services.*.ports": portOf,
    "services.*.volumes": volumeOf,
});

/**
 * Keeps one entry for each key in the lists of a project that are sets: the last one, at the place of the first.
 * @throws FaultError for an entry that has no key
 */
export function enforceUnique(project: Mapping): void {
    each(project, [], RULES);
}

function each(value: Value, path: Path, rules: Rules<Indexer>): Value {
    if (isMapping(value)) {
        for (const [key, entry] of value) {
            const next = rules.next(key);
            if (next.deeper || next.here !== undefined) {
                value.set(key, each(entry, [...path, key], next));
            }
        }
    } else if (Array.isArray(value) && rules.here !== undefined) {
        return unique(value, rules.here, path);
    }
    return value;
}

function unique(entries: readonly Value[], indexer: Indexer, path: Path): Value[] {
    const byKey = new Map<string, Value>();
    entries.forEach((entry, at) => { byKey.set(indexer(entry, [...path, at]), entry); });
    return [...byKey.values()];
}

/** `KEY=value` texts, one for each key. */
export function uniqueByKey(entries: readonly Value[], path: Path): Value[] {
    return unique(entries, keyOf, path);
}

function keyOf(entry: Value, path: Path): string {
    return typeof entry === "string" ? entry.split("=", 1)[0] as string : fail(path, "is not a text", { got: kindOf(entry) });
}

function targetOf(entry: Mapping, path: Path): string {
    const target = entry.get("target");
    return typeof target === "string" ? target : fail(path, "has no target", { remedy: "write where it is mounted: target: /path" });
}

function volumeOf(entry: Value, path: Path): string {
    return isMapping(entry) ? targetOf(entry, path) : typeof entry === "string" ? parseVolume(entry, path).target : "";
}

function deviceOf(entry: Value, path: Path): string {
    if (isMapping(entry)) {
        return targetOf(entry, path);
    }
    const parts = typeof entry === "string" ? entry.split(":") : [];
    return parts[1] ?? parts[0] ?? "";
}

function exposeOf(entry: Value, path: Path): string {
    return typeof entry === "string" || typeof entry === "bigint" ? String(entry) : fail(path, "is not a port", { got: kindOf(entry) });
}

function mountOf(folder: string): Indexer {
    return (entry, path) => {
        if (typeof entry === "string") {
            return `${folder}/${entry}`;
        }
        if (!isMapping(entry)) {
            return fail(path, "is not a name or a mapping", { got: kindOf(entry) });
        }
        const target = entry.get("target");
        return target === undefined ? `${folder}/${textOf(entry.get("source") ?? null)}` : textOf(target);
    };
}

function envFileOf(entry: Value, path: Path): string {
    if (!isMapping(entry)) {
        return typeof entry === "string" ? entry : "";
    }
    const file = entry.get("path");
    return typeof file === "string" ? file : fail(path, "has no path");
}

function portOf(entry: Value, path: Path): string {
    if (!isMapping(entry)) {
        return typeof entry === "string" || typeof entry === "bigint" ? String(entry) : "";
    }
    const target = entry.get("target");
    if (target === undefined) {
        return fail(path, "has no target", { remedy: "write the container's port: target: 80" });
    }
    const text = (key: string, otherwise: string): string => textOf(entry.get(key) ?? otherwise);
    // To Compose, a port written as a number is not the same as one written as a text.
    const typed = (value: Value | undefined): string => value === undefined ? "" : `${typeof value}=${textOf(value)}`;
    return `${text("host_ip", "0.0.0.0")}:${typed(entry.get("published"))}:${typed(target)}/${text("protocol", "tcp")}`;
}
