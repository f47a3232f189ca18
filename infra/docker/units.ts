const MIB = 1024 * 1024;

/** Whole MiB, the provider's unit, rounded up so that no limit gets smaller than what was said. */
export function mebibytes(bytes: number): number {
    return Math.ceil(bytes / MIB);
}

/** Whole seconds, rounded up. */
export function seconds(ms: number): number {
    return Math.ceil(ms / 1000);
}

/**
 * A duration exactly as Go writes it (`1m30s`, `1h0m0s`, `1.5s`): the provider reads durations back in this form, and
 * any other writing of the same time would be a difference for ever.
 */
export function goDuration(ms: number): string {
    if (ms === 0) {
        return "0s";
    }
    if (ms < 1000) {
        return `${ms}ms`;
    }
    const hours = Math.floor(ms / 3_600_000);
    const minutes = Math.floor(ms / 60_000) % 60;
    const rest = `${ms % 60_000 / 1000}s`;
    return hours > 0 ? `${hours}h${minutes}m${rest}` : minutes > 0 ? `${minutes}m${rest}` : rest;
}

/**
 * A number of processors exactly as the provider writes what it reads back from the engine: any other writing of the same
 * number would replace the container at every deployment. It cuts a text of nine decimals, and where that has nine noughts
 * it keeps one decimal: 1 is `1.0`, 10 is `10.`, and 0.05 would be `0.1`, so a thousandth is added to what it cannot write.
 */
export function processors(cpus: number): string {
    const text = cpus.toFixed(9);
    if (text.replace(/[^0]/g, "").length !== 9) {
        return text.replace(/0+$/, "");
    }
    return Number(cpus.toFixed(1)) === cpus ? cpus.toFixed(1) : processors(cpus + 0.001);
}

/** The argument itself where it holds anything; an empty list or record says nothing to the provider. */
export function some<T extends object>(value: T): T | undefined {
    return Object.keys(value).length === 0 ? undefined : value;
}
