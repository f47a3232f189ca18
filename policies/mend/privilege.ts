import { add, containerMend, numberOf, pointedMend, remove, removalMend, set, settingMend, workloadMend, type Mend } from "./mend";
import type { Edit } from "./edits";
import type { ContainerView, Platform } from "../view/types";
import type { Path } from "../view/unfinished";

export const NEEDS_POWER = "a program that uses what is taken away fails";

const ALL: readonly Platform[] = ["compose", "docker", "swarm", "kubernetes"];

/** Mends of what a process may do. */
export const PRIVILEGE_MENDS: Readonly<Record<string, Mend>> = {
    "privileged-container": settingMend({ breaks: NEEDS_POWER }, "privileged", { compose: false, docker: false, kubernetes: false }),
    "writable-root": settingMend({ breaks: "a program that writes outside its volumes fails" }, "readOnlyRoot", { compose: true, docker: true, swarm: true, kubernetes: true }),
    "capabilities-not-dropped": containerMend({ breaks: NEEDS_POWER }, container => [add(container.place("droppedCapabilities"), "ALL")]),
    "capability-added": removalMend({ breaks: NEEDS_POWER }, ALL),
    "new-privileges-allowed": containerMend({ unless: needsToGain }, forbidGaining),
    "seccomp-not-set": containerMend({}, (container, { platform }) => platform === "kubernetes"
        ? [set([...container.workload.path, "securityContext", "seccompProfile", "type"], "RuntimeDefault")] : []),
    "seccomp-unconfined": containerMend({ breaks: NEEDS_POWER }, container => profiled(container, "seccompProfile", /^seccomp[=:](?:unconfined)?$/)),
    "apparmor-unconfined": containerMend({ breaks: NEEDS_POWER }, container => profiled(container, "appArmorProfile", /^(?:apparmor[=:]unconfined|label[=:]disable)$/)),
    "root-user": containerMend({
        breaks: "a program whose files belong to root cannot write them",
        parameters: { mendUser: { type: "integer", default: 10001, description: "number of the user that mending sets, and of its group" } },
    }, runAsUser),
    ...Object.fromEntries([
        "capability-takes-host", "capability-controls-kernel", "capability-inspects-processes", "capability-sets-clock-or-traces", "capability-starves-host",
        "capability-reads-kernel-log",
    ].map(id => [id, removalMend({ breaks: NEEDS_POWER }, ALL)])),
    "raw-network-kept": containerMend({ breaks: NEEDS_POWER }, (container, { at }) => {
        const added = container.addedCapabilities.filter(({ text }) => text === "NET_RAW" || text === "ALL");
        return at.join("\n") === container.place("addedCapabilities").join("\n") ? added.map(({ path }) => remove(container, path)) : [add(container.place("droppedCapabilities"), "NET_RAW")];
    }),
    "interactive-terminal": pointedMend({ breaks: "a shell that waits for what is typed ends" }, { compose: false, docker: false, kubernetes: false }),
    "kernel-files-unmasked": containerMend({ breaks: NEEDS_POWER }, (container, { platform, at }) => platform === "kubernetes" ? [set(at, "Default")] : [remove(container, at)]),
    "powerful-group-added": removalMend({ breaks: "files and sockets of the group are out of reach" }, ALL),
    "windows-host-process": containerMend({ breaks: NEEDS_POWER }, (container, { at }) => [remove({ path: container.workload.path }, at)]),
    "windows-administrator": containerMend({ breaks: "a program that administers its container fails" }, (container, { at }) =>
        [set(at.at(-1) === "runAsUserName" ? at : [...container.path, "securityContext", "windowsOptions", "runAsUserName"], "ContainerUser")]),
    "unsafe-sysctl": removalMend({ breaks: NEEDS_POWER }, ALL),
    "user-namespace-host": workloadMend({ breaks: "files of volumes that belong to the host's users are out of reach" },
        workload => [remove(workload, workload.place("hostUsers"))]),
};

/** Kubernetes refuses a pod that may do everything and yet gain nothing. */
export function needsToGain(container: ContainerView): string | undefined {
    if (container.workload.platform !== "kubernetes") {
        return undefined;
    }
    if (container.privileged) {
        return "Kubernetes refuses it together with `privileged`: mend that first";
    }
    return container.addedCapabilities.some(({ text }) => text === "SYS_ADMIN" || text === "ALL") ? "Kubernetes refuses it together with the capability SYS_ADMIN: mend that first" : undefined;
}

function forbidGaining(container: ContainerView): readonly Edit[] {
    if (container.workload.platform === "kubernetes") {
        return [set(container.place("noNewPrivileges"), false)];
    }
    const [first, ...others] = optionsLike(container, /^no-new-privileges/);
    const option = "no-new-privileges:true";
    return first === undefined ? [add(container.place("noNewPrivileges"), option)] : [set(first, option), ...others.map(at => remove(container, at))];
}

/** Places of the security options of this form. */
function optionsLike(container: ContainerView, form: RegExp): readonly Path[] {
    const { source, workload: { platform } } = container;
    const options = platform === "compose" ? source.get("security_opt").items : platform === "docker" ? source.get("securityOpts").items : [];
    return options.filter(option => form.test((option.text ?? "").trim())).map(option => option.path);
}

/** Asks for the engine's own profile: by silence on Docker, in so many words on Kubernetes, where it is written now. */
function profiled(container: ContainerView, field: "appArmorProfile" | "seccompProfile", option: RegExp): readonly Edit[] {
    const { workload, source } = container;
    if (workload.platform !== "kubernetes") {
        return optionsLike(container, option).map(at => remove(container, at));
    }
    const owner = source.get("securityContext", field).present ? source : workload.source.get("spec");
    const profile = owner.get("securityContext", field);
    if (profile.present) {
        const local = profile.get("localhostProfile");
        return [set([...profile.path, "type"], "RuntimeDefault"), ...local.present ? [remove(container, local.path)] : []];
    }
    const annotation = workload.source.get("metadata", "annotations", `container.apparmor.security.beta.kubernetes.io/${container.subject.container}`);
    return annotation.present ? [set(annotation.path, "runtime/default")] : [];
}

function runAsUser(container: ContainerView, { settings }: { readonly settings: Readonly<Record<string, unknown>> }): readonly Edit[] {
    const user = numberOf(settings, "mendUser");
    const { workload: { platform, source: pod } } = container;
    const given = container.user;
    if (platform !== "kubernetes") {
        // A user by name is one that only the image knows: another one may own its files.
        return given === undefined || given === "" || /^(?:root|0+)(?::|$)/.test(given) ? [set(container.place("user"), `${user}:${user}`)] : [];
    }
    if (given === undefined) {
        return [set(container.place("nonRootRequired"), true)];
    }
    const own = container.source.get("securityContext", "runAsUser");
    return [set(own.present ? own.path : pod.get("spec", "securityContext", "runAsUser").path, user)];
}
