import { aboutContexts, faultsIn, isForWindows, unless } from "../pod";
import { flagOf } from "../read";
import type { PodCheck } from "../check";
import type { Pod } from "../pod";
import type { Fault } from "../../view/unfinished";

const faults = (pod: Pod): readonly Fault[] => faultsIn(aboutContexts(pod.containers, ["allowPrivilegeEscalation"], ({ called, context }) => {
    const allowed = flagOf(context("allowPrivilegeEscalation"));
    return allowed === false ? undefined : `lets ${called} gain privileges (allowPrivilegeEscalation ${allowed === true ? "is true" : "is not set"})`;
}));

/** Silence means yes: a container gains what a set-user-ID program offers unless it says that it does not. */
export const allowPrivilegeEscalation: PodCheck = {
    id: "pod-security-allow-privilege-escalation",
    check: "allowPrivilegeEscalation",
    level: "restricted",
    severity: "medium",
    title: "Every container says that it gains no privileges",
    fix: "set securityContext.allowPrivilegeEscalation to false in every container",
    controls: ["SC-39"],
    revisions: [
        { since: 8, faults },
        { since: 25, faults: pod => unless(() => isForWindows(pod), () => faults(pod)) },
    ],
};
