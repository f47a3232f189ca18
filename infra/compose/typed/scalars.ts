import { hasSecret } from "../../model/text";
import type { Path } from "../../model/problem";
import { fail, shorten } from "../fault";
import { type Value, isMapping, parseDecimal, sortedEntries, textOf } from "../value";
import { type Data, type Kind, decodeText, isEmptyList, kind, mapKind, pairs, wrong } from "./kind";
import { splitCommand } from "./words";

/** Nanoseconds of each unit of a duration. */
const UNITS: Readonly<Record<string, bigint>> = {
    ns: 1n, us: 1_000n, "\u00b5s": 1_000n, "\u03bcs": 1_000n, ms: 1_000_000n, s: 1_000_000_000n,
    m: 60_000_000_000n, h: 3_600_000_000_000n, d: 86_400_000_000_000n, w: 604_800_000_000_000n,
};
const LARGEST = 2n ** 63n - 1n;

/** Nanoseconds of a duration such as `1m30s` or `1.5h`; undefined where it is none. */
export function parseDuration(written: string): bigint | undefined {
    const sign = /^[-+]/.test(written) ? written.charAt(0) : "";
    const body = written.slice(sign.length);
    if (body === "0") {
        return 0n;
    }
    if (!/^(?:(?:\d+\.?\d*|\.\d+)[^.\d]+)+$/u.test(body)) {
        return undefined;
    }
    let total = 0n;
    for (const [, whole = "", fraction = "", unit = ""] of body.matchAll(/(\d*)\.?(\d*)([^.\d]+)/gu)) {
        const size = Object.hasOwn(UNITS, unit) ? UNITS[unit] as bigint : undefined;
        if (size === undefined) {
            return undefined;
        }
        total += BigInt(whole === "" ? "0" : whole) * size;
        total += BigInt(Math.trunc(Number(fraction === "" ? "0" : fraction) * (Number(size) / 10 ** fraction.length)));
    }
    return total > LARGEST ? undefined : sign === "-" ? -total : total;
}

/** A duration as Go writes it: `1m30s`, `500ms`, `2h0m0s`. */
export function formatDuration(nanoseconds: bigint): string {
    const sign = nanoseconds < 0n ? "-" : "";
    const total = nanoseconds < 0n ? -nanoseconds : nanoseconds;
    const decimal = (value: bigint, unit: bigint): string => {
        const fraction = String(value % unit).padStart(String(unit).length - 1, "0").replace(/0+$/, "");
        return `${value / unit}${fraction === "" ? "" : `.${fraction}`}`;
    };
    if (total === 0n) {
        return "0s";
    }
    if (total < 1_000_000_000n) {
        const [unit, name] = total < 1_000n ? [1n, "ns"] as const : total < 1_000_000n ? [1_000n, "\u00b5s"] as const : [1_000_000n, "ms"] as const;
        return `${sign}${unit === 1n ? total : decimal(total, unit)}${name}`;
    }
    const minutes = total / 60_000_000_000n;
    const seconds = `${decimal(total % 60_000_000_000n, 1_000_000_000n)}s`;
    return sign + (minutes === 0n ? seconds : minutes < 60n ? `${minutes}m${seconds}` : `${minutes / 60n}h${minutes % 60n}m${seconds}`);
}

function decodeDuration(value: Value, path: Path): string {
    const nanoseconds = parseDuration(textOf(value));
    return nanoseconds === undefined
        ? fail(path, "is not a duration", { got: shorten(textOf(value)), remedy: "write e.g. 1m30s" }) : formatDuration(nanoseconds);
}

/** A duration that is left out where it is nothing. */
export const duration = kind(decodeDuration, data => data === "0s");
export const maybeDuration = kind(decodeDuration, () => false);

const SIZES: Readonly<Record<string, number>> = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40, p: 2 ** 50 };

/** Bytes of a size such as `512m`, `1.5 GiB` or `-1`; undefined where it is none. */
export function parseBytes(written: string): number | undefined {
    if (/^[-+]?\d+$/.test(written)) {
        return Number(written);
    }
    const [, digits, suffix] = /^(.*[0-9. ])([^0-9. ]*)$/s.exec(written) ?? [];
    const number = digits?.endsWith(" ") === true ? digits.slice(0, -1) : digits ?? "";
    const unit = /^(?:([kmgtp])(?:i?b)?|b|)$/.exec((suffix ?? "-").toLowerCase());
    const value = parseDecimal(number);
    if (value === undefined || value < 0 || unit === null) {
        return undefined;
    }
    return Math.trunc(value * (unit[1] === undefined ? 1 : SIZES[unit[1]] ?? 1));
}

/** A size in bytes, written as a text; a number with a fraction counts as nothing. */
export const bytes = kind((value, path): string => {
    if (typeof value === "string") {
        const size = parseBytes(value);
        return size === undefined ? fail(path, "is not a size in bytes", { got: shorten(value), remedy: "write e.g. 512m" }) : String(size);
    }
    return typeof value === "bigint" ? String(value) : "0";
}, data => data === "0");

/** A command: a text is split into words as a shell would, a list is taken as it is. */
export const command: Kind = {
    decode(value, path) {
        if (typeof value === "string") {
            return splitCommand(value) ?? fail(path, "cannot be split into words", {
                got: hasSecret(value) ? undefined : shorten(value), remedy: "close its quotes, or write it as a list",
            });
        }
        return Array.isArray(value) ? value.map((word, at) => typeof word === "string" ? word : wrong(word, [...path, at], "a text"))
            : wrong(value, path, "a text or a list");
    },
    write: data => data ?? undefined,
};

export const healthTest = kind((value, path): Data => typeof value === "string" ? ["CMD-SHELL", value]
    : Array.isArray(value) ? value.map((word, at) => typeof word === "string" ? word : wrong(word, [...path, at], "a text"))
        : wrong(value, path, "a text or a list"), isEmptyList);

export const stringList = kind((value, path): Data => typeof value === "string" ? [value]
    : Array.isArray(value) ? value.map((entry, at) => typeof entry === "string" ? entry : wrong(entry, [...path, at], "a text"))
        : wrong(value, path, "a text or a list"), isEmptyList);

export const portList = kind((value, path): Data => typeof value === "string" ? [value]
    : Array.isArray(value) ? value.map(textOf) : wrong(value, path, "a list"), isEmptyList);

/** Values of options are texts, whatever they look like. */
export const options = mapKind((value, path) => isMapping(value) ? pairs("")(value, path) : wrong(value, path, "a mapping"));

export const multiOptions = mapKind((value, path) => isMapping(value)
    ? Object.fromEntries(sortedEntries(value).map(([key, entry]) => [key, Array.isArray(entry) ? entry.map(textOf) : [textOf(entry)]]))
    : wrong(value, path, "a mapping"));

export const deviceCount = kind((value, path): number => {
    const count = typeof value === "string" && value.toLowerCase() === "all" ? -1 : typeof value === "bigint" ? Number(value)
        : typeof value === "string" && /^[-+]?\d+$/.test(value) ? Number(value) : undefined;
    return count ?? fail(path, "is neither all nor a number", { got: textOf(value) });
}, data => data === 0);

/** Permission bits, written in octal. */
export const fileMode = kind((value, path): string => {
    const mode = typeof value === "bigint" ? value : typeof value === "string" && /^[0-7]+$/.test(value) ? BigInt(`0o${value}`) : undefined;
    return mode === undefined ? fail(path, "is not a file mode", { got: textOf(value), remedy: "write e.g. 0440" }) : `0${mode.toString(8)}`;
}, () => false);

/** `name=address` texts, sorted. */
export const hosts = kind((value, path): Data => {
    const entries = isMapping(value) ? [...value].flatMap(([host, addresses]): [string, string][] =>
        (Array.isArray(addresses) ? addresses : [addresses ?? ""]).map(address => [host, textOf(address)]))
        : Array.isArray(value) ? value.flatMap((entry, at) => hostEntries(textOf(entry), [...path, at])) : wrong(value, path, "a list or a mapping");
    return entries.map(([host, address]) => {
        if (host === "" || /[:=]/.test(host)) {
            return fail(path, "has a host without a valid name", { got: host });
        }
        return `${host}=${/^\[.+\]$/.test(address) ? address.slice(1, -1) : address}`;
    }).sort();
}, isEmptyList);

function hostEntries(written: string, path: Path): [string, string][] {
    const separator = written.includes("=") ? "=" : ":";
    const split = written.indexOf(separator);
    return split < 0 ? fail(path, "has no address", { got: shorten(written), remedy: "write host=address" })
        : written.slice(split + 1).split(",").map(address => [written.slice(0, split), address]);
}

/** Keys of an SSH agent with their paths: `id=path`, and in YAML `id: path`. */
export const ssh: Kind = {
    decode: (value, path) => isMapping(value)
        ? [...value].map(([id, key]) => key === null ? id : `${id}=${decodeText(key, path)}`) : wrong(value, path, "a mapping"),
    write: (data, format) => !Array.isArray(data) || data.length === 0 ? undefined
        : format === "json" ? data : data.map(key => String(key).replace("=", ": ")),
};

/** One number, or a soft and a hard one. */
export const ulimit: Kind = {
    decode(value, path): Data {
        if (typeof value === "bigint") {
            return { single: Number(value) };
        }
        if (!isMapping(value)) {
            return wrong(value, path, "an integer or a mapping");
        }
        const part = (key: string): number => {
            const number = value.get(key) ?? 0n;
            return typeof number === "bigint" ? Number(number) : wrong(number, [...path, key], "an integer");
        };
        return { soft: part("soft"), hard: part("hard") };
    },
    write(data, format) {
        const { single = 0, soft = 0, hard = 0 } = data as { single?: number; soft?: number; hard?: number };
        if (single !== 0) {
            return single;
        }
        return format === "yaml" ? { soft, hard } : { ...soft === 0 ? {} : { soft }, ...hard === 0 ? {} : { hard } };
    },
};
