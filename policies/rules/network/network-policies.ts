import { across, each, objectRule, stackRule } from "../../rule";
import { rangeOf } from "../../view/net/address";
import { ciliumPolicies } from "../../view/net/cilium";
import { clusterOf } from "../../view/net/cluster";
import { any, first, grouped } from "../../view/net/known";
import { networkPolicy, opensAddress, opensToEverybody, POLICY_TYPES } from "../../view/net/network-policy";
import { objectsOf } from "../../view/stack";
import { COMPLETE, judgeable } from "./services";
import type { Cluster } from "../../view/net/cluster";
import type { Direction, NetworkPolicy, Peer, PolicyRule } from "../../view/net/network-policy";
import type { Seen } from "../../view/types";

/** The pods that no policy is about: everybody in the cluster reaches them, and they everybody. */
export const noNetworkPolicy = stackRule({
    id: "no-network-policy",
    severity: "medium",
    title: "Every pod is selected by a NetworkPolicy",
    fix: "add a NetworkPolicy whose podSelector selects it, or one with an empty podSelector for its namespace",
    benchmarks: ["NSA/CISA: Network separation"],
    controls: ["SC-01"],
    // `no-default-deny` asks for more, and says it once where a namespace has no policy at all.
    optional: true,

    check(stack) {
        const cluster = clusterOf(stack);
        return across(cluster.pods.map(({ workload }) => workload), "networks", workload => {
            const pod = cluster.podOf(workload);
            const selections = pod === undefined ? [] : (["ingress", "egress"] as const).map(direction => cluster.policiesOf(pod, direction));
            if (pod === undefined || workload.hostNetwork || selections.some(({ sure }) => sure.length > 0) || any(ciliumPolicies(stack), ({ selects }) => selects(pod.namespace(), pod.labels))) {
                return undefined;
            }
            const unsure = selections.find(({ doubt }) => doubt !== undefined);
            if (unsure?.doubt !== undefined) {
                throw unsure.doubt;
            }
            return "is selected by no NetworkPolicy";
        });
    },
});

/** A new pod is in no policy's selector yet: only a policy for the whole namespace holds from its first moment. */
export const namespaceWithoutPolicy = stackRule({
    id: "namespace-without-policy",
    severity: "medium",
    title: "Every namespace has a NetworkPolicy for all of its pods",
    fix: "add a NetworkPolicy with an empty podSelector to the namespace, which denies what no other allows",
    benchmarks: ["CIS Kubernetes 5.3.2", "NSA/CISA: Network separation"],
    controls: ["SC-01"],

    check(stack) {
        const policies = grouped(clusterOf(stack).policies, policy => policy.namespace());
        return across(objectsOf(stack, "/Namespace"), "metadata", ({ value }) => {
            const name = value.get("metadata", "name").text ?? "";
            const candidates = [...policies.get(name) ?? [], ...policies.get(undefined) ?? []];
            const covered = any(candidates, policy => policy.selector.empty() && policy.namespace() === name) || any(ciliumPolicies(stack), ({ selectsAll }) => selectsAll(name));
            return covered ? undefined : candidates.length === 0 ? "has no NetworkPolicy" : "has no NetworkPolicy for all of its pods (an empty podSelector)";
        });
    },
});

/** A policy that selects nobody protects nobody, and a rule for pods that are not there opens the door to whoever takes their labels. */
export const policySelectsNothing = stackRule({
    id: "policy-selects-nothing",
    severity: "low",
    title: "Every NetworkPolicy selects pods that there are, and names peers that there are",
    fix: "let the selector be labels of the pod template that is meant",
    benchmarks: ["Kubernetes: Network Policies", "NSA/CISA: Network separation"],
    controls: [],
    parameters: COMPLETE,

    check(stack, settings) {
        const cluster = clusterOf(stack);
        const policies = new Map<Seen, NetworkPolicy>(cluster.policies.map(policy => [policy.view, policy]));
        return across(cluster.policies.map(({ view }) => view), "spec", view => {
            const policy = policies.get(view);
            if (policy === undefined || !judgeable(cluster, policy, settings["complete"] === true)) {
                return undefined;
            }
            if (!policy.selector.empty() && isNobody(cluster, policy)) {
                return "selects no pod that is given";
            }
            const missing = first(["ingress", "egress"] as const, direction => missingPeer(cluster, policy, direction));
            return missing === undefined ? undefined : `names pods that are not given (${missing})`;
        });
    },
});

function isNobody(cluster: Cluster, choosing: Parameters<Cluster["selected"]>[0]): boolean {
    const { sure, doubt } = cluster.selected(choosing);
    if (sure.length === 0 && doubt !== undefined) {
        throw doubt;
    }
    return sure.length === 0;
}

/** Peers in other namespaces may be anybody's: only the policy's own namespace is looked at. */
function missingPeer(cluster: Cluster, policy: NetworkPolicy, direction: Direction): string | undefined {
    return first(policy.rules(direction).flatMap(rule => rule.peers()), peer => {
        const selector = peer.block() === undefined && peer.namespaces() === undefined ? peer.pods() : undefined;
        const missing = selector !== undefined && !selector.empty() && isNobody(cluster, { namespace: policy.namespace, selector });
        return missing ? `${direction} ${direction === "ingress" ? "from" : "to"} ${selectorText(peer)}` : undefined;
    });
}

function selectorText(peer: Peer): string {
    const labels = peer.value.get("podSelector", "matchLabels").entries.map(([key, value]) => `${key}=${value.text ?? ""}`);
    return labels.length > 0 ? labels.join(",") : "by expressions";
}

/** A rule for everybody takes back what the policy denies. */
export const policyOpenToAll = objectRule({
    id: "policy-open-to-all",
    severity: "medium",
    title: "A NetworkPolicy names who may talk, not everybody",
    fix: "name the pods, the namespaces or the addresses in `from` and `to`",
    benchmarks: ["CIS Kubernetes 5.3.2", "NSA/CISA: Network separation"],
    controls: ["SC-01"],
    types: POLICY_TYPES,

    check(view) {
        const policy = networkPolicy(view);
        const { value } = view;
        const edge = [["spec", "podSelector", "matchLabels"], ["metadata", "labels"]].some(way => value.get(...way).get("portcullis.role").text === "edge");
        const items = (["ingress", "egress"] as const).flatMap(direction => policy.isolates(direction) && !(edge && direction === "ingress")
            ? policy.rules(direction).map(rule => ({ rule, direction, path: rule.value.path })) : []);
        return each(items, ({ rule, direction }) => {
            const open = isOpen(rule, direction);
            return open === undefined ? undefined : `lets ${direction === "ingress" ? "everybody in" : "its pods out to everybody"} (${direction}: ${open})`;
        });
    },
});

/** What opens a rule to everybody. Towards everybody on named ports is how pods are let to ask for names, and is not meant. */
function isOpen(rule: PolicyRule, direction: Direction): string | undefined {
    const named = rule.value.get("ports").items.length > 0;
    if (direction === "egress" && named) {
        return undefined;
    }
    const peers = rule.peers();
    if (peers.length === 0) {
        return direction === "ingress" ? "no `from`" : "no `to`";
    }
    const whole = first(peers, peer => {
        const block = peer.block();
        return block !== undefined && block.except.length === 0 && /\/0$/.test(block.cidr) ? block.cidr : undefined;
    });
    return whole ?? (opensToEverybody(rule) ? "every pod of every namespace" : undefined);
}

/** A cloud gives its machines their credentials at this address: a pod that reaches it has those of its node. */
export const cloudMetadataReachable = stackRule({
    id: "cloud-metadata-reachable",
    severity: "medium",
    title: "No workload reaches the metadata address of a cloud",
    fix: "deny egress by default, and leave 169.254.169.254/32 out of every block that is allowed (`except`)",
    benchmarks: ["NSA/CISA: Network separation", "Kubernetes: Securing a Cluster, cloud metadata"],
    controls: ["SC-01"],
    optional: true,

    check(stack) {
        const cluster = clusterOf(stack);
        return across(cluster.pods.map(({ workload }) => workload), "networks", workload => {
            const pod = cluster.podOf(workload);
            if (workload.hostNetwork || pod === undefined) {
                return pod === undefined ? undefined : "reaches 169.254.169.254: it is on its node's own network";
            }
            const { sure, doubt } = cluster.policiesOf(pod, "egress");
            if (sure.length === 0) {
                if (doubt !== undefined) {
                    throw doubt;
                }
                return "reaches 169.254.169.254: no NetworkPolicy denies its egress";
            }
            const opening = first(sure, policy => any(policy.rules("egress"), opensMetadata) ? policy : undefined);
            return opening === undefined ? undefined : `reaches 169.254.169.254: NetworkPolicy "${opening.view.subject.name}" allows it`;
        });
    },
});

const METADATA = rangeOf("169.254.169.254");

/** The service answers on port 80 of TCP. */
function opensMetadata(rule: PolicyRule): boolean {
    const peers = rule.peers();
    const address = peers.length === 0 || any(peers, peer => {
        const block = peer.block();
        return block !== undefined && METADATA !== undefined && opensAddress(block, METADATA);
    });
    return address && rule.ports([]).some(({ protocol, from, to }) => protocol === "TCP" && from <= 80 && to >= 80);
}
