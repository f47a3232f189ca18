import type { Plain, PlainMap } from "./rendered";

/** Words that some YAML reader takes for something else than themselves. */
const WORDS = new Set(["true", "false", "yes", "no", "on", "off", "y", "n", "null"]);
const SAFE = /^[A-Za-z/][A-Za-z0-9_/.@-]*$/;

/**
 * Plain data as YAML in block style. Every string that any version of YAML could read as something else is quoted (dates,
 * numbers with underscores, octals, words for truth), so that Go's reader and ours agree.
 * @param indent spaces before every line
 * @param text what a string becomes before it is quoted, e.g. with `$` doubled
 */
export function yamlLines(value: PlainMap, indent: number, text: (value: string) => string): string[] {
    return Object.entries(value).flatMap(([key, item]) => entryLines(`${" ".repeat(indent)}${scalar(key)}:`, item, indent + 4, text));
}

function entryLines(start: string, item: Plain, indent: number, text: (value: string) => string): string[] {
    if (isScalar(item)) {
        return [`${start} ${typeof item === "string" ? scalar(text(item)) : String(item)}`];
    }
    if (isList(item)) {
        return item.length === 0 ? [`${start} []`] : [start, ...item.flatMap(one => itemLines(one, indent, text))];
    }
    return Object.keys(item).length === 0 ? [`${start} {}`] : [start, ...yamlLines(item, indent, text)];
}

function itemLines(item: Plain, indent: number, text: (value: string) => string): string[] {
    const dash = `${" ".repeat(indent)}-`;
    if (isScalar(item) || isList(item) || Object.keys(item).length === 0) {
        return entryLines(dash, item, indent + 4, text);
    }
    const [first, ...rest] = yamlLines(item, indent + 2, text);
    return [`${dash} ${(first ?? "").slice(indent + 2)}`, ...rest];
}

function isScalar(item: Plain): item is string | number | boolean | null {
    return item === null || typeof item !== "object";
}

function isList(item: Plain): item is readonly Plain[] {
    return Array.isArray(item);
}

/** A string as one YAML word or as a double-quoted one; JSON's quotes are YAML's, but for control characters. */
function scalar(value: string): string {
    return SAFE.test(value) && !WORDS.has(value.toLowerCase())
        ? value
        : JSON.stringify(value).replaceAll(/[\u007f-\u009f\ufeff\u2028\u2029]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
