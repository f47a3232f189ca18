import { each, textsOf, workloadRule } from "../../rule";
import { isSensitive, isWithin } from "../../view/host-paths";
import type { Rule } from "../../rule";

/** Keys, passwords and the state of the host lie in a few folders: to read them is often enough. */
const sensitiveHostPath = workloadRule({
    id: "sensitive-host-path",
    severity: "high",
    title: "No container reads the host's own folders",
    fix: "mount the single file that is needed, or give the program a copy of it as a config or secret",
    benchmarks: ["CIS Docker 5.6", "NIST SP 800-190 4.4.3", "OWASP Docker Security Rule 1"],
    controls: ["SC-43"],
    property: "hostMounts",
    check: workload => each(workload.hostMounts, mount => isSensitive(mount.source, true) && mount.readOnly ? `reads the host's ${mount.source}` : undefined),
});

/** Whoever writes there decides what the host runs next. */
const sensitiveHostPathWritable = workloadRule({
    id: "sensitive-host-path-writable",
    severity: "critical",
    title: "No container writes to the host's own folders",
    fix: "take the mount out; where the host's files must be read, mount the single file read-only",
    benchmarks: ["CIS Docker 5.6", "NIST SP 800-190 4.4.3", "NSA/CISA: Immutable container file systems"],
    controls: ["SC-43"],
    property: "hostMounts",
    check: workload => each(workload.hostMounts, mount => isSensitive(mount.source, false) && !mount.readOnly ? `may write to the host's ${mount.source}` : undefined),
});

/** Files of the host that a container may write are changed by whoever takes it over, and stay changed. */
const hostPathWritable = workloadRule({
    id: "host-path-writable",
    severity: "medium",
    title: "Paths of the host are mounted read-only",
    fix: "mount it read-only (`:ro`, readOnly), and keep what is written in a volume",
    benchmarks: ["CIS Docker 5.6", "NSA/CISA: Immutable container file systems"],
    controls: ["SC-43"],
    // host-path-mounted already refuses every path that is not declared.
    optional: true,
    property: "hostMounts",
    parameters: { declared: { type: "array", items: { type: "string" }, default: [], description: "paths of the host that may be written, with all below them" } },

    check(workload, settings) {
        const declared = textsOf(settings, "declared");
        return each(workload.hostMounts, mount => mount.source === "" || declared.some(path => isWithin(path, mount.source)) || mount.readOnly
            ? undefined : `may write to the host's ${mount.source}`);
    },
});

export const HOST_PATH_RULES: readonly Rule[] = [hostPathWritable, sensitiveHostPath, sensitiveHostPathWritable];
