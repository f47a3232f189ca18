import { workloadRule } from "../../rule";

/** Where the engine maps users, root in a container is nobody on the host; asking for the host's users undoes that. */
export const userNamespaceHost = workloadRule({
    id: "user-namespace-host",
    severity: "medium",
    title: "No container opts out of user namespaces",
    fix: "take the setting out (`userns_mode: host`, usernsMode, `hostUsers: true`)",
    benchmarks: ["CIS Docker 5.31"],
    controls: ["SC-43"],
    property: "hostUsers",

    check(workload) {
        return workload.hostUsers ? "asks for the host's user namespace" : undefined;
    },
});
