import { unfinished } from "./known";
import { opensCluster } from "./network-policy";
import type { Cluster, Pod } from "./cluster";
import type { Direction, Peer, PolicyRule } from "./network-policy";

/** Pods that one may talk to at most; undefined for anybody. */
export type Partners = ReadonlySet<Pod> | undefined;

/**
 * Pods that the policies of a pod may let it talk to in one direction: more than they do, found by label and without asking about
 * each, so that most pairs of a large cluster are settled by a look into two sets.
 */
export function partnersOf(cluster: Cluster): (pod: Pod, direction: Direction) => Partners {
    const known = { ingress: new Map<Pod, Partners>(), egress: new Map<Pod, Partners>() };
    return (pod, direction) => {
        const cache = known[direction];
        if (!cache.has(pod)) {
            cache.set(pod, partners(cluster, pod, direction));
        }
        return cache.get(pod);
    };
}

function partners(cluster: Cluster, pod: Pod, direction: Direction): Partners {
    const { sure, doubt } = cluster.policiesOf(pod, direction);
    if (sure.length === 0 || doubt !== undefined) {
        return undefined;
    }
    const found = new Set<Pod>();
    try {
        for (const policy of sure) {
            for (const rule of policy.rules(direction)) {
                const named = namedBy(cluster, policy.namespace(), rule);
                if (named === undefined) {
                    return undefined;
                }
                named.forEach(each => found.add(each));
            }
        }
    } catch (error) {
        unfinished(error);
        return undefined;
    }
    return found;
}

function namedBy(cluster: Cluster, namespace: string, rule: PolicyRule): readonly Pod[] | undefined {
    const peers = rule.peers();
    if (peers.length === 0) {
        return undefined;
    }
    const lists = peers.map(peer => candidates(cluster, namespace, peer));
    return lists.some(list => list === undefined) ? undefined : lists.flatMap(list => list ?? []);
}

function candidates(cluster: Cluster, namespace: string, peer: Peer): readonly Pod[] | undefined {
    const block = peer.block();
    if (block !== undefined) {
        return opensCluster(block) ? undefined : [];
    }
    const pods = peer.pods();
    const labelled = pods === undefined || pods.label() === undefined ? undefined : cluster.index().anywhere(pods);
    const index = cluster.index();
    return labelled ?? (peer.namespaces() === undefined ? [...index.shelf(namespace).all, ...index.unplaced] : undefined);
}
