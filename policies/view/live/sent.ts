import type { Sent } from "./facts";

/** A mapping inside what was sent; empty where there is none. */
export function below(sent: unknown, ...keys: readonly string[]): Sent {
    const found = at(sent, ...keys);
    return isMapping(found) ? found : {};
}

/** Whatever stands there. */
export function at(sent: unknown, ...keys: readonly string[]): unknown {
    return keys.reduce<unknown>((value, key) => isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined, sent);
}

export function listAt(sent: unknown, ...keys: readonly string[]): readonly unknown[] {
    const found = at(sent, ...keys);
    return Array.isArray(found) ? found : [];
}

export function textAt(sent: unknown, ...keys: readonly string[]): string {
    const found = at(sent, ...keys);
    return typeof found === "string" ? found : "";
}

export function numberAt(sent: unknown, ...keys: readonly string[]): number {
    const found = at(sent, ...keys);
    return typeof found === "number" ? found : 0;
}

/** Without what says nothing: absent values, empty lists and mappings. */
export function said(mapping: Sent): Sent {
    return Object.fromEntries(Object.entries(mapping).filter(([, value]) => saysSomething(value)));
}

function saysSomething(value: unknown): boolean {
    return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0)
        && !(isMapping(value) && Object.keys(value).length === 0);
}

function isMapping(value: unknown): value is Sent {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
