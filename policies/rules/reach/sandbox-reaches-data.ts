import { across, stackRule } from "../../rule";
import { reachOf } from "../../view/net/reach";
import { ofRole, stores } from "./roles";
import { waysText } from "./ways";

/** What runs in a sandbox is taken for hostile: a store that it reaches is a store under attack. */
export const sandboxReachesData = stackRule({
    id: "sandbox-reaches-data",
    severity: "critical",
    title: "No way leads from a sandbox to what stores data",
    fix: "give the sandbox no network, or one that no store is on; in Kubernetes an egress policy of the sandbox and an ingress policy of the store",
    benchmarks: ["NIST SP 800-190 4.3.3", "NSA/CISA: Network separation"],
    controls: ["RAGFLOW-BASE-01", "RAGAMUFFIN-FLOW-02", "SC-44", "SC-01"],

    check(stack) {
        const reach = reachOf(stack);
        const targets = stores(stack);
        return across(ofRole(stack, "sandbox").map(({ workload }) => workload), "networks", sandbox => {
            if (sandbox.role !== "sandbox") {
                return undefined;
            }
            const ways = waysText(targets, ({ workload, is }) => {
                const found = workload === sandbox ? undefined : reach.anyWay(sandbox, workload);
                return found !== undefined && is() ? found : undefined;
            });
            return ways === undefined ? undefined : `is a sandbox that reaches stored data: ${ways}`;
        });
    },
});
