import { labelsOf } from "./net/selector";
import { sameNamespace } from "./namespaces";
import { allHold } from "./three-valued";
import type { Labels } from "./net/selector";
import type { ObjectView } from "./types";
import type { Value } from "./value";

/** Types of objects, and the same for whoever forgot the group: what was meant is plain. */
export function kinds(...types: readonly string[]): readonly string[] {
    return [...new Set(types.flatMap(type => /^(?:apps|batch)\//.test(type) ? [type, type.slice(type.indexOf("/"))] : [type]))];
}

/** Kinds that keep several pods of one template running for whoever asks. */
export const DEPLOYED: readonly string[] = kinds("apps/Deployment", "extensions/Deployment", "argoproj.io/Rollout", "apps.openshift.io/DeploymentConfig");
/** Those, and all others that keep several pods of one template running. */
export const SCALED: readonly string[] = [...DEPLOYED, ...kinds("apps/StatefulSet", "apps/ReplicaSet", "/ReplicationController")];
export const AUTOSCALER = "autoscaling/HorizontalPodAutoscaler";
export const VERTICAL_AUTOSCALER = "autoscaling.k8s.io/VerticalPodAutoscaler";
export const BUDGET = "policy/PodDisruptionBudget";

/** Whether an object is kept by another: that other one is judged. */
export function isOwned(object: ObjectView): boolean {
    return object.value.get("metadata", "ownerReferences").items.some(item => item.present);
}

/** The labels that pods of an object's template have; where it has no template yet, those that it selects by. */
export function podLabelsOf({ value }: ObjectView): Labels {
    const template = value.get("spec", "template");
    return labelsOf(template.present ? template.get("metadata", "labels") : value.get("spec", "selector", "matchLabels"));
}

/** Where an autoscaler names what it scales. */
export function targetOf(autoscaler: ObjectView): Value {
    return autoscaler.value.get("spec", autoscaler.type === VERTICAL_AUTOSCALER ? "targetRef" : "scaleTargetRef");
}

/** Whether an autoscaler scales this object. */
export function scales(autoscaler: ObjectView, object: ObjectView): boolean {
    const target = targetOf(autoscaler);
    return target.get("kind").text === object.subject.kind
        && allHold(() => target.get("name").text === nameOf(object), () => sameNamespace(autoscaler, object));
}

/** The name of an object; one that an engine makes up is not known. */
export function nameOf({ value, subject }: ObjectView): string {
    return value.get("metadata", "name").text ?? subject.name;
}
