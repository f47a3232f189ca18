import { workloadRule } from "../../rule";

/** Shared memory of the host's programs is readable and writable from a container in their IPC namespace. */
export const hostIpc = workloadRule({
    id: "host-ipc",
    severity: "high",
    title: "No container shares the host's IPC",
    fix: "take the setting out (`ipc: host`, ipcMode, hostIPC); raise shm_size if the program needs more shared memory",
    benchmarks: ["CIS Docker 5.17", "CIS Kubernetes 5.2.4", "PSS baseline: Host Namespaces"],
    controls: ["SC-43"],
    property: "hostIpc",

    check(workload) {
        return workload.hostIpc ? "shares the host's IPC namespace" : undefined;
    },
});
