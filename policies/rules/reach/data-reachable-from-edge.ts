import { across, stackRule } from "../../rule";
import { first } from "../../view/net/known";
import { reachOf, wayText } from "../../view/net/reach";
import { isStore, ofRole, stores } from "./roles";

/** The edge is what an attacker takes first; what stores data must not be its neighbour. */
export const dataReachableFromEdge = stackRule({
    id: "data-reachable-from-edge",
    severity: "high",
    title: "Nothing that stores data is reachable from the edge",
    fix: "let the edge reach the application only: in Docker a network for the edge and another for the data, in Kubernetes a NetworkPolicy of the data that names the application",
    benchmarks: ["NIST SP 800-190 4.3.3", "NSA/CISA: Network separation"],
    controls: ["RAGFLOW-NET-01", "RAGFLOW-NET-04", "RAGAMUFFIN-NET-05", "SC-01"],

    check(stack) {
        const reach = reachOf(stack);
        const edges = ofRole(stack, "edge");
        return across(stores(stack).map(({ workload }) => workload), "networks", store => {
            if (!isStore(store)) {
                return undefined;
            }
            const way = first(edges, ({ workload, is }) => {
                const found = workload === store ? undefined : reach.between(workload, store);
                return found !== undefined && is() ? found : undefined;
            });
            return way === undefined ? undefined : `is reachable from the edge: ${wayText(way)}`;
        });
    },
});
