import { hasSecret, secretMark } from "../../model/text";
import { type Lookup, substitute } from "../interpolate/template";
import type { Lookups } from "../interpolate/interpolate";

/** Which variables are secrets, and the values that were found for them. */
export interface SecretBook {
    readonly isSecret: (name: string) => boolean;
    readonly values: Map<string, string | null>;
}

/** The variables that a project may refer to: as they are, and with marks in place of the secrets in their texts. */
export interface Variables {
    readonly plain: ReadonlyMap<string, string>;
    readonly marked: ReadonlyMap<string, string>;
}

/** Notes a secret's value; the first one that is known stays. */
export function noteSecret(book: SecretBook, name: string, value: string | null): void {
    if ((book.values.get(name) ?? null) === null) {
        book.values.set(name, value);
    }
}

/**
 * The lookups for interpolating Compose files.
 * @param warn is told, once each, of variables that are not set and have no default
 */
export function makeLookups(variables: Variables, book: SecretBook | undefined, warn: (name: string) => void): Lookups {
    const plain: Lookup = { get: name => variables.plain.get(name), missing: warn };
    if (book === undefined) {
        return { plain, marked: plain };
    }
    return {
        plain,
        marked: {
            get: name => (book.isSecret(name) ? variables.plain : variables.marked).get(name),
            missing: warn,
            override(name, fallback) {
                if (!book.isSecret(name)) {
                    return undefined;
                }
                const value = variables.plain.get(name);
                const used = fallback !== undefined && (value ?? "") === "" ? substitute(fallback, plain) : value;
                noteSecret(book, name, used ?? null);
                return secretMark(name);
            },
        },
    };
}

/** What stands for a variable that an env file's value refers to. */
export function insertFor(book: SecretBook | undefined): ((name: string, value: string) => string) | undefined {
    if (book === undefined) {
        return undefined;
    }
    return (name, value) => {
        if (!book.isSecret(name) || hasSecret(value)) {
            return value;
        }
        noteSecret(book, name, value);
        return secretMark(name);
    };
}

/**
 * The value that a service's variable keeps: the mark of its own name where that is a secret's and its value holds none
 * yet. Where another service gives the same name another value, the mark's name begins with the service's.
 */
export function markOwn(book: SecretBook, service: string, name: string, value: string | null): string | null {
    // An empty value hides nothing.
    if (!book.isSecret(name) || value === "" || value !== null && hasSecret(value) || !/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name)) {
        return value;
    }
    const known = book.values.get(name) ?? null;
    if (known !== null && value !== null && known !== value) {
        const own = `${/^[A-Za-z_]/.test(service) ? "" : "_"}${service}.${name}`;
        noteSecret(book, own, value);
        return secretMark(own);
    }
    noteSecret(book, name, value);
    return secretMark(name);
}
