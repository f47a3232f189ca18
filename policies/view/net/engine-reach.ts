import { isLoopback } from "./address";
import { engineNetworks } from "./engine-networks";
import { all, any, first, once } from "./known";
import type { Stack } from "../stack";
import type { ExposureView, WorkloadView } from "../types";
import type { Way } from "./cluster-reach";
import type { EngineNetworks } from "./engine-networks";

/** Who reaches whom among containers of an engine. All that ask throw where the answer is not known. */
export interface EngineReach {
    /** Ways that need nothing published. */
    readonly between: (from: WorkloadView, to: WorkloadView) => Way | undefined;
    readonly toOutside: (from: WorkloadView) => Way | undefined;
    readonly fromOutside: (to: WorkloadView) => Way | undefined;
    /** The way over a port that the other publishes on the host. */
    readonly byPublication: (from: WorkloadView, to: WorkloadView) => Way | undefined;
}

export function engineReach(stack: Stack): EngineReach {
    const engine = engineNetworks(stack);
    const published = once(() => publications(stack));
    const publicationsOf = (workload: WorkloadView) => published().get(keyOf(workload)) ?? [];
    const toOutside = (from: WorkloadView) => wayOut(engine, from);
    return {
        between: (from, to) => ownNetworkWay(engine, from, to),
        toOutside,
        fromOutside: to => wayIn(engine, to, publicationsOf(engine.ownerOf(to))),
        byPublication(from, to) {
            const out = toOutside(from);
            const port = out === undefined ? undefined : publicationWay(engine, to, publicationsOf(engine.ownerOf(to)));
            return out === undefined || port === undefined ? undefined : [...out.slice(0, -1), ...port];
        },
    };
}

const nameOf = (workload: WorkloadView): string => workload.subject.name;

/** Subjects of exposures are as those of their workloads. */
function keyOf({ origin, subject }: Pick<WorkloadView, "origin" | "subject">): string {
    return JSON.stringify([origin.path, origin.document, subject.kind, subject.name]);
}

function publications(stack: Stack): ReadonlyMap<string, readonly ExposureView[]> {
    const found = new Map<string, ExposureView[]>();
    for (const exposure of stack.exposures) {
        const known = found.get(keyOf(exposure));
        if (known === undefined) {
            found.set(keyOf(exposure), [exposure]);
        } else {
            known.push(exposure);
        }
    }
    return found;
}

/** Names of the networks that it is on; throws only where none is known and there may be one. */
function knownNetworks(engine: EngineNetworks, workload: WorkloadView): readonly string[] {
    const { names, doubt } = engine.networksOf(workload);
    if (names.length === 0 && doubt !== undefined) {
        throw doubt;
    }
    return names;
}

function ownNetworkWay(engine: EngineNetworks, from: WorkloadView, to: WorkloadView): Way | undefined {
    const [one, other] = [engine.networksOf(from), engine.networksOf(to)];
    if (one.plain && other.plain && !one.names.some(name => other.set.has(name))) {
        return undefined;
    }
    return first<() => Way | undefined, Way>([
        () => engine.ownerOf(from) === engine.ownerOf(to) ? [nameOf(from), `the network namespace of ${nameOf(engine.ownerOf(to))}`, nameOf(to)] : undefined,
        () => sharedNetworkWay(engine, from, to),
        // The host reaches every container of its bridges, and every bridge has an address of the host.
        () => all([() => any([from, to], engine.onHost), () => isAnywhere(engine, from), () => isAnywhere(engine, to)], holds => holds())
            ? [nameOf(from), "the host's network", nameOf(to)] : undefined,
    ], way => way());
}

/** Whether it has any network but its own loopback. */
function isAnywhere(engine: EngineNetworks, workload: WorkloadView): boolean {
    return any([() => engine.onHost(workload), () => knownNetworks(engine, workload).length > 0], holds => holds());
}

function sharedNetworkWay(engine: EngineNetworks, from: WorkloadView, to: WorkloadView): Way | undefined {
    const one = engine.networksOf(from);
    const other = engine.networksOf(to);
    const shared = other.names.filter(name => one.set.has(name) && name !== "host" && name !== "none");
    const found = first(shared, name => engine.named(name)?.apart === true ? undefined : [nameOf(from), `network ${name}`, nameOf(to)]);
    const closed = (side: typeof one) => side.names.length === 0 && side.doubt === undefined;
    const doubt = closed(one) || closed(other) ? undefined : one.doubt ?? other.doubt;
    if (found === undefined && doubt !== undefined) {
        throw doubt;
    }
    return found;
}

/** Every network but an internal one leads out; one that is made elsewhere may. */
function wayOut(engine: EngineNetworks, from: WorkloadView): Way | undefined {
    if (engine.onHost(from)) {
        return [nameOf(from), "the host's network", "internet"];
    }
    const { names, doubt } = engine.networksOf(from);
    const open = first(names, name => leadsOut(engine, name) ? name : undefined);
    if (open === undefined) {
        if (doubt !== undefined) {
            throw doubt;
        }
        return undefined;
    }
    const elsewhere = engine.named(open)?.external === true ? " (made elsewhere)" : "";
    return [nameOf(from), `network ${open}${elsewhere}`, "internet"];
}

function leadsOut(engine: EngineNetworks, name: string): boolean {
    const network = engine.named(name);
    return network === undefined ? name !== "none" : network.external || !network.internal;
}

function wayIn(engine: EngineNetworks, to: WorkloadView, published: readonly ExposureView[]): Way | undefined {
    return first<() => Way | undefined, Way>([
        () => engine.onHost(to) ? ["internet", "the host's network", nameOf(to)] : undefined,
        () => {
            const way = publicationWay(engine, to, published);
            return way === undefined ? undefined : ["internet", ...way];
        },
        () => directWay(engine, to),
    ], way => way());
}

/** Over a port of the host. What joins the namespace of an edge is behind it: the port is the edge's. */
function publicationWay(engine: EngineNetworks, to: WorkloadView, published: readonly ExposureView[]): Way | undefined {
    const owner = engine.ownerOf(to);
    if (owner !== to && owner.role === "edge") {
        return undefined;
    }
    const joined = owner === to ? [] : [`the network namespace of ${nameOf(owner)}`];
    return first(published, exposure => {
        const port = portText(exposure);
        return port !== undefined && connected(engine, owner) ? [port, ...joined, nameOf(to)] : undefined;
    });
}

function portText(exposure: ExposureView): string | undefined {
    const { how } = exposure;
    if (how === "all ports") {
        return "every port that its image exposes, on the host";
    }
    const { address, port } = exposure;
    if (how !== "published" || address !== undefined && isLoopback(address)) {
        return undefined;
    }
    const on = address === undefined || address === "" ? "0.0.0.0" : address;
    return port === undefined ? `a port of the engine's choice on ${on} of the host` : `port ${on.includes(":") ? `[${on}]` : on}:${port} of the host`;
}

/** An engine publishes no port of a container that is on internal networks only; Swarm does, over a network of its own. */
function connected(engine: EngineNetworks, workload: WorkloadView): boolean {
    return workload.platform === "swarm" || wayOut(engine, workload) !== undefined;
}

function directWay(engine: EngineNetworks, to: WorkloadView): Way | undefined {
    const { names, doubt } = engine.networksOf(to);
    const open = first(names, name => {
        const network = engine.named(name);
        return network !== undefined && !network.external && all([() => network.direct, () => !network.internal], holds => holds()) ? name : undefined;
    });
    if (open === undefined && doubt !== undefined) {
        throw doubt;
    }
    return open === undefined ? undefined : ["internet", `network ${open}, which gives its members addresses outside the host`, nameOf(to)];
}

