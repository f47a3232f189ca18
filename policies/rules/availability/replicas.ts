import { across, stackRule } from "../../rule";
import { selectorOf } from "../../view/net/selector";
import { AUTOSCALER, DEPLOYED, isOwned, kinds, podLabelsOf } from "../../view/scaled";
import { autoscalerOf, leastReplicas } from "../../view/scaled-index";
import { objectsOf } from "../../view/stack";
import { anyHolds } from "../../view/three-valued";
import type { ObjectView } from "../../view/types";

/** A pod alone is down whenever its node is, and with every update. */
export const singleReplica = stackRule({
    id: "single-replica",
    severity: "low",
    optional: true,
    title: "What serves runs in several replicas",
    fix: "set spec.replicas, or minReplicas of its autoscaler, to two or more",
    benchmarks: ["Kubernetes: Disruptions"],
    controls: [],
    parameters: { least: { type: "integer", default: 2, description: "how many replicas there must be" } },

    check(stack, settings) {
        const least = Number(settings["least"]);
        const objects = objectsOf(stack, ...DEPLOYED, ...kinds("apps/ReplicaSet"), "/ReplicationController", AUTOSCALER);
        return across(objects, "spec", object => {
            const scaler = object.type === AUTOSCALER;
            const count = object.value.get("spec", scaler ? "minReplicas" : "replicas");
            // An autoscaler that names no floor is judged by what it scales.
            if (scaler ? !count.present : isOwned(object) || autoscalerOf(stack, object) !== undefined) {
                return undefined;
            }
            const number = count.number ?? 1;
            return number >= least || number === 0 ? undefined : `may be down to ${number} ${number === 1 ? "replica" : "replicas"}, of at least ${least} (${scaler ? "minReplicas" : "replicas"}: ${count.text ?? "not set"})`;
        });
    },
});

/** Replicas on one node are one replica when that node fails. */
export const notSpreadOverNodes = stackRule({
    id: "not-spread-over-nodes",
    severity: "low",
    optional: true,
    title: "Replicas are kept apart, on several nodes or zones",
    fix: "set topologySpreadConstraints, or podAntiAffinity with the pod's own labels; clusters have a soft default",
    benchmarks: ["Kubernetes: Pod Topology Spread Constraints"],
    controls: [],

    check(stack) {
        return across(objectsOf(stack, ...DEPLOYED, ...kinds("apps/StatefulSet")), "spec", object =>
            leastReplicas(stack, object) < 2 || isSpread(object) ? undefined : "may have all of its replicas on one node (topologySpreadConstraints, podAntiAffinity: not set)");
    },
});

function isSpread(object: ObjectView): boolean {
    const pod = object.value.get("spec", "template", "spec");
    const affinity = pod.get("affinity", "podAntiAffinity");
    const required = () => affinity.get("requiredDuringSchedulingIgnoredDuringExecution").items;
    const preferred = () => affinity.get("preferredDuringSchedulingIgnoredDuringExecution").items.map(item => item.get("podAffinityTerm"));
    const selectsItself = (term: ReturnType<typeof affinity.get>) => {
        const [selector, namespaces] = [term.get("labelSelector"), term.get("namespaces").items];
        return selector.present && selectorOf(selector).selects(podLabelsOf(object))
            && (namespaces.length === 0 || namespaces.some(namespace => namespace.text === object.value.get("metadata", "namespace").text));
    };
    return anyHolds([
        () => pod.get("topologySpreadConstraints").items.some(constraint => constraint.get("topologyKey").present),
        () => [...required(), ...preferred()].some(selectsItself),
    ]);
}
