import { aboutContexts, faultsIn, unless } from "../pod";
import { flagOf, shown, textOf } from "../read";
import type { PodCheck } from "../check";
import type { Part, Pod } from "../pod";
import type { Fault } from "../../view/unfinished";

/** An empty text is one that was set, and not to Default. */
function unmasked({ called, context }: Part): string | undefined {
    const mount = context("procMount");
    return !mount.present || textOf(mount) === "Default" ? undefined : `sets procMount of ${called} to ${shown(mount)}`;
}

const faults = (pod: Pod): readonly Fault[] => faultsIn(aboutContexts(pod.containers, ["procMount"], unmasked));

/** Whether root in the pod is nobody on its node. */
export function hasOwnUsers({ spec }: Pod): boolean {
    return flagOf(spec.get("hostUsers")) === false;
}

/** What the runtime hides of /proc tells of the node, and some of it changes the node. */
export const procMount: PodCheck = {
    id: "pod-security-proc-mount",
    check: "procMount",
    level: "baseline",
    severity: "high",
    title: "No container of a pod with the users of its node sees all of /proc",
    fix: "take securityContext.procMount out, or set it to Default",
    controls: ["SC-39"],
    revisions: [
        { since: 0, faults },
        { since: 35, faults: pod => unless(() => hasOwnUsers(pod), () => faults(pod)) },
    ],
};

/** The level restricted goes on to refuse it for every pod. */
export const procMountRestricted: PodCheck = {
    id: "pod-security-proc-mount-restricted",
    check: "procMount_restricted",
    level: "restricted",
    severity: "medium",
    title: "No container sees all of /proc, in whatever pod",
    fix: "take securityContext.procMount out, or set it to Default",
    controls: ["SC-39"],
    revisions: [{ since: 35, faults, overrides: ["procMount"] }],
};
