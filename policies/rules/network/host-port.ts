import { exposureRule } from "../../rule";

/** A port of the node is open to whoever reaches the node, past every Service and most network policies. */
export const hostPort = exposureRule({
    id: "host-port",
    severity: "medium",
    title: "No container takes a port of its node",
    fix: "take hostPort out and put a Service in front of the pods",
    benchmarks: ["CIS Kubernetes 5.2.13", "PSS baseline: Host Ports"],
    controls: ["SC-02"],

    check(exposure) {
        return exposure.how === "host port" ? `takes port ${exposure.port ?? ""} of its node` : undefined;
    },
});
