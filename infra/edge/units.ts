const SIZE_UNITS: Readonly<Record<string, number>> = {
    "": 1, b: 1,
    kb: 1e3, mb: 1e6, gb: 1e9,
    k: 1024, m: 1024 ** 2, g: 1024 ** 3,
    kib: 1024, mib: 1024 ** 2, gib: 1024 ** 3,
};
const TIME_UNITS: Readonly<Record<string, number>> = { "": 1000, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/**
 * A size in bytes: `50MB` counts in powers of ten, `50MiB` and `50m` in powers of two, as they are defined and as
 * Compose has it. Undefined where it is no size.
 */
export function parseSize(value: number | string): number | undefined {
    return parse(value, SIZE_UNITS);
}

/** A time in milliseconds; a bare number counts seconds. Undefined where it is no time. */
export function parseTime(value: number | string): number | undefined {
    return parse(value, TIME_UNITS);
}

function parse(value: number | string, units: Readonly<Record<string, number>>): number | undefined {
    const match = /^([0-9]{1,15}(?:\.[0-9]{1,6})?) ?([A-Za-z]*)$/.exec(String(value));
    const unit = match === null ? "" : (match[2] as string).toLowerCase();
    if (match === null || !Object.hasOwn(units, unit)) {
        return undefined;
    }
    return Math.round(Number(match[1]) * (units[unit] as number));
}
