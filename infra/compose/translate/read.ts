import type { Data, DataObject } from "../typed/kind";
import { parseDuration } from "../typed/scalars";

/** Readers of typed data, which is known to have the right types: the loader saw to it. */
export function textAt(from: DataObject, key: string): string | undefined {
    const value = from[key];
    return typeof value === "string" && value !== "" ? value : undefined;
}

export function numberAt(from: DataObject, key: string): number | undefined {
    const value = from[key];
    return typeof value === "number" ? value : undefined;
}

/** A number that counts as unset where it is 0. */
export function amountAt(from: DataObject, key: string): number | undefined {
    const value = Number(from[key] ?? 0);
    return value === 0 ? undefined : value;
}

export function flagAt(from: DataObject, key: string): boolean {
    return from[key] === true;
}

export function maybeFlagAt(from: DataObject, key: string): boolean | undefined {
    const value = from[key];
    return typeof value === "boolean" ? value : undefined;
}

export function textsAt(from: DataObject, key: string): string[] {
    return (from[key] ?? []) as string[];
}

export function objectsAt(from: DataObject, key: string): DataObject[] {
    return (from[key] ?? []) as DataObject[];
}

export function objectAt(from: DataObject, key: string): DataObject {
    return (from[key] ?? {}) as DataObject;
}

export function mapAt(from: DataObject, key: string): Record<string, string> {
    return { ...from[key] as Record<string, string> | undefined };
}

/** Milliseconds of a duration; a fraction of one counts as one. */
export function millisecondsAt(from: DataObject, key: string): number | undefined {
    const written = textAt(from, key);
    const nanoseconds = written === undefined ? undefined : parseDuration(written);
    return nanoseconds === undefined ? undefined : Math.ceil(Number(nanoseconds) / 1e6);
}

/** Leaves out what is undefined, so that an absent field is absent and not empty. */
export function present<T extends object>(fields: T): T {
    return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

export function isObject(data: Data | undefined): data is DataObject {
    return typeof data === "object" && data !== null && !Array.isArray(data);
}
