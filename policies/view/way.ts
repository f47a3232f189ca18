import type { Value } from "./value";

/** The value under one key after another; where one on the way is not known, that one, which throws when it is read. */
export function along(value: Value, ...keys: readonly string[]): Value {
    return keys.reduce((found, key) => found.known ? found.get(key) : found, value);
}

/** Whether a value is there, or may be: nobody knows yet. */
export function maybe(value: Value): boolean {
    return !value.known || value.present;
}
