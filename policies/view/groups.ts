import { podContext, workloadSetting } from "./setting";
import type { ContainerView, Item, WorkloadView } from "./types";
import type { Value } from "./value";

/** The first group of a container's processes, a number or a name; undefined where it is the image's business. */
export function primaryGroup(container: ContainerView): Item | undefined {
    if (container.workload.platform === "kubernetes") {
        const group = podContext(container, "runAsGroup");
        return group.present ? { text: group.text ?? "", path: group.path } : undefined;
    }
    const [, group = ""] = /^[^:]*:(.+)$/.exec(container.user ?? "") ?? [];
    return group === "" ? undefined : { text: group, path: container.place("user") };
}

/** Groups that a workload's processes are in beside their first one. */
export function addedGroups(workload: WorkloadView): readonly Value[] {
    return workloadSetting(workload, {
        compose: ["group_add"], docker: ["groupAdds"], swarm: ["taskSpec", "containerSpec", "groups"],
        kubernetes: ["spec", "securityContext", "supplementalGroups"],
    })?.items ?? [];
}

/** The group that a pod's volumes are given to; undefined where none is. */
export function volumeGroup(workload: WorkloadView): Value | undefined {
    const group = workloadSetting(workload, { kubernetes: ["spec", "securityContext", "fsGroup"] });
    return group?.known === false || group?.present === true ? group : undefined;
}
