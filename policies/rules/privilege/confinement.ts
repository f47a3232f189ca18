import { containerRule, each, textsOf, together } from "../../rule";
import { containerSetting, podContext, securityOptions } from "../../view/setting";
import { Inexpressible } from "../../view/unfinished";
import type { Rule } from "../../rule";
import type { ContainerView } from "../../view/types";
import type { Value } from "../../view/value";

/** Most runtimes choose a profile by themselves where the host has AppArmor; saying so makes sure of it. */
const apparmorNotSet = containerRule({
    id: "apparmor-not-set",
    severity: "low",
    title: "An AppArmor profile is asked for",
    fix: "set `apparmor=docker-default` in the security options (Docker, Compose) or appArmorProfile to `type: RuntimeDefault` (Kubernetes)",
    benchmarks: ["CIS Docker 5.2", "NSA/CISA: AppArmor"],
    controls: ["SC-40"],
    // Hosts with SELinux have no AppArmor, and refuse a pod that asks for it.
    optional: true,
    property: "apparmor",

    check(container) {
        if (container.workload.platform === "swarm") {
            throw new Inexpressible("cannot be given an AppArmor profile: its resource has no field for it, so the engine's default profile is needed");
        }
        return container.apparmor === undefined ? "asks for no AppArmor profile (not set)" : undefined;
    },
});

/** SELinux keeps containers apart by type and by a number of each one's own; a type made for the host, or a role, undoes that. */
const selinuxLoosened = containerRule({
    id: "selinux-loosened",
    severity: "high",
    title: "No container has an SELinux type that is not made for containers, or a user or role of its own",
    fix: "take the option out, or use a type that is made for containers",
    benchmarks: ["CIS Docker 5.3", "PSS baseline: SELinux", "NSA/CISA: SELinux"],
    controls: ["SC-40"],
    property: "selinux",
    parameters: {
        types: {
            type: "array", items: { type: "string" }, default: ["container_t", "container_init_t", "container_kvm_t", "container_engine_t"],
            description: "types that are made for containers",
        },
    },

    check(container, settings) {
        const types = new Set(textsOf(settings, "types"));
        const judge = (what: string, value: string) => value === "" || what === "type" && types.has(value) ? undefined : `has an SELinux ${what} of its own (${value})`;
        return together(
            () => each(labelsOf(container), ({ what, value }) => judge(what, value.text ?? "")),
            () => each(securityOptions(container), option => {
                const [, what = "", value = ""] = /^label[=:](type|user|role):(.*)$/s.exec((option.text ?? "").trim()) ?? [];
                return judge(what, value);
            }),
        );
    },
});

/** The labels that are fields. On Kubernetes the options of a container take the place of its pod's, all at once. */
function labelsOf(container: ContainerView) {
    const options = container.workload.platform === "kubernetes" ? podContext(container, "seLinuxOptions")
        : containerSetting(container, { swarm: ["taskSpec", "containerSpec", "privileges", "seLinuxContext"] });
    return options === undefined ? [] : ["type", "user", "role"].map(what => {
        const value = options.known ? options.get(what) : options;
        return { what, value, path: value.path };
    });
}

/** Engines hide what in /proc and /sys tells of the kernel or changes it, since not all of it is kept apart by namespaces. */
const kernelFilesUnmasked = containerRule({
    id: "kernel-files-unmasked",
    severity: "high",
    title: "What engines hide of /proc and /sys stays hidden",
    fix: "take the setting out (`systempaths=unconfined`, `writable-cgroups=true`, procMount)",
    benchmarks: ["PSS baseline: /proc Mount Type", "Docker: docker container run, --security-opt"],
    controls: ["SC-43"],

    check(container) {
        return together(
            () => each(listed(containerSetting(container, { kubernetes: ["securityContext", "procMount"] })),
                ({ text }) => text === undefined || text === "Default" ? undefined : `has all of /proc in reach (procMount: ${text})`),
            () => each(securityOptions(container), option => UNMASKED.test((option.text ?? "").trim()) ? `has what engines hide of /proc and /sys in reach (${option.text ?? ""})` : undefined),
        );
    },
});

const UNMASKED = /^(?:systempaths[=:]unconfined|writable-cgroups(?:[=:](?:1|t|T|true|TRUE|True))?)$/;

function listed(value: Value | undefined): readonly Value[] {
    return value === undefined ? [] : [value];
}

export const CONFINEMENT_RULES: readonly Rule[] = [apparmorNotSet, kernelFilesUnmasked, selinuxLoosened];
