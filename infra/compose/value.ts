/**
 * A value of a Compose file between reading and the canonical project. Integers are `bigint` and floating-point numbers
 * are `number`, because the specification's loader treats `1` and `1.0` differently.
 */
export type Value = null | string | boolean | bigint | number | Timestamp | Value[] | Mapping;

/** A mapping with string keys, in the order of the file. */
export type Mapping = Map<string, Value>;

/** A plain scalar that YAML takes for a date: how it reads as text and as JSON. */
export interface Timestamp {
    readonly text: string;
    readonly json: string;
}

export function isMapping(value: Value | undefined): value is Mapping {
    return value instanceof Map;
}

export function isList(value: Value | undefined): value is Value[] {
    return Array.isArray(value);
}

export function isTimestamp(value: Value | undefined): value is Timestamp {
    return typeof value === "object" && value !== null && !(value instanceof Map) && !Array.isArray(value);
}

/** A copy that shares nothing with the original. */
export function clone<T extends Value>(value: T): T;
export function clone(value: Value): Value {
    if (isMapping(value)) {
        return new Map([...value].map(([key, entry]) => [key, clone(entry)]));
    }
    return isList(value) ? value.map(entry => clone(entry)) : value;
}

/** Whether two values are the same all the way down; the order of keys does not count. */
export function equal(one: Value | undefined, other: Value | undefined): boolean {
    if (isMapping(one)) {
        return isMapping(other) && one.size === other.size
            && [...one.entries()].every(([key, value]) => other.has(key) && equal(value, other.get(key)));
    }
    if (isList(one)) {
        return isList(other) && one.length === other.length && one.every((value, at) => equal(value, other[at]));
    }
    if (isTimestamp(one)) {
        return isTimestamp(other) && one.text === other.text;
    }
    return one === other;
}

/** Writes a value as text the way Go's `fmt.Sprint` does, which is how Compose turns numbers and booleans into text. */
export function textOf(value: Value): string {
    if (value === null) {
        return "<nil>";
    }
    if (typeof value === "number") {
        return floatText(value);
    }
    if (isTimestamp(value)) {
        return value.text;
    }
    if (isList(value)) {
        return `[${value.map(textOf).join(" ")}]`;
    }
    if (isMapping(value)) {
        return `map[${sortedEntries(value).map(([key, entry]) => `${key}:${textOf(entry)}`).join(" ")}]`;
    }
    return String(value);
}

/** Entries by key in the order of their bytes, as Go sorts them. */
export function sortedEntries<T>(map: ReadonlyMap<string, T>): [string, T][] {
    return [...map].sort(([one], [other]) => compareBytes(one, other));
}

export function compareBytes(one: string, other: string): number {
    return one < other ? -1 : one > other ? 1 : 0;
}

/** The shortest text of a floating-point number; with an exponent below 1e-4 and from 1e6 on, as Go's `%v` writes it. */
export function floatText(value: number): string {
    if (!Number.isFinite(value)) {
        return Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    }
    if (value === 0) {
        return Object.is(value, -0) ? "-0" : "0";
    }
    const [digits, exponent] = value.toExponential().split("e") as [string, string];
    const power = Number(exponent);
    if (power >= -4 && power < 6) {
        return value.toString();
    }
    return `${digits}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

/** What a value is called in a problem. */
export function kindOf(value: Value): string {
    if (value === null) {
        return "null";
    }
    if (isMapping(value)) {
        return "a mapping";
    }
    if (isList(value)) {
        return "a list";
    }
    if (isTimestamp(value)) {
        return "a date";
    }
    return typeof value === "boolean" ? "a boolean" : typeof value === "string" ? "a string" : "a number";
}

/** The entries of a top-level key that are mappings. */
export function entriesOf(model: Mapping, kind: string): Mapping[] {
    const entries = model.get(kind);
    return isMapping(entries) ? [...entries.values()].filter(isMapping) : [];
}

/** The number that a text says in decimal, as Go reads it (`_` may separate digits); undefined where it says none. */
export function parseDecimal(written: string): number | undefined {
    const digits = written.replace(/(?<=\d)_(?=\d)/g, "");
    return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(digits) ? Number(digits) : undefined;
}
