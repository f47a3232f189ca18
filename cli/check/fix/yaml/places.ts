import { applyEdits, type Edit, type Plain } from "../../../../policies/mend/edits";
import { Refusal } from "./splice";
import type { Anchors, Crossing } from "./anchors";
import type { Path } from "../../../../policies/view/unfinished";

/** More than a person would write out again to change one thing in it. */
const MOST_LEAVES = 12;

/** Edits at places where they can be written, and those that what is shared got. */
export interface Placed {
    readonly edits: readonly Edit[];
    readonly shared: readonly Edit[];
}

/**
 * Finds the place for each edit: where a value is shared and all who use it want the same, it is edited once, where it is
 * written; else whoever wants it gets it at its own place.
 * @param document as it was read, anchors and merges filled in
 * @throws Refusal where neither can be written
 */
export function placed(anchors: Anchors, document: unknown, edits: readonly Edit[]): Placed {
    const shared: Edit[] = [];
    let pending = edits;
    // What is shared may itself be made of something shared.
    for (let round = 0; round < 8; round++) {
        const moved = movedOnce(anchors, pending);
        shared.push(...moved.shared);
        if (moved.shared.length === 0) {
            break;
        }
        pending = moved.edits;
    }
    return { edits: ownPlaces(anchors, document, pending), shared };
}

function crossingOf(anchors: Anchors, edit: Edit): Crossing | undefined {
    return anchors.crossing(edit.at, edit.do === "add");
}

/** Edits that all users of something shared want are made there. */
function movedOnce(anchors: Anchors, edits: readonly Edit[]): Placed {
    const wanted = new Set(edits.map(keyOf));
    const shared: Edit[] = [];
    const kept: Edit[] = [];
    const done = new Set<string>();
    for (const edit of edits) {
        const crossing = crossingOf(anchors, edit);
        const there = crossing === undefined ? undefined : { ...edit, at: [...crossing.shared.path, ...edit.at.slice(crossing.depth)] };
        if (crossing === undefined || there === undefined || !allWant(anchors, crossing, edit, there, wanted)) {
            kept.push(edit);
        } else if (!done.has(keyOf(there))) {
            done.add(keyOf(there));
            shared.push(there);
        }
    }
    return { edits: [...kept.filter(edit => !done.has(keyOf(edit))), ...shared], shared };
}

function allWant(anchors: Anchors, { shared, depth }: Crossing, edit: Edit, there: Edit, wanted: ReadonlySet<string>): boolean {
    const rest = edit.at.slice(depth);
    if (shared.live && !wanted.has(keyOf(there))) {
        return false;
    }
    return shared.uses.every(use => {
        const other = { ...edit, at: [...use.path, ...rest] };
        const crossing = crossingOf(anchors, other);
        // Who says it otherwise at its own place is not concerned.
        return crossing?.shared !== shared || crossing.depth !== use.path.length || wanted.has(keyOf(other));
    });
}

function keyOf(edit: Edit): string {
    return JSON.stringify([edit.do, edit.at, edit.do === "remove" ? null : edit.value]);
}

/** What only some users want they get at their own place: what was shared is written out there with its change. */
function ownPlaces(anchors: Anchors, document: unknown, edits: readonly Edit[]): Edit[] {
    const copies = new Map<string, { readonly at: Path; readonly edits: Edit[] }>();
    const own: Edit[] = [];
    for (const edit of edits) {
        const crossing = crossingOf(anchors, edit);
        if (crossing === undefined || crossing.missing && crossing.depth + 1 === edit.at.length && edit.do === "set" || crossing.missing && edit.do !== "remove") {
            own.push(edit);
            continue;
        }
        const at = edit.at.slice(0, crossing.depth + (crossing.merge ? 1 : 0));
        if (edit.do === "remove" && at.length === edit.at.length) {
            throw new Refusal("comes from a merge key that others use too");
        }
        const copy = copies.get(JSON.stringify(at)) ?? { at, edits: [] };
        copy.edits.push({ ...edit, at: edit.at.slice(at.length), ...edit.do === "remove" ? { within: Math.max(0, edit.within - at.length) } : {} } as Edit);
        copies.set(JSON.stringify(at), copy);
    }
    return [...own, ...[...copies.values()].map(({ at, edits: inside }): Edit => ({ do: "set", at, value: copied(valueAt(document, at), inside) }))];
}

function copied(given: unknown, edits: readonly Edit[]): Plain {
    const value = applyEdits(given, edits);
    if (leaves(value) > MOST_LEAVES) {
        throw new Refusal("comes from an anchor that others use too, and is too much to write out again");
    }
    return value as Plain;
}

function valueAt(document: unknown, path: Path): unknown {
    return path.reduce<unknown>((value, step) => (value as Readonly<Record<string | number, unknown>> | null | undefined)?.[step], document);
}

/** How many there are, counted no further than matters. */
function leaves(value: unknown, before = 0): number {
    if (typeof value !== "object" || value === null) {
        return before + 1;
    }
    let sum = before;
    for (const item of Object.values(value)) {
        sum = sum > MOST_LEAVES ? sum : leaves(item, sum);
    }
    return sum;
}

