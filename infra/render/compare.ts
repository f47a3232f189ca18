import type { Problem } from "../model/problem";
import type { ComposeProject } from "./project";
import type { Plain, PlainMap } from "./rendered";

const SECTIONS = ["services", "networks", "volumes", "secrets", "configs"] as const;

/**
 * Where a loaded project differs from the one that was rendered: a problem for each such entry, so that nothing is
 * written that Compose would read differently.
 * @param loaded a canonical project, as `docker compose config --format json` has it
 */
export function differences(expected: ComposeProject, loaded: Readonly<Record<string, unknown>>): Problem[] {
    return SECTIONS.flatMap(section => {
        const wanted = expected[section];
        const got = (loaded[section] ?? {}) as PlainMap;
        const keys = [...new Set([...Object.keys(wanted), ...Object.keys(got)])].sort();
        return keys.flatMap(key => difference(`${section}.${key}`, wanted[key], got[key]));
    });
}

function difference(subject: string, wanted: Plain | undefined, got: Plain | undefined): Problem[] {
    if (wanted === undefined || got === undefined) {
        return [{ subject, fault: wanted === undefined ? "is loaded from the rendered files and is not hardened" : "is lost in the rendered files" }];
    }
    const [left, right] = [plainest(wanted) as PlainMap, plainest(got) as PlainMap];
    const fields = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort()
        .filter(field => canonicalText(left[field]) !== canonicalText(right[field]));
    return fields.map(field => ({ subject: `${subject}.${field}`, fault: "reads differently in the rendered files than it was hardened" }));
}

/** Without what says nothing: nulls and empty maps, which loaders add and leave out as they like. */
function plainest(value: Plain): Plain {
    if (Array.isArray(value)) {
        return value.map(plainest);
    }
    if (value === null || typeof value !== "object") {
        return value;
    }
    return Object.fromEntries(Object.entries(value).flatMap(([key, item]) => {
        // In this one place a key without a value says something: the network is joined.
        const plain = key === "networks" ? joined(item as PlainMap) : plainest(item as Plain);
        return isNothing(plain) ? [] : [[key, plain]];
    }));
}

function joined(networks: PlainMap): PlainMap {
    return Object.fromEntries(Object.entries(networks).map(([name, how]) => [name, isNothing(plainest(how)) ? "joined" : plainest(how)]));
}

function isNothing(value: Plain): boolean {
    return value === null || (typeof value === "object" && !Array.isArray(value) && Object.keys(value).length === 0);
}

function canonicalText(value: Plain | undefined): string {
    return JSON.stringify(value, (_key, item: unknown) => item !== null && typeof item === "object" && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => a < b ? -1 : 1))
        : item) ?? "";
}
