import { across, stackRule } from "../../rule";
import { first } from "../../view/net/known";
import { reachOf, wayText } from "../../view/net/reach";
import { routedWay } from "../../view/net/routed";
import type { Stack } from "../../view/stack";
import type { WorkloadView } from "../../view/types";
import type { Way } from "../../view/net/cluster-reach";

/** Whoever is outside should meet the edge and nothing else: it alone is made to be attacked. */
export const reachableFromOutside = stackRule({
    id: "reachable-from-outside",
    severity: "high",
    title: "Nothing but the edge is reachable from outside",
    fix: "take the first hop away: the published port, the open Service, the host's network; and let the edge route to it where it must be reached",
    benchmarks: ["CIS Docker 5.14", "NIST SP 800-190 4.3.3", "NSA/CISA: Network separation"],
    controls: ["RAGFLOW-NET-01", "RAGFLOW-NET-02", "RAGFLOW-NET-03", "RAGFLOW-NET-04", "RAGFLOW-NET-06", "RAGAMUFFIN-NET-05", "SC-02"],
    parameters: {
        undeclared: { type: "boolean", default: false, description: "whether workloads that say nothing of their role are judged where other rules see the way in too: a port that they publish, the host's network" },
    },

    check(stack, settings) {
        return across(stack.workloads, "networks", workload => {
            const { role } = workload;
            if (role === "edge") {
                return undefined;
            }
            const way = wayTo(stack, workload);
            const seenElsewhere = role === undefined && settings["undeclared"] !== true && isPlain(workload, way ?? []);
            return way === undefined || seenElsewhere ? undefined : `is reachable from outside: ${wayText(way)}`;
        });
    },
});

/** What a request may be routed to by an Ingress: all but what keeps data or runs code that nobody has read. */
const ROUTED: ReadonlySet<string> = new Set(["application", "edge"]);

function wayTo(stack: Stack, workload: WorkloadView): Way | undefined {
    const { role } = workload;
    return first<() => Way | undefined, Way>([
        () => reachOf(stack).fromOutside(workload),
        () => role === undefined || ROUTED.has(role) ? undefined : routedWay(stack, workload),
    ], way => way());
}

/** Whether the way in is one that the rules about ports and the host's network report where it begins. */
function isPlain(workload: WorkloadView, way: Way): boolean {
    return workload.platform === "kubernetes" || workload.hostNetwork || way.length === 3 && !(way[1] ?? "").startsWith("network ");
}
