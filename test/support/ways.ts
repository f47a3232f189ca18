/** The way to a value in a document: keys and indices. */
export type Way = readonly (string | number)[];

/** Stands for a value that is taken out. */
export const ABSENT = Symbol("absent");

/** The way to every value of a document, but for what says of which kind it is: that is never unknown. */
export function waysIn(value: unknown, way: Way = []): Way[] {
    const entries: (readonly [string | number, unknown])[] = Array.isArray(value) ? value.map((item: unknown, at) => [at, item] as const)
        : typeof value === "object" && value !== null ? Object.entries(value) : [];
    const below = entries.filter(([key]) => !KIND.has(key)).flatMap(([key, item]) => waysIn(item, [...way, key]));
    return way.length === 0 ? below : [way, ...below];
}

const KIND: ReadonlySet<string | number> = new Set(["apiVersion", "kind", "type", "urn", "resources"]);

/** A copy of a document with another value at one place. */
export function put(document: unknown, [step, ...rest]: Way, value: unknown): unknown {
    const copy = (Array.isArray(document) ? [...document as unknown[]] : { ...document as object }) as Record<string | number, unknown>;
    if (step === undefined) {
        return value;
    }
    const made = put(copy[step], rest, value);
    if (made !== ABSENT) {
        copy[step] = made;
    } else if (Array.isArray(copy)) {
        copy.splice(Number(step), 1);
    } else {
        delete copy[step];
    }
    return copy;
}

/** The value at a place. */
export function at(document: unknown, way: Way): unknown {
    return way.reduce<unknown>((value, step) => (value as Record<string | number, unknown>)[step], document);
}
