import { grouped } from "./grouped";
import type { ExposureView, ImageView, NetworkView, ObjectView, Piece, WorkloadView } from "./types";

/** Everything that is judged together. */
export interface Stack {
    readonly workloads: readonly WorkloadView[];
    readonly networks: readonly NetworkView[];
    readonly exposures: readonly ExposureView[];
    readonly images: readonly ImageView[];
    readonly objects: readonly ObjectView[];
    /** Names of containers that a resource beside them gives a process limit. */
    readonly processLimits: ReadonlySet<string>;
    /** What no rule about the stack may take for absent. */
    readonly closed: readonly Closed[];
}

/** A piece that cannot be taken apart, and why: nobody knows what it would have shown. */
export interface Closed {
    readonly piece: Piece;
    readonly error: unknown;
}

/** The stack of these pieces. Those that cannot be taken apart show nothing, and are in `closed`. */
export function stackOf(pieces: readonly Piece[]): Stack {
    const made = stacks.get(pieces) ?? build(pieces);
    stacks.set(pieces, made);
    return made;
}

/** A policy pack asks rule by rule: what a rule makes of the whole stack is of use to the next one. */
const stacks = new WeakMap<readonly Piece[], Stack>();

function build(pieces: readonly Piece[]): Stack {
    const closed: Closed[] = [];
    const all = <Item>(read: (piece: Piece) => readonly Item[]): readonly Item[] => pieces.flatMap(piece => {
        try {
            return read(piece);
        } catch (error) {
            closed.push({ piece, error });
            return [];
        }
    });
    return {
        workloads: all(piece => piece.workloads),
        networks: all(piece => piece.networks),
        images: all(piece => piece.images),
        objects: all(piece => piece.objects),
        exposures: all(piece => piece.exposures),
        processLimits: new Set(all(piece => piece.processLimits)),
        closed,
    };
}

/** The objects of these types, as in `ObjectView.type`. */
export function objectsOf(stack: Stack, ...types: readonly string[]): readonly ObjectView[] {
    let index = objects.get(stack);
    if (index === undefined) {
        index = grouped(stack.objects, ({ type }) => type);
        objects.set(stack, index);
    }
    const { length, 0: only = "" } = types;
    return length === 1 ? index.get(only) ?? [] : types.flatMap(type => index.get(type) ?? []);
}

/** Rules ask by type, and for every workload anew. */
const objects = new WeakMap<Stack, ReadonlyMap<string, readonly ObjectView[]>>();
