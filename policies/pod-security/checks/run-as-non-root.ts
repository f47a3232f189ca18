import { aboutContexts, faultsIn, unless } from "../pod";
import { flagOf } from "../read";
import { hasOwnUsers } from "./proc-mount";
import type { PodCheck } from "../check";
import type { Part, Pod } from "../pod";
import type { Fault } from "../../view/unfinished";

const flag = ({ context }: Part): boolean | undefined => flagOf(context("runAsNonRoot"));

/** A container that is silent does as its pod says; the pod answers for itself. */
function mayBeRoot(container: Part, pod: Part): string | undefined {
    const own = flag(container);
    if (own === false) {
        return `lets ${container.called} run as root (runAsNonRoot is false)`;
    }
    return own === undefined && flag(pod) === undefined ? `lets ${container.called} run as root (runAsNonRoot is not set)` : undefined;
}

const faults = ({ whole, containers }: Pod): readonly Fault[] => faultsIn([
    ...aboutContexts([whole], ["runAsNonRoot"], () => flag(whole) === false ? "lets its containers run as root (runAsNonRoot of the pod is false)" : undefined),
    ...aboutContexts(containers, ["runAsNonRoot"], container => mayBeRoot(container, whole)),
]);

/** Root in a container is root on the node behind one wall only. */
export const runAsNonRoot: PodCheck = {
    id: "pod-security-run-as-non-root",
    check: "runAsNonRoot",
    level: "restricted",
    severity: "medium",
    title: "No container may be started as root",
    fix: "set securityContext.runAsNonRoot to true in the pod, and false nowhere",
    controls: ["SC-37"],
    revisions: [
        { since: 0, faults },
        { since: 35, faults: pod => unless(() => hasOwnUsers(pod), () => faults(pod)) },
    ],
};
