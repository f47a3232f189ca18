import type { ExposureView, NetworkView, Piece, WorkloadView } from "./types";

/** Everything that is judged together. */
export interface Stack {
    readonly workloads: readonly WorkloadView[];
    readonly networks: readonly NetworkView[];
    readonly exposures: readonly ExposureView[];
    /** Names of containers that a resource beside them gives a process limit. */
    readonly processLimits: ReadonlySet<string>;
}

/** The stack of these pieces. Pieces that cannot be taken apart are the judge's to report: here they show nothing. */
export function stackOf(pieces: readonly Piece[]): Stack {
    return {
        get workloads() { return pieces.flatMap(piece => readable(() => piece.workloads)); },
        get networks() { return pieces.flatMap(piece => readable(() => piece.networks)); },
        get exposures() { return pieces.flatMap(piece => readable(() => piece.exposures)); },
        get processLimits() { return new Set(pieces.flatMap(piece => readable(() => piece.processLimits))); },
    };
}

function readable<Item>(read: () => readonly Item[]): readonly Item[] {
    try {
        return read();
    } catch {
        return [];
    }
}
