import { across, stackRule } from "../../rule";
import { reachOf, wayText } from "../../view/net/reach";
import { ofRole } from "./roles";

/** With a way out, code in a sandbox fetches what it lacks, carries off what it finds, and attacks others in your name. */
export const sandboxReachesOutside = stackRule({
    id: "sandbox-reaches-outside",
    severity: "high",
    title: "No way leads from a sandbox to the outside",
    fix: "give the sandbox no network or internal ones only; in Kubernetes an egress policy that names the few pods it talks to",
    benchmarks: ["NIST SP 800-190 4.3.3", "NSA/CISA: Network separation"],
    controls: ["ORCHESTRATOR-POSTURE-05", "ORCHESTRATOR-SANDBOX-02", "RAGAMUFFIN-FLOW-02", "SC-44"],

    check(stack) {
        const reach = reachOf(stack);
        return across(ofRole(stack, "sandbox").map(({ workload }) => workload), "networks", sandbox => {
            const way = sandbox.role === "sandbox" ? reach.toOutside(sandbox) : undefined;
            return way === undefined ? undefined : `is a sandbox that reaches the outside: ${wayText(way)}`;
        });
    },
});
