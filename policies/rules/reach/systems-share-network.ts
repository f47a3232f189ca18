import { across, allFaults, stackRule } from "../../rule";
import { clusterOf } from "../../view/net/cluster";
import { engineNetworks } from "../../view/net/engine-networks";
import { first } from "../../view/net/known";
import { reachOf, wayText } from "../../view/net/reach";
import { systemOf } from "../../view/net/systems";
import { opensToEverybody } from "../../view/net/network-policy";
import type { StackFault } from "../../rule";
import type { Cluster, Pod } from "../../view/net/cluster";
import type { Direction } from "../../view/net/network-policy";
import type { Stack } from "../../view/stack";
import type { WorkloadView } from "../../view/types";

/** Two systems on one network fall together: whoever takes the one is beside the other. */
export const systemsShareNetwork = stackRule({
    id: "systems-share-network",
    severity: "medium",
    title: "No two systems share a network",
    fix: "give each system networks of its own; in Kubernetes policies by which pods take traffic from their own system, and from others by name only",
    benchmarks: ["CIS Docker 5.30", "NIST SP 800-190 4.3.3", "NSA/CISA: Network separation"],
    controls: ["SC-01"],

    check(stack) {
        return allFaults(() => onEngine(stack), () => inCluster(stack));
    },
});

/** Every workload that shares a network with one of another system, found by the first of each system there. */
function onEngine(stack: Stack): readonly StackFault[] {
    const engine = engineNetworks(stack);
    const told = new Set<string>();
    return across(engine.workloads, "networks", workload => {
        const system = systemOf(workload);
        if (system === undefined) {
            return undefined;
        }
        const { names, doubt } = engine.networksOf(workload);
        const found = first(names.filter(name => !told.has(name)), name => {
            const other = first(engine.membersOf(name), member => foreign(member, system));
            return other === undefined ? undefined : { name, other };
        });
        if (found === undefined) {
            if (doubt !== undefined) {
                throw doubt;
            }
            return undefined;
        }
        told.add(found.name);
        return `shares a network with another system: ${workload.subject.name} (${system}) → network ${found.name} → ${found.other.workload.subject.name} (${found.other.system})`;
    });
}

function foreign(member: WorkloadView, system: string): { readonly workload: WorkloadView; readonly system: string } | undefined {
    const other = systemOf(member);
    return other === undefined || other === system ? undefined : { workload: member, system: other };
}

/** In a cluster all pods are on one network: what parts systems is that pods do not take traffic from everybody. */
function inCluster(stack: Stack): readonly StackFault[] {
    const cluster = clusterOf(stack);
    const senders = new Map<string, Pod>();
    for (const pod of cluster.pods) {
        const system = quietly(() => systemOf(pod.workload));
        if (system !== undefined && !senders.has(system) && quietly(() => opens(cluster, pod, "egress")) === true) {
            senders.set(system, pod);
        }
    }
    const told = new Set<string>();
    return across(cluster.pods.map(({ workload }) => workload), "networks", workload => {
        const system = systemOf(workload);
        const pod = cluster.podOf(workload);
        if (system === undefined || pod === undefined || told.has(system) || senders.size === 0 || !opens(cluster, pod, "ingress")) {
            return undefined;
        }
        for (const [other, sender] of senders) {
            const way = other === system ? undefined : reachOf(stack).between(sender.workload, workload);
            if (way !== undefined) {
                told.add(system);
                return `takes traffic from another system (${other}): ${wayText(way)}`;
            }
        }
        return undefined;
    });
}

function quietly<Result>(read: () => Result): Result | undefined {
    try {
        return read();
    } catch {
        return undefined;
    }
}

/** Whether a pod takes traffic from everybody, or sends to everybody: no policy denies it, or one allows it to all. */
function opens(cluster: Cluster, pod: Pod, direction: Direction): boolean {
    const { sure, doubt } = cluster.policiesOf(pod, direction);
    if (sure.length === 0) {
        if (doubt !== undefined) {
            throw doubt;
        }
        return true;
    }
    return first(sure.flatMap(policy => policy.rules(direction)), rule => opensToEverybody(rule) ? true : undefined) === true;
}
