import { add, remove, set, workloadMend, type Found, type Mend } from "./mend";
import { NEEDS_POWER, needsToGain } from "./privilege";
import type { Edit, Plain } from "./edits";
import type { ContainerView, WorkloadView } from "../view/types";

/** Mends of what the Pod Security Standards refuse: their findings point at the field itself. */
export const POD_SECURITY_MENDS: Readonly<Record<string, Mend>> = {
    "pod-security-allow-privilege-escalation": {
        ...said(false, undefined),
        unless: found => { const container = containerAt(found); return container === undefined ? undefined : needsToGain(container); },
    },
    "pod-security-apparmor-profile": workloadMend({ breaks: NEEDS_POWER }, (_pod, { at }) => [set(at, at.at(-1) === "type" ? "RuntimeDefault" : "runtime/default")]),
    "pod-security-capabilities-baseline": taken(),
    "pod-security-capabilities-restricted": workloadMend({ breaks: NEEDS_POWER }, (pod, { at }) => at.at(-1) === "drop" ? [add(at, "ALL")] : [remove(pod, at)]),
    "pod-security-host-namespaces": said(false, NEEDS_POWER),
    "pod-security-host-ports": workloadMend({ breaks: "whoever came by the node's port needs a Service" }, (pod, { at }) => [remove(pod, [...at, "hostPort"]), remove(pod, [...at, "hostIP"])]),
    "pod-security-host-probes-and-lifecycle": workloadMend({ breaks: "what is asked elsewhere is no longer asked" }, (pod, { at }) => at.at(-1) === "host" ? [remove(pod, at)] : []),
    "pod-security-privileged": said(false, NEEDS_POWER),
    "pod-security-proc-mount": said("Default", NEEDS_POWER),
    "pod-security-proc-mount-restricted": said("Default", NEEDS_POWER),
    "pod-security-run-as-non-root": said(true, "an image whose user is root does not start"),
    "pod-security-run-as-user": workloadMend({ breaks: "a program whose files belong to root cannot write them" }, (pod, { at }) => [remove(pod, at)]),
    "pod-security-seccomp-profile-baseline": said("RuntimeDefault", NEEDS_POWER),
    "pod-security-seccomp-profile-restricted": workloadMend({ breaks: NEEDS_POWER }, confined),
    "pod-security-selinux-options": taken(),
    "pod-security-sysctls": taken(),
    "pod-security-windows-host-process": taken(),
};

function said(value: Plain, breaks: string | undefined): Mend {
    return workloadMend(breaks === undefined ? {} : { breaks }, (_pod, { at }) => [set(at, value)]);
}

function taken(): Mend {
    return workloadMend({ breaks: NEEDS_POWER }, (pod, { at }) => [remove(pod, at)]);
}

/** What nobody has said is said for the whole pod. */
function confined(pod: WorkloadView, found: Found): readonly Edit[] {
    const silent = containerAt(found)?.source.get("securityContext", "seccompProfile").present === false;
    return [set([...silent ? [...pod.path, "securityContext", "seccompProfile"] : found.at.slice(0, found.at.lastIndexOf("seccompProfile") + 1), "type"], "RuntimeDefault")];
}

/** The container that a finding points into. */
function containerAt({ view, at }: Found): ContainerView | undefined {
    return (view as WorkloadView).containers.find(({ path }) => path.every((step, depth) => step === at[depth]));
}
