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
}

/** The stack of these pieces. Pieces that cannot be taken apart are the judge's to report: here they show nothing. */
export function stackOf(pieces: readonly Piece[]): Stack {
    const made = stacks.get(pieces) ?? build(pieces);
    stacks.set(pieces, made);
    return made;
}

/** A policy pack asks rule by rule: what a rule makes of the whole stack is of use to the next one. */
const stacks = new WeakMap<readonly Piece[], Stack>();

function build(pieces: readonly Piece[]): Stack {
    return {
        workloads: pieces.flatMap(piece => readable(() => piece.workloads)),
        networks: pieces.flatMap(piece => readable(() => piece.networks)),
        get images() { return pieces.flatMap(piece => readable(() => piece.images)); },
        objects: pieces.flatMap(piece => piece.objects),
        get exposures() { return pieces.flatMap(piece => readable(() => piece.exposures)); },
        processLimits: new Set(pieces.flatMap(piece => readable(() => piece.processLimits))),
    };
}

function readable<Item>(read: () => readonly Item[]): readonly Item[] {
    try {
        return read();
    } catch {
        return [];
    }
}

/** The objects of these types, as in `ObjectView.type`. */
export function objectsOf(stack: Stack, ...types: readonly string[]): readonly ObjectView[] {
    return stack.objects.filter(object => types.includes(object.type));
}

/** Names of the networks that a workload is on, its own or those of the workload whose namespace it joins. */
export function networksOf(stack: Stack, workload: WorkloadView): readonly string[] {
    const { joins } = workload;
    const host = joins === undefined ? undefined : stack.workloads.find(other => other !== workload && (other.subject.name === joins || other.containerName === joins));
    // One step is enough: an engine refuses to join a namespace that is itself joined.
    return (host ?? workload).networks.map(membership => membership.network);
}

/** Networks that two workloads are both on: one reaches the other over each of them. */
export function sharedNetworks(stack: Stack, one: WorkloadView, other: WorkloadView): readonly string[] {
    const names = new Set(networksOf(stack, one));
    return networksOf(stack, other).filter(name => names.has(name));
}

/** Workloads on a network. */
export function membersOf(stack: Stack, network: NetworkView): readonly WorkloadView[] {
    const names = new Set(network.names);
    return stack.workloads.filter(workload => networksOf(stack, workload).some(name => names.has(name)));
}
