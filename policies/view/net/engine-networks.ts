import { Malformed } from "../unfinished";
import { once, unfinished } from "./known";
import type { Stack } from "../stack";
import type { Unfinished } from "../unfinished";
import type { NetworkView, WorkloadView } from "../types";

/** The network that a container is on where it names none, by the engine's own name. */
export const DEFAULT_BRIDGE = "bridge";

/** Networks that a workload is on, and whether there may be more. */
export interface Memberships {
    readonly names: readonly string[];
    readonly set: ReadonlySet<string>;
    /** Whether it is all known, and the namespace neither the host's nor somebody else's: then nothing but these networks counts. */
    readonly plain: boolean;
    readonly doubt: Unfinished | undefined;
}

/** Containers of an engine and their networks, found by name. */
export interface EngineNetworks {
    readonly workloads: readonly WorkloadView[];
    /** The workload whose network namespace this one uses: itself, unless it joins another. Throws where that is not known. */
    readonly ownerOf: (workload: WorkloadView) => WorkloadView;
    /** Whether that is the host's own network. */
    readonly onHost: (workload: WorkloadView) => boolean;
    /** Networks of the namespace that it uses. */
    readonly networksOf: (workload: WorkloadView) => Memberships;
    /** The network of this name, if the stack makes it. */
    readonly named: (name: string) => NetworkView | undefined;
    /** Workloads on a network for sure. */
    readonly membersOf: (name: string) => readonly WorkloadView[];
    /** Why more workloads than those may be on any network. */
    readonly doubt: () => Unfinished | undefined;
}

const ENGINES = new WeakMap<Stack, EngineNetworks>();

/** The networks of a stack's engine, made once. */
export function engineNetworks(stack: Stack): EngineNetworks {
    const known = ENGINES.get(stack);
    if (known !== undefined) {
        return known;
    }
    const made = make(stack);
    ENGINES.set(stack, made);
    return made;
}

function make(stack: Stack): EngineNetworks {
    const workloads = stack.workloads.filter(({ platform }) => platform !== "kubernetes");
    const byName = new Map<string, WorkloadView>();
    const networks = new Map<string, NetworkView>();
    for (const workload of [...workloads].reverse()) {
        for (const name of namesOf(workload)) {
            byName.set(name, workload);
        }
    }
    for (const network of [...stack.networks].reverse()) {
        for (const name of readable(() => network.names)) {
            networks.set(name, network);
        }
    }
    const owners = new Map<WorkloadView, () => WorkloadView>();
    const memberships = new Map<WorkloadView, Memberships>();
    const ownerOf = (workload: WorkloadView) => kept(owners, workload, () => once(() => followed(workload, byName)))();
    const hosts = new Map<WorkloadView, () => boolean>();
    const onHost = (workload: WorkloadView) => kept(hosts, workload, () => once(() => ownerOf(workload).hostNetwork))();
    const networksOf = (workload: WorkloadView) => kept(memberships, workload, () => membershipsOf(workload, ownerOf));
    let members: Map<string, WorkloadView[]> | undefined;
    return {
        workloads, ownerOf, onHost, networksOf,
        named: name => networks.get(name),
        membersOf: name => (members ??= membersByNetwork(workloads, networksOf)).get(name) ?? [],
        doubt: once(() => workloads.map(networksOf).find(({ doubt }) => doubt !== undefined)?.doubt),
    };
}

function kept<Result>(results: Map<WorkloadView, Result>, workload: WorkloadView, work: () => Result): Result {
    const known = results.get(workload);
    const result = known ?? work();
    results.set(workload, result);
    return result;
}

function namesOf(workload: WorkloadView): readonly string[] {
    const [name] = readable(() => [workload.containerName]);
    return name === undefined ? [workload.subject.name] : [workload.subject.name, name];
}

function readable<Item>(read: () => readonly Item[]): readonly Item[] {
    try {
        return read();
    } catch (error) {
        unfinished(error);
        return [];
    }
}

/** An engine refuses to join a namespace that is itself joined, but Compose files can say so: followed to the end. */
function followed(workload: WorkloadView, byName: ReadonlyMap<string, WorkloadView>): WorkloadView {
    const passed = new Set<WorkloadView>();
    let owner = workload;
    while (!passed.has(owner)) {
        passed.add(owner);
        const { joins } = owner;
        const next = joins === undefined ? undefined : byName.get(joins);
        if (next === undefined) {
            return owner;
        }
        owner = next;
    }
    throw new Malformed(workload.place("networks"), "a network namespace that anybody has: each joins another");
}

function membershipsOf(workload: WorkloadView, ownerOf: (workload: WorkloadView) => WorkloadView): Memberships {
    const names: string[] = [];
    let doubt: Unfinished | undefined;
    const attempt = (read: () => unknown): void => {
        try {
            read();
        } catch (error) {
            doubt ??= unfinished(error);
        }
    };
    attempt(() => {
        const owner = ownerOf(workload);
        for (const membership of owner.networks) {
            attempt(() => names.push(membership.network));
        }
        if (owner.defaultBridge) {
            names.push(DEFAULT_BRIDGE);
        }
        // It is where somebody is whom the stack does not have.
        if (owner.joins !== undefined) {
            names.push(`of ${owner.joins}`);
        }
    });
    const set = new Set(names);
    let plain = false;
    attempt(() => { plain = doubt === undefined && ownerOf(workload) === workload && !workload.hostNetwork; });
    return { names: [...set], set, plain, doubt };
}

function membersByNetwork(workloads: readonly WorkloadView[], networksOf: (workload: WorkloadView) => Memberships): Map<string, WorkloadView[]> {
    const members = new Map<string, WorkloadView[]>();
    for (const workload of workloads) {
        for (const name of networksOf(workload).names) {
            const known = members.get(name);
            if (known === undefined) {
                members.set(name, [workload]);
            } else {
                known.push(workload);
            }
        }
    }
    return members;
}
