import { aboutContexts, faultsIn } from "../pod";
import { flagOf } from "../read";
import type { PodCheck } from "../check";
import type { Pod } from "../pod";
import type { Fault } from "../../view/unfinished";

const faults = (pod: Pod): readonly Fault[] => faultsIn(aboutContexts(pod.containers, ["privileged"], ({ called, context }) =>
    flagOf(context("privileged")) === true ? `runs ${called} privileged` : undefined));

/** A privileged container has every capability and every device of its node. */
export const privileged: PodCheck = {
    id: "pod-security-privileged",
    check: "privileged",
    level: "baseline",
    severity: "critical",
    title: "No container of a pod is privileged",
    fix: "take securityContext.privileged out; add the single capability that the program needs",
    controls: ["SC-39"],
    revisions: [{ since: 0, faults }],
};
