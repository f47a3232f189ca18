import type { Path } from "../../model/problem";
import { fail } from "../fault";
import { type Rules, makeRules } from "../rules";
import { type Mapping, type Value, clone, equal, isMapping, kindOf, sortedEntries, textOf } from "../value";
import { uniqueByKey } from "./unique";

type Merger = (base: Value, override: Value, path: Path, rules: Rules<Merger>) => Value;

const KEY_VALUES = "annotations build.args build.additional_contexts build.labels environment labels volumes.*.volume.labels sysctls";
const SEQUENCES = "build.extra_hosts dns dns_opt dns_search env_file label_file extra_hosts tmpfs";

/** Where merging is not simply "mappings by key, lists one after the other, the rest replaced". */
const RULES = makeRules<Merger>({
    "networks.*.ipam.config": mergeIpam,
    ...Object.fromEntries(["networks", "volumes", "secrets", "configs"].map(kind => [`${kind}.*.labels`, mergeKeyValues])),
    ...Object.fromEntries(["services.*", "jobs.*"].flatMap(prefix => Object.entries({
        ...Object.fromEntries(KEY_VALUES.split(" ").map(key => [key, mergeKeyValues])),
        ...Object.fromEntries(SEQUENCES.split(" ").map(key => [key, mergeSequences])),
        build: mergeBuild,
        command: replace,
        entrypoint: replace,
        "healthcheck.test": replace,
        depends_on: mergeDependsOn,
        logging: mergeLogging,
        models: mergeNames,
        networks: mergeNames,
        "ulimits.*": mergeUlimit,
    }).map(([key, merger]) => [`${prefix}.${key}`, merger] as const))),
    "services.*.deploy.labels": mergeKeyValues,
});

/**
 * Merges what a later file says over what earlier ones said. The values given are used up.
 * @throws FaultError where the two cannot be merged, e.g. a list over a mapping
 */
export function mergeProjects(base: Mapping, override: Mapping): Mapping {
    return mergeAt(base, override, [], RULES) as Mapping;
}

/** Merges one value of the project, which stands at `path`; list items are `[]` there. */
export function mergeValues(base: Value, override: Value, path: Path): Value {
    return mergeAt(base, override, path, path.reduce<Rules<Merger>>((rules, step) => rules.next(String(step)), RULES));
}

function mergeAt(base: Value, override: Value, path: Path, rules: Rules<Merger>): Value {
    if (rules.here !== undefined) {
        return rules.here(base, override, path, rules);
    }
    if (override === null) {
        return base;
    }
    if (isMapping(base)) {
        return isMapping(override) ? mergeMappings(base, override, path, rules) : cannot(base, override, path);
    }
    if (Array.isArray(base)) {
        return Array.isArray(override) ? withoutDuplicates(base, override) : cannot(base, override, path);
    }
    return override;
}

function cannot(base: Value, override: Value, path: Path): never {
    return fail(path, "cannot be merged", { got: `${kindOf(override)} over ${kindOf(base)}`, remedy: "write the same form in both files, or tag it !override" });
}

function mergeMappings(base: Mapping, override: Mapping, path: Path, rules: Rules<Merger>): Mapping {
    for (const [key, value] of override) {
        const known = base.get(key);
        base.set(key, known === undefined ? value : mergeAt(known, value, [...path, key], rules.next(key)));
    }
    return base;
}

function withoutDuplicates(base: readonly Value[], override: readonly Value[]): Value[] {
    const merged = [...base];
    for (const value of override) {
        if (!merged.some(known => equal(known, value))) {
            merged.push(value);
        }
    }
    return merged;
}

function replace(_base: Value, override: Value): Value {
    return override;
}

function mergeLogging(base: Value, override: Value, path: Path, rules: Rules<Merger>): Value {
    if (!isMapping(base) || !isMapping(override)) {
        return cannot(base, override, path);
    }
    const same = !base.has("driver") || !override.has("driver") || equal(base.get("driver"), override.get("driver"));
    return same ? mergeMappings(base, override, path, rules) : override;
}

function mergeBuild(base: Value, override: Value, path: Path, rules: Rules<Merger>): Value {
    const long = (value: Value): Mapping =>
        typeof value === "string" ? new Map([["context", value]]) : isMapping(value) ? value : new Map<string, Value>();
    return mergeMappings(long(base), long(override), path, rules);
}

function mergeDependsOn(base: Value, override: Value, path: Path, rules: Rules<Merger>): Value {
    const started = (): Value => new Map<string, Value>([["condition", "service_started"], ["required", true]]);
    return mergeMappings(asMapping(base, started, path), asMapping(override, started, path), path, rules);
}

function mergeNames(base: Value, override: Value, path: Path, rules: Rules<Merger>): Value {
    return mergeMappings(asMapping(base, () => null, path), asMapping(override, () => null, path), path, rules);
}

function asMapping(value: Value, entry: () => Value, path: Path): Mapping {
    if (value === null || isMapping(value)) {
        return value ?? new Map<string, Value>();
    }
    const names = typeof value === "string" ? [value] : Array.isArray(value) ? value : fail(path, "is not a list or mapping", { got: kindOf(value) });
    return new Map(names.map(name =>
        [typeof name === "string" ? name : fail(path, "holds something that is not a name", { got: kindOf(name) }), entry()]));
}

function mergeSequences(base: Value, override: Value): Value {
    return withoutDuplicates(asSequence(base), asSequence(override));
}

function mergeKeyValues(base: Value, override: Value, path: Path): Value {
    return uniqueByKey([...asSequence(base), ...asSequence(override)], path);
}

/** `KEY=value` texts of a mapping, sorted; a list as it is. */
function asSequence(value: Value): Value[] {
    if (isMapping(value)) {
        return sortedEntries(value).flatMap(([key, entry]) => entry === null ? [key]
            : Array.isArray(entry) ? entry.map(item => `${key}=${textOf(item)}`) : [`${key}=${textOf(entry)}`])
            .sort((one, other) => one < other ? -1 : one > other ? 1 : 0);
    }
    return Array.isArray(value) ? value : typeof value === "string" ? [value] : [];
}

function mergeUlimit(base: Value, override: Value, path: Path, rules: Rules<Merger>): Value {
    return isMapping(base) && isMapping(override) ? mergeMappings(base, override, path, rules) : override;
}

/** Address pools of the same subnet are merged; others are kept beside each other. */
function mergeIpam(base: Value, override: Value, path: Path, rules: Rules<Merger>): Value {
    if (!Array.isArray(base) || !Array.isArray(override)) {
        return cannot(base, override, path);
    }
    const pools: Mapping[] = [];
    const indexOf = (pool: Mapping): number => pools.findIndex(known => equal(known.get("subnet"), pool.get("subnet")));
    for (const original of base) {
        const known = asMapping(clone(original), () => null, path);
        for (const changed of override) {
            const pool = asMapping(changed, () => null, path);
            if (!equal(pool.get("subnet"), known.get("subnet")) && indexOf(pool) < 0) {
                pools.push(pool);
                continue;
            }
            const merged = mergeMappings(known, pool, path, rules.next("[]"));
            const at = indexOf(merged);
            pools.splice(at < 0 ? pools.length : at, 1, merged);
        }
    }
    return pools;
}
