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
 * A number of processors as the provider reads it back from the engine: with a decimal point, in billionths at most. Any
 * other writing of the same number would replace the container at every deployment.
 */
export function processors(cpus: number): string {
    const text = cpus.toFixed(9).replace(/0+$/, "");
    return text.endsWith(".") ? `${text}0` : text;
}

/** The argument itself where it holds anything; an empty list or record says nothing to the provider. */
export function some<T extends object>(value: T): T | undefined {
    return Object.keys(value).length === 0 ? undefined : value;
}
