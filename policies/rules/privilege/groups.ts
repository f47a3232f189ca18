import { containerRule, each, podRule, textsOf, together, workloadRule } from "../../rule";
import { addedGroups, primaryGroup, volumeGroup } from "../../view/groups";
import type { Rule, Settings } from "../../rule";
import type { Value } from "../../view/value";

const isRoot = (name: string): boolean => name === "root" || /^0+$/.test(name);

/** Files of the host that root's group may read and write are many: nobody has it without need. */
const rootGroup = containerRule({
    id: "root-group",
    severity: "medium",
    title: "No process has the group root",
    fix: "name a group beside the user: `user: \"10001:10001\"` (Docker, Compose), runAsGroup (Kubernetes)",
    benchmarks: ["NSA/CISA: Non-root containers", "NIST SP 800-190 4.4.3"],
    controls: ["SC-37"],
    // Images made for any user number, such as Elasticsearch's, keep their files in this group.
    optional: true,
    property: "user",

    check(container) {
        const group = primaryGroup(container);
        // Who is root already is another rule's: one fault, one finding.
        const root = container.workload.platform !== "kubernetes" && isRoot(container.user?.split(":", 1)[0] ?? "");
        return group !== undefined && !root && isRoot(group.text) ? { message: `runs with the group root (group: ${group.text})`, at: group.path } : undefined;
    },
});

/** Some groups are as good as root: their members speak to the engine, or read every disk. */
const powerfulGroupAdded = workloadRule({
    id: "powerful-group-added",
    severity: "high",
    title: "No process is put into the group root, the engine's or another that is as good as root",
    fix: "take the group out; give the files that are needed to a group of their own",
    benchmarks: ["NSA/CISA: Non-root containers", "Docker: Manage Docker as a non-root user"],
    controls: ["SC-37", "SC-43"],
    parameters: {
        groups: {
            type: "array", items: { type: "string" }, default: ["adm", "containerd", "disk", "docker", "kmem", "libvirt", "lxd", "podman", "shadow", "sudo", "wheel"],
            description: "groups, by name or number, that are as good as root beside 0; an engine's group has another number on each host",
        },
    },

    check(workload, settings) {
        const powerful = new Set(textsOf(settings, "groups"));
        return together(
            () => each(addedGroups(workload), group => isRoot(group.text ?? "") || powerful.has(group.text ?? "") ? `is put into the group ${group.text ?? ""}` : undefined),
            () => each(listed(volumeGroup(workload)), group => isRoot(group.text ?? "") || powerful.has(group.text ?? "") ? `is put into the group ${group.text ?? ""} by its volumes (fsGroup)` : undefined),
        );
    },
});

/** Numbers below 10000 are people and services of most hosts: who breaks out with such a group finds files of its own. */
const lowGroupId = containerRule({
    id: "low-group-id",
    severity: "low",
    title: "A group's number is above those that hosts give to their own",
    fix: "choose a group number of 10000 or more and give it the files that it needs",
    benchmarks: ["NSA/CISA: Non-root containers"],
    controls: [],
    // Many images bring files that belong to a lower number.
    optional: true,
    property: "user",
    parameters: { least: { type: "integer", default: 10000, description: "the lowest group number that is allowed" } },

    check(container, settings) {
        const group = primaryGroup(container);
        const low = group !== undefined && /^\d+$/.test(group.text) && Number(group.text) > 0 && Number(group.text) < Number(settings["least"]);
        return low ? { message: `has a group number that hosts use too (${group.text})`, at: group.path } : undefined;
    },
});

/** Where storage is shared, a group is what one pod's files are kept from another with. */
const volumeGroupOutsideRange = podRule({
    id: "volume-group-outside-range",
    severity: "low",
    title: "Volumes are given to a group of the agreed ranges only",
    fix: "choose an fsGroup of an agreed range",
    benchmarks: ["Kubernetes: Configure a Security Context for a Pod or Container"],
    controls: [],
    parameters: { ranges: ranges("groups that volumes may be given to") },
    check: (workload, settings) => outside(settings, "gives its volumes to the group", listed(volumeGroup(workload))),
});

const supplementaryGroupOutsideRange = workloadRule({
    id: "supplementary-group-outside-range",
    severity: "low",
    title: "Processes are in groups of the agreed ranges only",
    fix: "take the group out, or choose one of an agreed range",
    benchmarks: ["Kubernetes: Configure a Security Context for a Pod or Container"],
    controls: [],
    parameters: { ranges: ranges("groups that processes may be put into") },
    check: (workload, settings) => outside(settings, "is put into the group", addedGroups(workload)),
});

function ranges(what: string) {
    return { type: "array", items: { type: "string" }, default: [], description: `${what}, e.g. 20000-29999; none says that every one may be used` } as const;
}

function outside(settings: Settings, what: string, groups: readonly Value[]) {
    const agreed = textsOf(settings, "ranges");
    return agreed.length === 0 ? [] : each(groups, ({ text }) => agreed.some(range => isIn(range, text ?? "")) ? undefined : `${what} ${text ?? ""}, outside ${agreed.join(", ")}`);
}

/** `20000-29999`, or one number. A range that is none of these holds nothing. */
function isIn(range: string, group: string): boolean {
    const [, from = "", to = from] = /^(\d+)(?:-(\d+))?$/.exec(range) ?? [];
    return from !== "" && /^\d+$/.test(group) && Number(group) >= Number(from) && Number(group) <= Number(to);
}

function listed(value: Value | undefined): readonly Value[] {
    return value === undefined ? [] : [value];
}

export const GROUP_RULES: readonly Rule[] = [lowGroupId, powerfulGroupAdded, rootGroup, supplementaryGroupOutsideRange, volumeGroupOutsideRange];
