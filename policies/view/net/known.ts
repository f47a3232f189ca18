import { Unfinished } from "../unfinished";

/** A value that is worked out when it is first asked for; a failure to do so is kept too. */
export function once<Result>(make: () => Result): () => Result {
    let made: { readonly value: Result } | { readonly error: unknown } | undefined;
    return () => {
        made ??= outcome(make);
        if ("error" in made) {
            throw made.error as Error;
        }
        return made.value;
    };
}

function outcome<Result>(make: () => Result): { readonly value: Result } | { readonly error: unknown } {
    try {
        return { value: make() };
    } catch (error) {
        return { error };
    }
}

/** What is found first; throws what was not known only where nothing is found. */
export function first<Item, Result>(items: Iterable<Item>, find: (item: Item) => Result | undefined): Result | undefined {
    let unknown: Unfinished | undefined;
    for (const item of items) {
        try {
            const found = find(item);
            if (found !== undefined) {
                return found;
            }
        } catch (error) {
            unknown ??= unfinished(error);
        }
    }
    if (unknown !== undefined) {
        throw unknown;
    }
    return undefined;
}

/** Whether one of them holds; throws only where no known one does. */
export function any<Item>(items: Iterable<Item>, holds: (item: Item) => boolean): boolean {
    return first(items, item => holds(item) ? true : undefined) === true;
}

/** Whether all of them hold; throws only where every known one does. */
export function all<Item>(items: Iterable<Item>, holds: (item: Item) => boolean): boolean {
    return !any(items, item => !holds(item));
}

/** The error, if it says that something is not known or is malformed; any other is thrown on. */
export function unfinished(error: unknown): Unfinished {
    if (error instanceof Unfinished) {
        return error;
    }
    throw error;
}

/** Items by a key; those whose key is not known are under `undefined`. */
export function grouped<Item>(items: Iterable<Item>, key: (item: Item) => string): Map<string | undefined, Item[]> {
    const groups = new Map<string | undefined, Item[]>();
    for (const item of items) {
        const group = keyOf(item, key);
        const members = groups.get(group);
        if (members === undefined) {
            groups.set(group, [item]);
        } else {
            members.push(item);
        }
    }
    return groups;
}

function keyOf<Item>(item: Item, key: (item: Item) => string): string | undefined {
    try {
        return key(item);
    } catch (error) {
        unfinished(error);
        return undefined;
    }
}
