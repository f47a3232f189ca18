import type { Path } from "../../model/problem";
import { type Fault, FaultError, collect, fail, shorten } from "../fault";
import { type Rules, makeRules } from "../rules";
import { type Mapping, type Value, isMapping, kindOf, textOf } from "../value";
import { longPorts } from "./ports";
import { longVolume } from "./volumes";

/** Makes the long form of a value. `deeper` makes those of what stands below it. */
type Transformer = (value: Value, path: Path, deeper: (value: Value) => Value) => Value;

const CONTAINER_RULES: Readonly<Record<string, Transformer>> = {
    env_file: longEnvFiles, label_file: asList, gpus: longGpus, networks: namesToMapping, models: namesToMapping,
    "volumes.*": longMount, dns: asList, "devices.*": longDevice, "secrets.*": longFile, "configs.*": longFile,
    "ulimits.*": checkUlimit,
};
const WORKLOAD_RULES: Readonly<Record<string, Transformer>> = {
    "build.secrets.*": longFile, "build.provenance": asText, "build.sbom": asText, "build.additional_contexts": pairsToMapping,
    depends_on: longDependsOn, extends: keyed("service"), ports: longPortList, build: keyed("context"), "build.ssh": longSsh,
    "build.ulimits.*": checkUlimit,
};

const RULES = makeRules<Transformer>({
    ...prefixed(["services.*", "jobs.*", "services.*.pre_start.*"], CONTAINER_RULES),
    ...prefixed(["services.*", "jobs.*"], WORKLOAD_RULES),
    "jobs.*.triggers.schedule.*": keyed("cron"),
    "services.*.develop.watch.*.ignore": asList,
    "services.*.develop.watch.*.include": asList,
    ...Object.fromEntries(["volumes.*", "networks.*", "secrets.*", "configs.*"].map(pattern => [pattern, plainExternal])),
});

function prefixed<T>(prefixes: readonly string[], rules: Readonly<Record<string, T>>): Record<string, T> {
    return Object.fromEntries(prefixes.flatMap(prefix => Object.entries(rules).map(([key, rule]) => [`${prefix}.${key}`, rule])));
}

/**
 * Turns every short form of a project into its long form, in place.
 * @throws FaultError with every value that has no long form
 */
export function canonicalize(project: Mapping): void {
    const faults: Fault[] = [];
    each(project, [], RULES, faults);
    if (faults.length > 0) {
        throw new FaultError(faults);
    }
}

function each(value: Value, path: Path, rules: Rules<Transformer>, faults: Fault[]): Value {
    let result = value;
    const transformer = rules.here;
    if (transformer === undefined) {
        return below(value, path, rules, faults);
    }
    collect(faults, () => { result = transformer(value, path, inner => below(inner, path, rules, faults)); });
    return result;
}

function below(value: Value, path: Path, rules: Rules<Transformer>, faults: Fault[]): Value {
    if (!rules.deeper) {
        return value;
    }
    if (isMapping(value)) {
        for (const [key, entry] of value) {
            value.set(key, each(entry, [...path, key], rules.next(key), faults));
        }
    } else if (Array.isArray(value)) {
        const next = rules.next("[]");
        return value.map((entry, at) => each(entry, [...path, at], next, faults));
    }
    return value;
}

function wrong(value: Value, path: Path, wanted: string): never {
    return fail(path, `is not ${wanted}`, { got: typeof value === "string" ? shorten(value) : kindOf(value) });
}

function asList(value: Value): Value {
    return typeof value === "string" ? [value] : value;
}

function asText(value: Value): Value {
    return typeof value === "string" ? value : textOf(value);
}

/** A text that stands for a mapping with that one key. */
function keyed(key: string): Transformer {
    return (value, path, deeper) => typeof value === "string" ? new Map([[key, value]])
        : isMapping(value) ? deeper(value) : wrong(value, path, `a text or a mapping`);
}

function longEnvFiles(value: Value, path: Path): Value {
    const long = (entry: Value): Value => {
        if (typeof entry === "string") {
            return new Map<string, Value>([["path", entry], ["required", true]]);
        }
        if (!isMapping(entry)) {
            return null;
        }
        return entry.has("required") ? entry : entry.set("required", true);
    };
    return typeof value === "string" ? [long(value)] : Array.isArray(value) ? value.map(long) : wrong(value, path, "a file or a list of files");
}

function longGpus(value: Value, path: Path, deeper: (value: Value) => Value): Value {
    return Array.isArray(value) ? deeper(value)
        : typeof value === "string" ? [new Map([["count", "all"]])] : wrong(value, path, "all or a list of devices");
}

function namesToMapping(value: Value, path: Path, deeper: (value: Value) => Value): Value {
    return Array.isArray(value) ? new Map(value.map((name, at) =>
        [typeof name === "string" ? name : wrong(name, [...path, at], "a name"), null])) : deeper(value);
}

function longMount(value: Value, path: Path): Value {
    return isMapping(value) ? value : typeof value === "string" ? longVolume(value, path) : wrong(value, path, "a mount");
}

function longDevice(value: Value, path: Path): Value {
    if (typeof value !== "string") {
        return isMapping(value) ? value : wrong(value, path, "a device");
    }
    const parts = value.split(":");
    if (parts.length > 3) {
        return fail(path, "has too many colons", { got: shorten(value), remedy: "use the long form with source and target" });
    }
    const [source = "", target = "", permissions = "rwm"] = parts;
    return new Map([["source", source], ["target", target === "" ? source : target], ["permissions", permissions]]);
}

function longFile(value: Value, path: Path): Value {
    return isMapping(value) ? value : typeof value === "string" ? new Map([["source", value]]) : wrong(value, path, "a name or a mapping");
}

function checkUlimit(value: Value, path: Path): Value {
    return isMapping(value) || typeof value === "bigint" ? value : wrong(value, path, "an integer or a mapping");
}

function pairsToMapping(value: Value, path: Path, deeper: (value: Value) => Value): Value {
    if (!Array.isArray(value)) {
        return isMapping(value) ? deeper(value) : wrong(value, path, "a list or a mapping");
    }
    return new Map(value.map((entry, at) => {
        const split = typeof entry === "string" ? entry.indexOf("=") : -1;
        return split < 0 ? wrong(entry, [...path, at], "key=value") : [(entry as string).slice(0, split), (entry as string).slice(split + 1)];
    }));
}

function longDependsOn(value: Value, path: Path): Value {
    if (Array.isArray(value)) {
        return new Map(value.map((name, at) => [typeof name === "string" ? name : wrong(name, [...path, at], "a name"),
            new Map<string, Value>([["condition", "service_started"], ["required", true]])]));
    }
    if (!isMapping(value)) {
        return wrong(value, path, "a list or a mapping");
    }
    for (const [name, entry] of value) {
        if (!isMapping(entry)) {
            return wrong(entry, [...path, name], "a mapping");
        }
        entry.set("condition", entry.get("condition") ?? "service_started");
        entry.set("required", entry.get("required") ?? true);
    }
    return value;
}

function longPortList(value: Value, path: Path): Value {
    if (!Array.isArray(value)) {
        return wrong(value, path, "a list of ports");
    }
    return value.flatMap((entry, at): Value[] => isMapping(entry) ? [entry]
        : typeof entry === "string" || typeof entry === "bigint" ? longPorts(String(entry), [...path, at]) : wrong(entry, [...path, at], "a port"));
}

function longSsh(value: Value, path: Path): Value {
    if (!Array.isArray(value)) {
        return isMapping(value) ? value : wrong(value, path, "a list or a mapping");
    }
    return new Map(value.map((entry, at): [string, Value] => {
        const text = typeof entry === "string" ? entry : wrong(entry, [...path, at], "a text");
        const split = text.indexOf("=");
        return split >= 0 ? [text.slice(0, split), text.slice(split + 1)]
            : text === "default" ? [text, null] : wrong(text, [...path, at], "id=path");
    }));
}

/** `external: { name: x }` is the old way to write `external: true` and `name: x`. */
function plainExternal(value: Value, path: Path, deeper: (value: Value) => Value): Value {
    if (!isMapping(value)) {
        return value === null ? null : wrong(value, path, "a mapping");
    }
    deeper(value);
    const external = value.get("external");
    if (!isMapping(external)) {
        return value;
    }
    value.set("external", true);
    const name = external.get("name");
    if (name !== undefined) {
        if (value.has("name") && textOf(value.get("name") as Value) !== textOf(name)) {
            return fail([...path, "name"], "contradicts external.name", { remedy: "use name only" });
        }
        value.set("name", name);
    }
    return value;
}
