import type { Path } from "../../model/problem";
import { fail, shorten } from "../fault";
import { compareNaturally } from "./order";
import { type Value, isMapping, isTimestamp, kindOf, parseDecimal, sortedEntries, textOf } from "../value";

/** Plain data as JSON has it. */
export type Data = null | string | boolean | number | Data[] | { [key: string]: Data };
export type DataObject = { [key: string]: Data };

/** An object without a prototype, so that looking up a name such as `constructor` finds only what was put there. */
export function bare(entries: Iterable<readonly [string, Data]>): DataObject {
    const object = Object.create(null) as DataObject;
    for (const [key, value] of entries) {
        object[key] = value;
    }
    return object;
}

/** How the canonical project is written: the two formats differ in what they leave out. */
export type Format = "json" | "yaml";

/** The type that a value has in the canonical project. */
export interface Kind {
    /** Reads a value that is not null. Throws FaultError where it has not this type. */
    decode(value: Value, path: Path): Data;
    /** Writes a value that `decode` made; nothing where it is empty and may be left out. */
    write(data: Data | undefined, format: Format): Data | undefined;
}

/** A kind whose values are written as they were read, and left out where `empty` says so. */
export function kind(decode: Kind["decode"], empty: (data: Data) => boolean): Kind {
    return { decode, write: data => data === undefined || data === null || empty(data) ? undefined : data };
}

export function wrong(value: Value, path: Path, wanted: string): never {
    return fail(path, `is not ${wanted}`, { got: typeof value === "string" ? shorten(value) : kindOf(value) });
}

/** Integers become texts; nothing else does. */
export function decodeText(value: Value, path: Path): string {
    return typeof value === "string" ? value : typeof value === "bigint" ? String(value) : wrong(value, path, "a text");
}

export const text = kind(decodeText, data => data === "");

const WORDS: Readonly<Record<string, boolean>> =
    { true: true, y: true, yes: true, on: true, false: false, n: false, no: false, off: false };

export function decodeBoolean(value: Value, path: Path): boolean {
    const word = typeof value === "string" ? WORDS[value.toLowerCase()] : value;
    return typeof word === "boolean" ? word : wrong(value, path, "true or false");
}

export const flag = kind(decodeBoolean, data => data === false);
/** A boolean that is also written when it is false. */
export const maybe = kind(decodeBoolean, () => false);

function decodeInteger(value: Value, path: Path): number {
    if (typeof value === "string" && /^[-+]?\d+$/.test(value)) {
        return Number(value);
    }
    return typeof value === "bigint" ? Number(value) : typeof value === "number" ? Math.trunc(value) : wrong(value, path, "an integer");
}

function decodeUnsigned(value: Value, path: Path): number {
    const number = typeof value === "string" ? NaN : decodeInteger(value, path);
    return number >= 0 ? number : wrong(value, path, "an integer of 0 or more");
}

const isZero = (data: Data): boolean => data === 0;
export const integer = kind(decodeInteger, isZero);
export const maybeInteger = kind(decodeInteger, () => false);
export const unsigned = kind(decodeUnsigned, isZero);
export const maybeUnsigned = kind(decodeUnsigned, () => false);

function decodeNumber(value: Value, path: Path): number {
    const number = typeof value === "string" ? parseDecimal(value) : typeof value === "bigint" ? Number(value) : value;
    return typeof number === "number" && Number.isFinite(number) ? shortest(Math.fround(number)) : wrong(value, path, "a number");
}

/** The shortest decimal that is the same 32-bit number. */
function shortest(value: number): number {
    for (let digits = 1; digits <= 9; digits++) {
        const candidate = Number(value.toPrecision(digits));
        if (Math.fround(candidate) === value) {
            return candidate;
        }
    }
    return value;
}

export const float = kind(decodeNumber, isZero);

export function list(item: Kind): Kind {
    return {
        decode: (value, path) => Array.isArray(value)
            ? value.map((entry, at) => entry === null ? zeroOf(item) : item.decode(entry, [...path, at])) : wrong(value, path, "a list"),
        write: (data, format) => !Array.isArray(data) || data.length === 0 ? undefined
            : data.map(entry => item.write(entry, format) ?? entry),
    };
}

/** What stands for nothing in a list or mapping of texts. */
function zeroOf(item: Kind): Data {
    return item === text ? "" : null;
}

export function mapOf(entry: Kind): Kind {
    return {
        decode: (value, path) => isMapping(value)
            ? Object.fromEntries(sortedEntries(value).map(([key, part]) =>
                [key, part === null ? zeroOf(entry) : entry.decode(part, [...path, key])]))
            : wrong(value, path, "a mapping"),
        write: (data, format) => {
            const entries = Object.entries((data ?? {}) as DataObject);
            return entries.length === 0 ? undefined
                : inOrder(Object.fromEntries(entries.map(([key, part]) => [key, part === null ? null : entry.write(part, format) ?? part])), format);
        },
    };
}

/** A field of a mapping with fixed keys: its key, its kind, and how it is written where it is empty. */
export interface Field {
    readonly key: string;
    readonly kind: Kind;
    /** What is written for an empty field, where it is not left out. */
    readonly empty?: Partial<Record<Format, Data>>;
    /** Its name in JSON where that is another. */
    readonly jsonKey?: string;
}

/** Key under which extensions (`x-…`) are kept; no key of a Compose file looks like it. */
export const EXTENSIONS = "#extensions";

export function record(fields: readonly Field[]): Kind {
    return {
        decode(value, path) {
            if (!isMapping(value)) {
                return wrong(value, path, "a mapping");
            }
            const data: DataObject = {};
            for (const field of fields) {
                const part = value.get(field.key) ?? null;
                if (part !== null) {
                    data[field.key] = field.kind.decode(part, [...path, field.key]);
                }
            }
            const extensions = value.get(EXTENSIONS) ?? null;
            if (extensions !== null) {
                data[EXTENSIONS] = plainData(extensions);
            }
            return data;
        },
        write: (data, format) => data === undefined || data === null ? undefined : writeFields(fields, data as DataObject, format),
    };
}

/** A record that is left out of YAML where all of it is empty, and of JSON never: so Go writes a struct within a struct. */
export function inner(fields: readonly Field[]): Kind {
    const whole = record(fields);
    return { decode: (value, path) => whole.decode(value, path), write: (data, format) => {
        const written = whole.write(data ?? {}, format) as DataObject;
        return format === "yaml" && Object.keys(written).length === 0 ? undefined : written;
    } };
}

function writeFields(fields: readonly Field[], data: DataObject, format: Format): DataObject {
    const written: DataObject = {};
    for (const { key, kind: fieldKind, empty, jsonKey } of fields) {
        const value = fieldKind.write(data[key], format) ?? empty?.[format];
        if (value !== undefined) {
            written[format === "json" ? jsonKey ?? key : key] = value;
        }
    }
    return format === "yaml" ? { ...written, ...deepInOrder(data[EXTENSIONS] ?? {}) as DataObject } : written;
}

/** Keys chosen by people are sorted: by their bytes in JSON, the way people count in YAML. */
function inOrder(data: DataObject, format: Format): DataObject {
    return format === "json" ? data
        : Object.fromEntries(Object.keys(data).sort(compareNaturally).map(key => [key, data[key] as Data]));
}

/** The same for all that stands within extensions. */
export function deepInOrder(data: Data): Data {
    if (Array.isArray(data)) {
        return data.map(deepInOrder);
    }
    return typeof data !== "object" || data === null ? data
        : inOrder(Object.fromEntries(Object.entries(data).map(([key, part]) => [key, deepInOrder(part)])), "yaml");
}

/** A value as JSON has it. */
export function plainData(value: Value): Data {
    if (isMapping(value)) {
        return Object.fromEntries(sortedEntries(value).map(([key, entry]) => [key, plainData(entry)]));
    }
    if (Array.isArray(value)) {
        return value.map(plainData);
    }
    return typeof value === "bigint" ? Number(value) : isTimestamp(value) ? value.json : value;
}

/** `key=value` texts or a mapping, as a mapping; `none` is what a key without a value gets. */
export function pairs(none: string | null, strict = false): Kind["decode"] {
    return (value, path) => {
        if (isMapping(value)) {
            return Object.fromEntries(sortedEntries(value).map(([key, part]) => [key, part === null ? none : textOf(part)]));
        }
        if (!Array.isArray(value)) {
            return wrong(value, path, "a list or a mapping");
        }
        const entries = value.map((entry, at): [string, Data] => {
            const written = textOf(entry);
            const split = written.indexOf("=");
            const key = split < 0 ? written : written.slice(0, split);
            if (strict && /[\s\u0085]$/.test(key)) {
                return fail([...path, at], "has a space before its =", { got: shorten(key) });
            }
            return [key, split < 0 ? none : written.slice(split + 1)];
        });
        return Object.fromEntries(entries.sort(([one], [other]) => one < other ? -1 : one > other ? 1 : 0));
    };
}

/** A kind of mapping whose keys are chosen by people and whose values are written as they were read. */
export function mapKind(decode: Kind["decode"]): Kind {
    return { decode, write: (data, format) => data === undefined || data === null || Object.keys(data).length === 0 ? undefined
        : inOrder(data as DataObject, format) };
}

export const mapping = mapKind(pairs(""));
export const environment = mapKind(pairs(null, true));
export const isEmptyList = (data: Data): boolean => Array.isArray(data) && data.length === 0;
