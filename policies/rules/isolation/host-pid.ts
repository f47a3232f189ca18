import { workloadRule } from "../../rule";

/** With the host's processes in sight, a container reads their environment and memory, and may signal or trace them. */
export const hostPid = workloadRule({
    id: "host-pid",
    severity: "high",
    title: "No container shares the host's processes",
    fix: "take the setting out (`pid: host`, pidMode, hostPID)",
    benchmarks: ["CIS Docker 5.16", "CIS Kubernetes 5.2.3", "PSS baseline: Host Namespaces"],
    controls: ["SC-43"],
    property: "hostPid",

    check(workload) {
        return workload.hostPid ? "shares the host's process namespace" : undefined;
    },
});
