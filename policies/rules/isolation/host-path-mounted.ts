import { each, textsOf, workloadRule } from "../../rule";
import { isWithin } from "../../view/host-paths";
import { Unfinished } from "../../view/unfinished";
import type { HostMount } from "../../view/types";

/** A path of the host inside a container is a way out of it: to read the host's secrets, or to write what the host runs. */
export const hostPathMounted = workloadRule({
    id: "host-path-mounted",
    severity: "high",
    title: "Only declared paths of the host are mounted",
    fix: "use a named volume, or a config or secret for a single file; declare the path if the host's own files are needed",
    benchmarks: ["CIS Docker 5.6", "CIS Kubernetes 5.2.12", "PSS baseline: HostPath Volumes", "NIST SP 800-190 4.4.3"],
    controls: ["ORCHESTRATOR-SANDBOX-06", "SC-43"],
    property: "hostMounts",
    parameters: {
        declared: { type: "array", items: { type: "string" }, default: [], description: "paths of the host that may be mounted, with all below them" },
    },

    check(workload, settings) {
        const declared = textsOf(settings, "declared");
        return each(workload.hostMounts, mount => mount.source === "" || declared.some(path => isWithin(path, mount.source))
            ? undefined : `mounts the host's ${mount.source}${mayWrite(mount) ? ", writable" : ""}`);
    },
});

/** The path is mounted either way: whether it may be written to need not be known. */
function mayWrite(mount: HostMount): boolean {
    try {
        return !mount.readOnly;
    } catch (error) {
        if (error instanceof Unfinished) {
            return false;
        }
        throw error;
    }
}
