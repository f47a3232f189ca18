import { CORE_SCHEMA, YAML11_SCHEMA, load } from "js-yaml";

import type { Plain } from "../../../../policies/mend/edits";
import type { Style } from "./style";

/** A scalar as the author would write it. @param quote the quotes of what stood there, or of its neighbours */
export function scalarText(value: Plain, style: Style, quote = "", flow = false): string {
    if (typeof value !== "string") {
        return JSON.stringify(value);
    }
    if (style.json) {
        return JSON.stringify(value);
    }
    const quoted = quote === "'" || quote === "\"" ? quote : isPlain(value, flow) ? "" : style.quote;
    if (quoted === "") {
        return value;
    }
    return quoted === "'" && !/[\n\r\t]/.test(value) ? `'${value.replaceAll("'", "''")}'` : JSON.stringify(value);
}

/** Whether a text stands for itself without quotes, in every version of YAML. Digits with colons are quoted, as people do. */
function isPlain(text: string, flow: boolean): boolean {
    if (!/^[A-Za-z0-9_./][\w./@:+%=~,-]*$/.test(text) || text.endsWith(":") || /^[\d.:]+$/.test(text) && text.includes(":") || flow && /[,[\]{}]/.test(text)) {
        return false;
    }
    const known = PLAIN.get(text) ?? [CORE_SCHEMA, YAML11_SCHEMA].every(schema => load(text, { schema }) === text);
    PLAIN.set(text, known);
    return known;
}

/** Mends write the same few words over and over. */
const PLAIN = new Map<string, boolean>();

/** A value between brackets, in one line. */
export function flowText(value: Plain, style: Style): string {
    if (Array.isArray(value)) {
        return `[${value.map((item: Plain) => flowText(item, style)).join(`,${style.space}`)}]`;
    }
    if (isMapping(value)) {
        const pairs = Object.entries(value).map(([key, item]) => flowPair(key, item, style));
        const space = style.padded ? " " : "";
        return pairs.length === 0 ? "{}" : `{${space}${pairs.join(`,${style.space}`)}${space}}`;
    }
    return scalarText(value, style, "", true);
}

export function flowPair(key: string, value: Plain, style: Style): string {
    return `${scalarText(key, style, "", true)}:${style.space}${flowText(value, style)}`;
}

/** A value as JSON over several lines, as its neighbours are. @param column of the line that it begins in */
export function jsonText(value: Plain, style: Style, column: number): string {
    const lines = JSON.stringify(value, undefined, style.step).split("\n");
    return lines.map((line, at) => at === 0 ? line : " ".repeat(column) + line).join(style.eol);
}

/** Lines of a key with its value. */
export function blockEntry(key: string, value: Plain, column: number, style: Style): string[] {
    const head = `${" ".repeat(column)}${scalarText(key, style)}:`;
    return isCollection(value) ? [head, ...blockLines(value, column, style)] : [`${head} ${flowText(value, style)}`];
}

/** Lines of what stands below a key in this column. */
export function blockLines(value: Plain, column: number, style: Style): string[] {
    return Array.isArray(value) ? value.flatMap((item: Plain) => blockItem(item, column + style.dash, style))
        : Object.entries(value as Readonly<Record<string, Plain>>).flatMap(([key, item]) => blockEntry(key, item, column + style.step, style));
}

/** Lines of an item whose dash stands in this column. */
export function blockItem(value: Plain, column: number, style: Style, quote = ""): string[] {
    const dash = `${" ".repeat(column)}- `;
    if (isCollection(value) && !Array.isArray(value)) {
        const lines = Object.entries(value as Readonly<Record<string, Plain>>).flatMap(([key, item]) => blockEntry(key, item, column + 2, style));
        return [dash + (lines[0] ?? "").trimStart(), ...lines.slice(1)];
    }
    return [dash + (isCollection(value) ? flowText(value, style) : scalarText(value, style, quote))];
}

/** Whether a value is written over several lines. */
export function isCollection(value: Plain): boolean {
    return Array.isArray(value) ? value.length > 0 : isMapping(value) && Object.keys(value).length > 0;
}

function isMapping(value: Plain): value is { readonly [key: string]: Plain } {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
