import { workloadRule } from "../../rule";

/** On the host's network a container listens where it likes, hears the host's own traffic and reaches its loopback services. */
export const hostNetwork = workloadRule({
    id: "host-network",
    severity: "high",
    title: "No container shares the host's network",
    fix: "put it on a network of its own and publish the port that is needed",
    benchmarks: ["CIS Docker 5.10", "CIS Kubernetes 5.2.5", "PSS baseline: Host Namespaces", "NIST SP 800-190 4.4.2"],
    controls: ["SC-43", "SC-02"],
    property: "hostNetwork",

    check(workload) {
        return workload.hostNetwork ? "shares the host's network" : undefined;
    },
});
