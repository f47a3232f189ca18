import { aboutContexts, faultsIn, unless } from "../pod";
import { integerOf } from "../read";
import { hasOwnUsers } from "./proc-mount";
import type { PodCheck } from "../check";
import type { Pod } from "../pod";
import type { Fault } from "../../view/unfinished";

/** The pod's own user counts though every container may name another. */
const faults = ({ whole, containers }: Pod): readonly Fault[] => faultsIn(aboutContexts([whole, ...containers], ["runAsUser"], ({ called, context }) =>
    integerOf(context("runAsUser")) === 0 ? `runs ${called} as root (runAsUser: 0)` : undefined));

/** With the user written in the manifest no image can help. */
export const runAsUser: PodCheck = {
    id: "pod-security-run-as-user",
    check: "runAsUser",
    level: "restricted",
    severity: "medium",
    title: "No pod or container names root as its user",
    fix: "set securityContext.runAsUser to a number above 0, or take it out where the image names a user",
    controls: ["SC-37"],
    revisions: [
        { since: 23, faults },
        { since: 35, faults: pod => unless(() => hasOwnUsers(pod), () => faults(pod)) },
    ],
};
