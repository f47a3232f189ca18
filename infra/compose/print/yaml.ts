import { floatText } from "../value";
import type { Data, DataObject } from "../typed/kind";
import { blockLines, folded, inlineScalar, isBlock } from "./scalar-style";

/** Longer keys are written with a question mark. */
const LONGEST_KEY = 128;

/** Writes data as YAML the way go-yaml does: two spaces, lists indented, texts plain where they may be. */
export function toYaml(data: DataObject): string {
    const lines: string[] = [];
    writeMapping(data, "", "", lines);
    return `${lines.join("\n")}\n`;
}

/** @param first what stands before the first key instead of the indent, e.g. `- ` of a list's item */
function writeMapping(data: DataObject, indent: string, first: string, lines: string[]): void {
    Object.entries(data).forEach(([key, value], at) => {
        const before = at === 0 && first !== "" ? first : indent;
        const name = inlineScalar(key);
        if (Buffer.byteLength(key) > LONGEST_KEY || key.includes("\n")) {
            lines.push(`${before}? ${name}`);
            writeValue(value, `${indent}:`, indent, lines);
        } else {
            writeValue(value, `${before}${name}:`, indent, lines);
        }
    });
}

/** Writes what follows `before`, a key with its colon. */
function writeValue(value: Data, before: string, indent: string, lines: string[]): void {
    const deeper = `${indent}  `;
    if (Array.isArray(value) && value.length > 0) {
        lines.push(before);
        value.forEach(item => { writeItem(item, deeper, `${deeper}- `, lines); });
    } else if (isObject(value) && Object.keys(value).length > 0) {
        lines.push(before);
        writeMapping(value, deeper, "", lines);
    } else {
        writeScalar(value, before, deeper, lines);
    }
}

function writeItem(item: Data, indent: string, before: string, lines: string[]): void {
    const deeper = `${indent}  `;
    if (Array.isArray(item) && item.length > 0) {
        item.forEach((inner, at) => { writeItem(inner, deeper, at === 0 ? `${before}- ` : `${deeper}- `, lines); });
    } else if (isObject(item) && Object.keys(item).length > 0) {
        writeMapping(item, deeper, before, lines);
    } else {
        writeScalar(item, before.trimEnd(), deeper, lines);
    }
}

function writeScalar(value: Data, before: string, indent: string, lines: string[]): void {
    if (typeof value === "string" && isBlock(value)) {
        const [header = "", ...body] = blockLines(value, indent);
        lines.push(`${before} ${header}`, ...body);
    } else {
        const written = scalarText(value);
        lines.push(...(written === "" ? before : `${before} ${folded(written, [...before].length + 1, indent)}`).split("\n"));
    }
}

function scalarText(value: Data): string {
    if (typeof value === "string") {
        return inlineScalar(value);
    }
    if (typeof value === "number") {
        return Number.isInteger(value) ? String(value) : floatText(value);
    }
    return Array.isArray(value) ? "[]" : isObject(value) ? "{}" : String(value);
}

function isObject(value: Data): value is DataObject {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
