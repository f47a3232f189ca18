import { each, workloadRule } from "../../rule";
import { holdsEngineSocket } from "../../view/host-paths";

/**
 * Whoever may write to an engine's socket may start a privileged container, and so owns the host. A read-only mount is no
 * help: connecting is not writing to the file system.
 */
export const dockerSocketMounted = workloadRule({
    id: "docker-socket-mounted",
    severity: "critical",
    title: "No container is given the socket of a container engine",
    fix: "take the mount out; a program that must see containers gets a proxy that lets only the calls through that it needs",
    benchmarks: ["CIS Docker 5.32", "NIST SP 800-190 4.5.1", "OWASP Docker Security Rule 1"],
    controls: ["ORCHESTRATOR-TOOLS-02", "SC-43"],
    property: "hostMounts",

    check(workload) {
        return each(workload.hostMounts, mount => mount.source !== "" && holdsEngineSocket(mount.source)
            ? `mounts ${mount.source}, which holds the socket of a container engine` : undefined);
    },
});
