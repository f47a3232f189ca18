import { NotApplicable } from "../unfinished";
import { clusterOf } from "./cluster";
import { isLoopback } from "./address";
import { any, first, once, unfinished } from "./known";
import { opensCluster, opensOutside } from "./network-policy";
import { partnersOf } from "./partners";
import { ALL_PORTS, bothPorts, portsText } from "./ports";
import { openingOf } from "./service";
import type { Stack } from "../stack";
import type { Unfinished } from "../unfinished";
import type { WorkloadView } from "../types";
import type { Cluster, Pod } from "./cluster";
import type { Direction, NetworkPolicy, Peer, PolicyRule } from "./network-policy";
import type { Ports } from "./ports";
import type { Service } from "./service";

/** From the first to the last, what a packet passes. */
export type Way = readonly string[];

/** What policies let through, as far as is known. */
interface Let {
    readonly ports: readonly Ports[];
    /** The blocks of addresses that let it; empty for a rule that names nobody. */
    readonly blocks: readonly string[];
    readonly doubt: Unfinished | undefined;
}

const NOTHING_LET: Let = { ports: [], blocks: [], doubt: undefined };
const EVERYTHING: Let = { ports: ALL_PORTS, blocks: [], doubt: undefined };
type Admits = (rule: PolicyRule, policy: NetworkPolicy) => readonly string[] | undefined;

/** Whether policies deny a pod, in one direction, what none of them allows. Throws where that is not known. */
export function isolated(cluster: Cluster, pod: Pod, direction: Direction): boolean {
    const { sure, doubt } = cluster.policiesOf(pod, direction);
    if (sure.length === 0 && doubt !== undefined) {
        throw doubt;
    }
    return sure.length > 0;
}

/**
 * What the policies of a pod let through in one direction: everything where none selects it, else the sum of what their
 * rules allow.
 */
function letThrough(cluster: Cluster, pod: Pod, direction: Direction, target: Pod | undefined, admits: Admits): Let {
    const { sure, doubt: selection } = cluster.policiesOf(pod, direction);
    if (sure.length === 0) {
        return selection === undefined ? EVERYTHING : { ...NOTHING_LET, doubt: selection };
    }
    let doubt = selection;
    const ports: Ports[] = [];
    const blocks: string[] = [];
    for (const ask of sure.flatMap(policy => rulesOf(policy, direction).map(rule => () => ({ rule: rule(), by: admits(rule(), policy) })))) {
        try {
            const { rule, by } = ask();
            if (by !== undefined) {
                ports.push(...rule.ports(target?.ports() ?? []));
                blocks.push(...by);
            }
        } catch (error) {
            doubt ??= unfinished(error);
        }
    }
    return { ports, blocks, doubt };
}

/** The rules of a policy; ones that cannot be listed are one that throws when asked for. */
function rulesOf(policy: NetworkPolicy, direction: Direction): readonly (() => PolicyRule)[] {
    try {
        return policy.rules(direction).map(rule => () => rule);
    } catch (error) {
        const doubt = unfinished(error);
        return [() => { throw doubt; }];
    }
}

/** Whether a rule names this pod, by itself or by a block of addresses that pods commonly have. */
function namesPod(cluster: Cluster, pod: Pod): Admits {
    const matches = (peer: Peer, policy: NetworkPolicy): boolean => {
        const block = peer.block();
        if (block !== undefined) {
            return opensCluster(block);
        }
        const namespaces = peer.namespaces();
        const near = namespaces === undefined ? pod.namespace() === policy.namespace() : namespaces.selects(cluster.namespaceLabels(pod.namespace()));
        return near && (peer.pods()?.selects(pod.labels) ?? true);
    };
    return (rule, policy) => {
        const peers = rule.peers();
        return peers.length === 0 || any(peers, peer => matches(peer, policy)) ? [] : undefined;
    };
}

/** Whether a rule is for addresses that are not of one's own networks. */
const namesOutside: Admits = rule => {
    const peers = rule.peers();
    if (peers.length === 0) {
        return [];
    }
    const block = first(peers, peer => {
        const given = peer.block();
        return given !== undefined && opensOutside(given) ? given : undefined;
    });
    return block === undefined ? undefined : [block.cidr];
};

/** Who reaches whom in a cluster. All that ask throw where the answer is not known. */
export interface ClusterReach {
    readonly between: (from: WorkloadView, to: WorkloadView) => Way | undefined;
    readonly toOutside: (from: WorkloadView) => Way | undefined;
    /** Ways in from outside that no router of HTTP is on. */
    readonly fromOutside: (to: WorkloadView) => Way | undefined;
}

export function clusterReach(stack: Stack): ClusterReach {
    const cluster = clusterOf(stack);
    const partners = partnersOf(cluster);
    const nameOf = (workload: WorkloadView) => workload.subject.name;
    const podOf = (workload: WorkloadView): Pod => {
        const pod = cluster.podOf(workload);
        if (pod === undefined) {
            throw new NotApplicable();
        }
        return pod;
    };
    return {
        between(from, to) {
            const [sender, receiver] = [podOf(from), podOf(to)];
            if (any([sender, receiver], pod => pod.onNode())) {
                // The node's own processes reach every pod of the node, and every pod its node: no policy is asked.
                return [nameOf(from), "the node's network", nameOf(to)];
            }
            if (partners(sender, "egress")?.has(receiver) === false || partners(receiver, "ingress")?.has(sender) === false) {
                return undefined;
            }
            const ports = portsBetween(cluster, sender, receiver);
            const text = portsText(ports);
            return ports.length === 0 ? undefined : [nameOf(from), `the cluster's network${text === "" ? "" : ` (${text})`}`, nameOf(to)];
        },
        toOutside(from) {
            if (from.hostNetwork) {
                return [nameOf(from), "the node's network", "internet"];
            }
            const pod = podOf(from);
            const { ports, blocks, doubt } = letThrough(cluster, pod, "egress", undefined, namesOutside);
            if (ports.length === 0 && doubt !== undefined) {
                throw doubt;
            }
            const text = [...new Set(blocks), portsText(ports)].filter(part => part !== "").join(", ");
            return ports.length === 0 ? undefined : [nameOf(from), `the cluster's way out${text === "" ? "" : ` (${text})`}`, "internet"];
        },
        fromOutside: to => to.hostNetwork ? ["internet", "the node's network", nameOf(to)]
            : first([hostPortWay, serviceWay], way => way(cluster, podOf(to))),
    };
}

/** Ports on which one pod reaches another: what the one may send, the other may take, and says that it listens on. */
function portsBetween(cluster: Cluster, from: Pod, to: Pod): readonly Ports[] {
    const out = letThrough(cluster, from, "egress", to, namesPod(cluster, to));
    const into = letThrough(cluster, to, "ingress", to, namesPod(cluster, from));
    const open = bothPorts(out.ports, into.ports);
    const heard = listening(cluster, to);
    const ports = bothPorts(open, heard.ports);
    // What is doubtful on one side opens nothing that the other side denies for sure.
    const doubt = closed(out) || closed(into) ? undefined : out.doubt ?? into.doubt ?? (open.length > 0 ? heard.doubt : undefined);
    if (ports.length === 0 && doubt !== undefined) {
        throw doubt;
    }
    return ports;
}

function closed({ ports, doubt }: Pick<Let, "ports" | "doubt">): boolean {
    return ports.length === 0 && doubt === undefined;
}

/** What a pod says that it listens on, and what Services lead to; all where nothing is said. */
function listening(cluster: Cluster, pod: Pod): Pick<Let, "ports" | "doubt"> {
    const { sure, doubt: selection } = cluster.servicesOf(pod);
    let doubt = selection;
    const ports: Ports[] = [];
    const asked: readonly (() => readonly Ports[])[] = [pod.ports, ...sure.map(service => () => service.ports().flatMap(port => port.targets(pod.ports())))];
    for (const ask of asked) {
        try {
            ports.push(...ask());
        } catch (error) {
            doubt ??= unfinished(error);
        }
    }
    return { ports: ports.length === 0 && doubt === undefined ? ALL_PORTS : ports, doubt };
}

/** The ports that whoever is outside may send to. */
function openToOutside(cluster: Cluster, pod: Pod, wanted: readonly Ports[]): boolean {
    const { ports, doubt } = letThrough(cluster, pod, "ingress", pod, namesOutside);
    const open = bothPorts(ports, wanted).length > 0;
    if (!open && doubt !== undefined) {
        throw doubt;
    }
    return open;
}

function hostPortWay(cluster: Cluster, pod: Pod): Way | undefined {
    const { source, subject } = pod.workload;
    const containers = [...source.get("spec", "containers").items, ...source.get("spec", "initContainers").items];
    return first(containers.flatMap(container => container.get("ports").items), port => {
        const hostPort = port.get("hostPort").number ?? 0;
        const address = port.get("hostIP").text ?? "";
        const number = port.get("containerPort").number ?? 0;
        const open = hostPort > 0 && !isLoopback(address) && openToOutside(cluster, pod, [{ protocol: port.get("protocol").text ?? "TCP", from: number, to: number }]);
        return open ? ["internet", `port ${address === "" ? "0.0.0.0" : address}:${hostPort} of the node`, subject.name] : undefined;
    });
}

function serviceWay(cluster: Cluster, pod: Pod): Way | undefined {
    const { sure, doubt } = cluster.servicesOf(pod);
    const asked: readonly (() => Way | undefined)[] = [
        ...sure.map(service => once(() => openService(cluster, pod, service))),
        ...doubt === undefined ? [] : [() => { throw doubt; }],
    ];
    return first(asked, ask => ask());
}

function openService(cluster: Cluster, pod: Pod, service: Service): Way | undefined {
    const how = openingOf(service);
    if (how === undefined) {
        return undefined;
    }
    return first(service.ports(), port => {
        const targets = port.targets(pod.ports());
        return targets.length > 0 && openToOutside(cluster, pod, targets)
            ? ["internet", how, `Service "${service.name()}" port ${port.port()}`, pod.workload.subject.name] : undefined;
    });
}
