import { podRule, textsOf, workloadRule } from "../../rule";
import { workloadSetting } from "../../view/setting";
import { isWindows } from "../../view/windows";
import type { Rule } from "../../rule";

/** The host's hierarchy shows every container and service of the host by name, and is one step from being changed. */
const hostCgroupNamespace = workloadRule({
    id: "host-cgroup-namespace",
    severity: "medium",
    title: "No container shares the host's control group namespace",
    fix: "take the setting out (`cgroup: host`, cgroupnsMode): each container then has a namespace of its own",
    benchmarks: ["Docker: docker container run, --cgroupns", "NIST SP 800-190 4.4.3"],
    controls: ["SC-43"],

    check(workload) {
        const mode = workloadSetting(workload, { compose: ["cgroup"], docker: ["cgroupnsMode"] });
        return mode?.text === "host" ? { message: "shares the host's control group namespace", at: mode.path } : undefined;
    },
});

/** Limits hang on the control group: in another one than the engine's they are somebody else's, or none. */
const cgroupParentSet = workloadRule({
    id: "cgroup-parent-set",
    severity: "low",
    title: "Every container stays in the control group that the engine gives it",
    fix: "take the setting out (`cgroup_parent`, cgroupParent), or name the group in the rule's parameters",
    benchmarks: ["CIS Docker 5.25"],
    controls: ["SC-41"],
    parameters: { agreed: { type: "array", items: { type: "string" }, default: [], description: "control groups that containers may be put into" } },

    check(workload, settings) {
        const parent = workloadSetting(workload, { compose: ["cgroup_parent"], docker: ["cgroupParent"] });
        const name = parent?.text ?? "";
        return parent === undefined || name === "" || textsOf(settings, "agreed").includes(name) ? undefined : { message: `is put into the control group ${name}`, at: parent.path };
    },
});

/** One container then reads the environment and the files of the others through /proc, and may stop them. */
const sharedProcessNamespace = workloadRule({
    id: "shared-process-namespace",
    severity: "medium",
    title: "No two containers share their processes",
    fix: "take the setting out (`shareProcessNamespace`, `pid: service:…`, pidMode)",
    benchmarks: ["NSA/CISA: Shared process namespaces", "Kubernetes: Share Process Namespace between Containers in a Pod"],
    controls: ["SC-43"],

    check(workload) {
        const shared = workloadSetting(workload, { kubernetes: ["spec", "shareProcessNamespace"] });
        if (shared !== undefined) {
            return shared.flag === true ? { message: "lets its containers share their processes", at: shared.path } : undefined;
        }
        const mode = workloadSetting(workload, { compose: ["pid"], docker: ["pidMode"] });
        const [, other] = /^(?:service|container):(.+)$/.exec(mode?.text ?? "") ?? [];
        return other === undefined ? undefined : { message: `shares the processes of ${other}`, at: mode?.path };
    },
});

/** In users of its own, root of a container is nobody on the node, and most ways out of it lead nowhere. */
const userNamespaceNotRequested = podRule({
    id: "user-namespace-not-requested",
    severity: "low",
    title: "Every pod has users of its own",
    fix: "set `hostUsers: false`; nodes need Linux 6.3 and Kubernetes 1.33, or the feature switched on",
    benchmarks: ["Kubernetes: User Namespaces"],
    controls: ["SC-43"],
    // Not every node can, and none with volumes of certain kinds.
    optional: true,
    property: "hostUsers",

    check(workload) {
        const spec = workload.source.get("spec");
        const asked = spec.get("hostUsers").flag;
        return asked === false || isWindows(spec) ? undefined : `does not ask for users of its own (hostUsers: ${asked ?? "not set"})`;
    },
});

export const NAMESPACE_RULES: readonly Rule[] = [cgroupParentSet, hostCgroupNamespace, sharedProcessNamespace, userNamespaceNotRequested];
