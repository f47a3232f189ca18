import { across, stackRule } from "../../rule";
import { clusterOf } from "../../view/net/cluster";
import { isolated } from "../../view/net/cluster-reach";
import { grouped, once } from "../../view/net/known";
import type { Cluster, Pod } from "../../view/net/cluster";

/** Pods talk to all pods of a cluster until a policy selects them: then only what some policy allows gets through. */
export const noDefaultDeny = stackRule({
    id: "no-default-deny",
    severity: "medium",
    title: "Every workload is under policies that deny by default, what comes in and what goes out",
    fix: "add a NetworkPolicy with an empty podSelector and the policyTypes Ingress and Egress to the namespace, and allow what is needed by others",
    benchmarks: ["CIS Kubernetes 5.3.2", "NSA/CISA: Network separation", "NIST SP 800-190 4.3.3"],
    controls: ["RAGFLOW-BASE-01", "SC-01"],

    check(stack) {
        const cluster = clusterOf(stack);
        const governed = grouped(cluster.policies, policy => policy.namespace());
        const neighbours = once(() => grouped(cluster.pods, pod => pod.namespace()));
        const bare = new Set<string>();
        return across(cluster.pods.map(({ workload }) => workload), "networks", workload => {
            const pod = cluster.podOf(workload);
            // No policy governs what is on its node's own network.
            if (pod === undefined || workload.hostNetwork) {
                return undefined;
            }
            const namespace = pod.namespace();
            if (governed.has(namespace) || governed.has(undefined)) {
                return openText(cluster, pod);
            }
            const told = bare.has(namespace);
            bare.add(namespace);
            return told ? undefined : bareText(namespace, neighbours().get(namespace)?.length ?? 0);
        });
    },
});

function openText(cluster: Cluster, pod: Pod): string | undefined {
    const open = (["ingress", "egress"] as const).filter(direction => !isolated(cluster, pod, direction));
    return open.length === 0 ? undefined : `is not denied by default: ${open.join(" and ")} (no NetworkPolicy for that selects it)`;
}

/** A namespace without any policy is said once: there it is the same for all. */
function bareText(namespace: string, pods: number): string {
    const others = pods > 1 ? ` with ${pods - 1} more` : "";
    return `is not denied by default: ingress and egress (no NetworkPolicy is given for the namespace "${namespace}", where it is${others})`;
}
