import { Value } from "../view/value";
import type { Path } from "../view/unfinished";

/** Something that a document or the inputs of a resource can hold, in clear. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/**
 * One change to a document. Indices are those of the document as it was, whatever else is changed with it.
 * - `set` gives the value at a path, and makes the mappings on the way to it;
 * - `add` puts a value at the end of a list, and makes the list;
 * - `remove` takes a key or an item out, and what it leaves empty above, but nothing at a depth of `within` or less.
 */
export type Edit =
    | { readonly do: "set"; readonly at: Path; readonly value: Plain }
    | { readonly do: "add"; readonly at: Path; readonly value: Plain }
    | { readonly do: "remove"; readonly at: Path; readonly within: number };

/** All changes to one value and what is below it. */
export interface Change {
    /** Present where the value is given anew. */
    set?: { readonly value: Plain };
    removed?: boolean;
    /** Whether it goes as well when nothing is left in it. */
    prunable?: boolean;
    readonly added: Plain[];
    readonly below: Map<string | number, Change>;
}

/** Edits of one document as a tree, each once. */
export function changesOf(edits: readonly Edit[]): Change {
    const root: Change = { added: [], below: new Map() };
    for (const edit of edits) {
        let node = root;
        edit.at.forEach((step, depth) => {
            const next: Change = node.below.get(step) ?? { added: [], below: new Map() };
            node.below.set(step, next);
            if (edit.do === "remove" && depth + 1 > edit.within) {
                next.prunable = true;
            }
            node = next;
        });
        note(node, edit);
    }
    return root;
}

function note(node: Change, edit: Edit): void {
    if (edit.do === "set") {
        node.set = { value: edit.value };
    } else if (edit.do === "remove") {
        node.removed = true;
    } else if (!node.added.some(value => same(value, edit.value))) {
        node.added.push(edit.value);
    }
}

/** Whether two plain values are the same; what was compared once, e.g. behind an alias, is not gone through again. */
export function same(one: unknown, other: unknown, compared = new Map<object, object>()): boolean {
    if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) {
        return one === other || Number.isNaN(one) && Number.isNaN(other);
    }
    if (one === other || compared.get(one) === other) {
        return true;
    }
    compared.set(one, other);
    if (Array.isArray(one) !== Array.isArray(other)) {
        return false;
    }
    const [mine, theirs] = [one as Readonly<Record<string, unknown>>, other as Readonly<Record<string, unknown>>];
    const keys = Object.keys(mine);
    return keys.length === Object.keys(theirs).length && keys.every(key => Object.hasOwn(theirs, key) && same(mine[key], theirs[key], compared));
}

/** What stands in the way of a change: a secret, a value that is not known, a text where a list belongs. */
export class Untouchable extends Error {}

/** What is left of something that is taken out. */
const GONE = Symbol("gone");

/**
 * A document with its edits made; what is not changed is the same object as before.
 * @throws Untouchable where an edit leads through something that may not be changed
 */
export function applyEdits(root: unknown, edits: readonly Edit[]): unknown {
    const result = applied(root, changesOf(edits), "");
    return result === GONE ? undefined : result;
}

function applied(given: unknown, change: Change, where: string): unknown {
    if (change.removed === true) {
        return GONE;
    }
    const inside = change.added.length > 0 || change.below.size > 0;
    if (change.set === undefined && !inside) {
        return given;
    }
    const before = touchable(given, where);
    const value = change.set === undefined ? before : change.set.value;
    return inside ? changedInside(value, change, where) : value;
}

function changedInside(value: unknown, change: Change, where: string): unknown {
    const list = change.added.length > 0 || [...change.below.keys()].some(step => typeof step === "number");
    if (Array.isArray(value) || (value === undefined || value === null) && list) {
        return changedList(value as readonly unknown[] | undefined ?? [], change, where);
    }
    if (list || value !== undefined && value !== null && !isMapping(value)) {
        throw new Untouchable(`${where || "the document"} is not what it should be`);
    }
    return changedMapping(value ?? {}, change, where);
}

function changedList(list: readonly unknown[], change: Change, where: string): unknown {
    const kept = list.map((item, at) => {
        const below = change.below.get(at);
        return below === undefined ? item : applied(item, below, `${where}[${at}]`);
    }).filter(item => item !== GONE);
    const result = [...kept, ...change.added];
    return result.length === 0 && change.prunable === true ? GONE : result;
}

function changedMapping(mapping: Readonly<Record<string, unknown>>, change: Change, where: string): unknown {
    const result = new Map(Object.entries(mapping));
    for (const [step, below] of change.below) {
        const key = String(step);
        const value = applied(result.get(key), below, where === "" ? key : `${where}.${key}`);
        if (value === GONE) {
            result.delete(key);
        } else {
            result.set(key, value);
        }
    }
    return result.size === 0 && change.prunable === true ? GONE : Object.fromEntries(result);
}

/** A value that is known and no secret; null counts as nothing. */
function touchable(given: unknown, where: string): unknown {
    const value = new Value(given, []);
    if (!value.known || value.secret) {
        throw new Untouchable(`${where} is ${value.secret ? "a secret" : "not known yet"}`);
    }
    return value.plain;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a change makes of nothing; undefined where that is nothing. */
export function valueOf(change: Change): Plain | undefined {
    const value = applied(undefined, change, "");
    return value === GONE || value === undefined ? undefined : value as Plain;
}
