import { aboutAnnotations, aboutContexts, faultsIn } from "../pod";
import { given, shown, textOf } from "../read";
import type { PodCheck } from "../check";
import type { Part, Pod } from "../pod";
import type { Fault } from "../../view/unfinished";
import type { Value } from "../../view/value";

const ANNOTATION = "container.apparmor.security.beta.kubernetes.io/";
const ALLOWED = ["RuntimeDefault", "Localhost"];
const ALLOWED_BY_ANNOTATION = /^(?:$|runtime\/default$|localhost\/)/;

function inField({ called, context }: Part): string | undefined {
    const profile = context("appArmorProfile");
    const type = profile.get("type");
    return !given(profile) || ALLOWED.includes(textOf(type)) ? undefined : `sets the AppArmor profile of ${called} to ${shown(type)}`;
}

/** Annotations count whether or not there is a container of their name. */
function inAnnotation(name: string, value: Value): string | undefined {
    return !name.startsWith(ANNOTATION) || ALLOWED_BY_ANNOTATION.test(textOf(value)) ? undefined
        : `sets the AppArmor profile of container ${JSON.stringify(name.slice(ANNOTATION.length))} to ${shown(value)} in an annotation`;
}

const faults = (pod: Pod): readonly Fault[] => faultsIn([
    ...aboutContexts([pod.whole, ...pod.containers], ["appArmorProfile", "type"], inField),
    ...aboutAnnotations(pod, inAnnotation),
]);

/** Without its profile a container may touch what AppArmor keeps from it, and nothing else notices. */
export const apparmorProfile: PodCheck = {
    id: "pod-security-apparmor-profile",
    check: "appArmorProfile",
    level: "baseline",
    severity: "high",
    title: "No AppArmor profile is set but the runtime's own or one of the node",
    fix: "take the profile out, or set RuntimeDefault or Localhost (in an annotation runtime/default or localhost/…)",
    controls: ["SC-39"],
    revisions: [{ since: 0, faults }],
};
