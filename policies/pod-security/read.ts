import { Malformed } from "../view/unfinished";
import type { Value } from "../view/value";

// The API server takes a value of a wrong type for a mistake, and null for what its type is empty with. So do these.

/** True or false; undefined for none. Throws `Malformed` for anything else, also for a text that says "true". */
export function flagOf(value: Value): boolean | undefined {
    const { plain } = value;
    if (plain !== undefined && typeof plain !== "boolean") {
        throw new Malformed(value.path, "true or false");
    }
    return plain;
}

/** A text, empty for none. Throws `Malformed` for a number as for anything else. */
export function textOf(value: Value): string {
    const { plain } = value;
    if (plain !== undefined && typeof plain !== "string") {
        throw new Malformed(value.path, "a text");
    }
    return plain ?? "";
}

/** A whole number; undefined for none. */
export function integerOf(value: Value): number | undefined {
    const { plain } = value;
    if (typeof plain === "bigint") {
        return Number(plain);
    }
    if (plain !== undefined && (typeof plain !== "number" || !Number.isInteger(plain))) {
        throw new Malformed(value.path, "a whole number");
    }
    return plain;
}

/** Whether there is a mapping, be it an empty one. */
export function given(value: Value): boolean {
    if (value.present && !value.isMapping) {
        throw new Malformed(value.path, "a mapping");
    }
    return value.present;
}

/** A text as messages show it: in quotes, and never a secret's. */
export function shown(value: Value): string {
    const text = textOf(value);
    return value.secret ? "a secret" : JSON.stringify(text);
}

/** What messages call an item of a list: its name, or its place where that cannot be read. Never throws. */
export function nameOf(item: Value): string {
    const name = item.known && item.isMapping ? item.get("name") : undefined;
    return name?.known === true && typeof name.plain === "string" && !name.secret ? JSON.stringify(name.plain) : `number ${Number(item.path.at(-1)) + 1}`;
}
