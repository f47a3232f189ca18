import type { Timestamp, Value } from "../value";
import type { Node } from "./node";
import { SyntaxFault } from "./node";

const WORDS = new Map<string, null | boolean | number>([
    ...["", "~", "null", "Null", "NULL"].map(word => [word, null] as const),
    ...["true", "True", "TRUE"].map(word => [word, true] as const),
    ...["false", "False", "FALSE"].map(word => [word, false] as const),
    ...[".nan", ".NaN", ".NAN"].map(word => [word, NaN] as const),
    ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map(word => [word, Infinity] as const),
    ...["-.inf", "-.Inf", "-.INF"].map(word => [word, -Infinity] as const),
    ["-0", -0], ["-0.0", -0],
]);
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INTEGER = /^([-+]?)(0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9][0-9]*)$/;
const TYPED = new Set(["!!bool", "!!int", "!!float", "!!null", "!!timestamp"]);
/** Of unsigned 64-bit integers; what is larger is a floating-point number. */
const LARGEST = 2n ** 64n - 1n;
const SMALLEST = -(2n ** 63n);

/**
 * The value of a scalar as go-yaml resolves it: the core schema of YAML 1.2 with the integers of 1.1 (`0644` is octal,
 * `_` may separate digits) and dates. `yes`, `no`, `on` and `off` are texts.
 */
export function scalarValue(node: Node): Value {
    if (node.tag === "!!str" || (node.tag === "" || node.tag === "!") && !node.plain) {
        return node.value;
    }
    if (node.tag === "!!binary") {
        return binary(node);
    }
    if (node.tag !== "" && !TYPED.has(node.tag)) {
        return node.value;
    }
    const value = resolvePlain(node.value, node.tag === "" || node.tag === "!!timestamp");
    return node.tag === "" ? value : typed(node, value);
}

/** The tag that a scalar has or gets from its looks; what counts for a key. */
export function isTextKey(node: Node): boolean {
    return node.kind === "scalar" && typeof scalarValue(node) === "string";
}

function typed(node: Node, value: Value): Value {
    const fits = {
        "!!bool": typeof value === "boolean", "!!int": typeof value === "bigint", "!!null": value === null,
        "!!float": typeof value === "number" || typeof value === "bigint",
        "!!timestamp": typeof value === "object" && value !== null,
    }[node.tag];
    if (fits !== true) {
        throw new SyntaxFault(`"${node.value}" is not a ${node.tag.slice(2)}, as its tag says`, node.offset);
    }
    return node.tag === "!!float" && typeof value === "bigint" ? Number(value) : value;
}

function resolvePlain(text: string, dates: boolean): Value {
    const word = WORDS.get(text);
    if (word !== undefined) {
        return word;
    }
    const first = text.charAt(0);
    if (first === ".") {
        return FLOAT.test(text) ? Number(text) : text;
    }
    if (!/[-+0-9]/.test(first)) {
        return text;
    }
    const date = dates ? timestamp(text) : undefined;
    if (date !== undefined) {
        return date;
    }
    const digits = text.replaceAll("_", "");
    return integer(digits) ?? (FLOAT.test(digits) ? Number(digits) : text);
}

function integer(digits: string): bigint | undefined {
    const match = INTEGER.exec(digits);
    if (match === null) {
        return undefined;
    }
    const [, sign, body] = match as unknown as [string, string, string];
    const value = BigInt(/^0[0-7]+$/.test(body) ? `0o${body.slice(1)}` : body) * (sign === "-" ? -1n : 1n);
    return value > LARGEST || value < SMALLEST || sign !== "" && value > -SMALLEST - 1n ? undefined : value;
}

const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[-+]\d\d:\d\d)?)?$/;

function timestamp(text: string): Timestamp | undefined {
    const match = DATE.exec(text);
    // A clock after a space has no time zone, one after a T must have one.
    if (match === null || match[4] !== undefined && (match[4] === " ") !== (match[9] === undefined)) {
        return undefined;
    }
    const [year, month, day, hour, minute, second] = [1, 2, 3, 5, 6, 7].map(at => Number(match[at] ?? 0)) as
        [number, number, number, number, number, number];
    // Date carries what is out of range over into the next unit, so that a date that does not exist comes back different.
    const time = new Date(Date.UTC(2000, month - 1, day, hour, minute, second));
    time.setUTCFullYear(year, month - 1, day);
    if (time.getUTCMonth() !== month - 1 || time.getUTCDate() !== day || time.getUTCHours() !== hour
        || minute > 59 || second > 59) {
        return undefined;
    }
    return written(match, match[1] as string, [month, day, hour, minute, second]);
}

function written(match: RegExpExecArray, year: string, numbers: readonly number[]): Timestamp {
    const [month, day, hour, minute, second] = numbers.map(value => String(value).padStart(2, "0"));
    const fraction = (match[8] ?? "").slice(0, 9).replace(/0+$/, "");
    const clock = `${hour}:${minute}:${second}${fraction === "" ? "" : `.${fraction}`}`;
    const zone = match[9] ?? "Z";
    const offset = zone === "Z" ? "+0000 UTC" : `${zone.replace(":", "")} ${zone.replace(":", "")}`;
    const date = `${year}-${month}-${day}`;
    return { json: `${date}T${clock}${zone}`, text: `${date} ${clock} ${offset}` };
}

function binary(node: Node): string {
    const text = node.value.replace(/\s/g, "");
    if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) {
        throw new SyntaxFault("the text is not base64, as its tag says", node.offset);
    }
    return Buffer.from(text, "base64").toString("utf8");
}
