import { aboutAnnotations, aboutContexts, faultsIn, isForWindows, unless } from "../pod";
import { given, shown, textOf } from "../read";
import { some } from "../../rule";
import type { PodCheck } from "../check";
import type { Part, Pod } from "../pod";
import type { Fault } from "../../view/unfinished";
import type { Value } from "../../view/value";

const ALLOWED = ["RuntimeDefault", "Localhost"];
const WAY = ["seccompProfile", "type"];

const POD_ANNOTATION = "seccomp.security.alpha.kubernetes.io/pod";
const CONTAINER_ANNOTATION = "container.seccomp.security.alpha.kubernetes.io/";
const ALLOWED_BY_ANNOTATION = /^(?:(?:runtime|docker)\/default$|localhost\/)/;

/** Before 1.19 there was no field, and annotations were what counted; those for containers that are not there did not. */
function inAnnotation(name: string, value: Value, { containers }: Pod): string | undefined {
    const ofPod = name === POD_ANNOTATION;
    const container = name.startsWith(CONTAINER_ANNOTATION) ? name.slice(CONTAINER_ANNOTATION.length) : undefined;
    if (!ofPod && container === undefined || value.known && ALLOWED_BY_ANNOTATION.test(textOf(value))) {
        return undefined;
    }
    if (container !== undefined && !some(containers, part => textOf(part.value.get("name")) === container)) {
        return undefined;
    }
    return `sets the seccomp profile of ${ofPod ? "the pod" : `container ${JSON.stringify(container)}`} to ${shown(value)} in an annotation`;
}

const inAnnotations = (pod: Pod): readonly Fault[] => faultsIn(aboutAnnotations(pod, (name, value) => inAnnotation(name, value, pod)));

function unlikeAllowed({ called, context }: Part): string | undefined {
    const profile = context("seccompProfile");
    const type = profile.get("type");
    return !given(profile) || ALLOWED.includes(textOf(type)) ? undefined : `sets the seccomp profile of ${called} to ${shown(type)}`;
}

const inFields = ({ whole, containers }: Pod): readonly Fault[] => faultsIn(aboutContexts([whole, ...containers], WAY, unlikeAllowed));

/** A container that is silent has the pod's profile; a wrong one there is the pod's own fault. */
function lacking(container: Part, pod: Part): string | undefined {
    const fault = unlikeAllowed(container);
    if (fault !== undefined || given(container.context("seccompProfile")) || given(pod.context("seccompProfile"))) {
        return fault;
    }
    return `gives ${container.called} no seccomp profile`;
}

const lackingOrWrong = ({ whole, containers }: Pod): readonly Fault[] => faultsIn([
    ...aboutContexts([whole], WAY, unlikeAllowed),
    ...aboutContexts(containers, WAY, container => lacking(container, whole)),
]);

/** Without a profile every call of the kernel is open to an attacker. */
export const seccompProfileBaseline: PodCheck = {
    id: "pod-security-seccomp-profile-baseline",
    check: "seccompProfile_baseline",
    level: "baseline",
    severity: "high",
    title: "No seccomp profile is set but the runtime's own or one of the node",
    fix: "take the profile out, or set seccompProfile.type to RuntimeDefault or Localhost",
    controls: ["SC-39"],
    revisions: [{ since: 0, faults: inAnnotations }, { since: 19, faults: inFields }],
};

const overrides = ["seccompProfile_baseline"];

/** Kubernetes gives a pod no profile by itself. */
export const seccompProfileRestricted: PodCheck = {
    id: "pod-security-seccomp-profile-restricted",
    check: "seccompProfile_restricted",
    level: "restricted",
    severity: "medium",
    title: "Every container has a seccomp profile, the runtime's own or one of the node",
    fix: "set securityContext.seccompProfile.type of the pod to RuntimeDefault",
    controls: ["SC-39"],
    revisions: [
        { since: 19, faults: lackingOrWrong, overrides },
        { since: 25, faults: pod => unless(() => isForWindows(pod), () => lackingOrWrong(pod)), overrides },
    ],
};
