import { each, podContainerRule, podRule } from "../../rule";
import { scratchLimited } from "../../view/resource-requests";
import type { Value } from "../../view/value";

/** Whoever can write to a container's own file system can fill its node's disk, and the kubelet then evicts its neighbours. */
export const noScratchLimit = podContainerRule({
    id: "no-scratch-limit",
    severity: "low",
    title: "Every container's share of its node's disk is limited",
    fix: "set resources.limits.ephemeral-storage, or make the root file system read-only",
    benchmarks: ["Kubernetes: Local ephemeral storage", "NIST SP 800-190 4.4.3"],
    controls: ["SC-38", "SC-41"],

    check(container) {
        // A read-only root leaves only volumes to write to, and those are judged by themselves.
        if (container.slot === "ephemeral" || container.readOnlyRoot === true || scratchLimited(container)) {
            return undefined;
        }
        return { message: "may fill its node's disk (ephemeral-storage limit: not set)", at: [...container.path, "resources", "limits", "ephemeral-storage"] };
    },
});

/** Scratch space without a size takes the whole of the node's disk. */
export const unboundedEmptyDir = podRule({
    id: "unbounded-empty-dir",
    severity: "low",
    title: "Every pod's scratch space has a size",
    fix: "set emptyDir.sizeLimit, or limits.ephemeral-storage of every container of the pod",
    benchmarks: ["Kubernetes: Volumes, emptyDir", "NIST SP 800-190 4.4.3"],
    controls: ["SC-38", "SC-41"],

    check(workload) {
        const limited = () => workload.containers.filter(container => container.slot !== "ephemeral").every(scratchLimited);
        return each(workload.source.get("spec", "volumes").items, volume => {
            const scratch = emptyDirOf(volume);
            if (scratch === undefined || scratch.get("medium").text === "Memory" || scratch.get("sizeLimit").present || limited()) {
                return undefined;
            }
            return `has scratch space without a bound, ${volume.get("name").text ?? ""} (sizeLimit: not set)`;
        });
    },
});

/** A volume of which only the name is given is an emptyDir: the API server makes it one. */
function emptyDirOf(volume: Value): Value | undefined {
    const sources = volume.entries.filter(([key]) => key !== "name");
    return volume.isMapping && sources.every(([key, value]) => key === "emptyDir" || value.known && !value.present) ? volume.get("emptyDir") : undefined;
}
