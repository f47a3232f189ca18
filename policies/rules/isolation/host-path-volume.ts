import { textsOf, volumeRule } from "../../rule";
import { isWithin } from "../../view/host-paths";

/** A named volume that is a path of the host in disguise gives a container what a mount of that path would. */
export const hostPathVolume = volumeRule({
    id: "host-path-volume",
    severity: "high",
    title: "No named volume is a path of the host, unless declared",
    fix: "let the engine keep the volume's files, or declare the path",
    benchmarks: ["CIS Docker 5.6", "CIS Kubernetes 5.2.12", "NIST SP 800-190 4.4.3"],
    controls: ["SC-43"],
    property: "hostPath",
    parameters: {
        declared: { type: "array", items: { type: "string" }, default: [], description: "paths of the host that volumes may be, with all below them" },
    },

    check(volume, settings) {
        const { hostPath } = volume;
        return hostPath === undefined || textsOf(settings, "declared").some(path => isWithin(path, hostPath)) ? undefined : `is the host's ${hostPath}`;
    },
});
