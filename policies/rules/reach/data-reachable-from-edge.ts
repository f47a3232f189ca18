import { across, stackRule } from "../../rule";
import { sharedNetworks } from "../../view/stack";

/** The edge is what an attacker takes first; what stores data must not be its neighbour. */
export const dataReachableFromEdge = stackRule({
    id: "data-reachable-from-edge",
    severity: "high",
    title: "Nothing that stores data shares a network with the edge",
    fix: "put the application on both networks, the edge and the data on one each",
    benchmarks: ["NIST SP 800-190 4.3.3", "NSA/CISA: Network separation"],
    controls: ["RAGFLOW-NET-01", "RAGFLOW-NET-04", "RAGAMUFFIN-NET-05", "SC-01"],

    check(stack) {
        const stores = stack.workloads.filter(workload => STORES.has(workload.role ?? ""));
        const edges = stack.workloads.filter(workload => workload.role === "edge");
        return across(stores, "networks", store => {
            for (const edge of edges) {
                const [network] = sharedNetworks(stack, edge, store);
                if (network !== undefined) {
                    return `is reachable from the edge: ${edge.subject.name} → network ${network} → ${store.subject.name}`;
                }
            }
            return undefined;
        });
    },
});

const STORES: ReadonlySet<string> = new Set(["data", "cache", "queue"]);
