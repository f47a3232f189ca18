import { across, objectRule, stackRule } from "../../rule";
import { AUTOSCALER, SCALED, VERTICAL_AUTOSCALER, nameOf, scales, targetOf } from "../../view/scaled";
import { autoscalerOf, autoscalersBeside, targetsOf } from "../../view/scaled-index";
import { objectsOf } from "../../view/stack";
import { anyHolds } from "../../view/three-valued";
import type { Stack } from "../../view/stack";
import type { ObjectView } from "../../view/types";

const AUTOSCALING = "Kubernetes: Horizontal Pod Autoscaling";

/** An autoscaler between three and three does nothing when the load comes. */
export const autoscalerWithoutRoom = objectRule({
    id: "autoscaler-without-room",
    severity: "low",
    title: "Every autoscaler has room between its floor and its ceiling",
    fix: "set maxReplicas above minReplicas",
    benchmarks: [AUTOSCALING],
    controls: [],
    types: [AUTOSCALER],

    check(autoscaler) {
        const most = autoscaler.value.get("spec", "maxReplicas");
        const least = autoscaler.value.get("spec", "minReplicas").number ?? 1;
        return most.number === undefined || most.number > least ? undefined
            : { message: `has no room to scale (minReplicas: ${least}, maxReplicas: ${most.number})`, at: most.path };
    },
});

const KINDS: ReadonlySet<string> = new Set(["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"]);

/** An autoscaler of something that is not there is found out when the load comes. */
export const autoscalerWithoutTarget = stackRule({
    id: "autoscaler-without-target",
    severity: "low",
    title: "What an autoscaler scales is there",
    fix: "name a workload of the same namespace under scaleTargetRef (targetRef)",
    benchmarks: [AUTOSCALING],
    controls: [],

    check(stack) {
        const objects = objectsOf(stack, ...SCALED, "apps/DaemonSet");
        return across(objectsOf(stack, AUTOSCALER, VERTICAL_AUTOSCALER), "spec", autoscaler => {
            const target = targetOf(autoscaler);
            // Where no workload was given at all it is kept elsewhere, as are kinds that only their operator knows.
            if (objects.length === 0 || !KINDS.has(target.get("kind").text ?? "") || anyHolds(targetsOf(stack, autoscaler).map(object => () => scales(autoscaler, object)))) {
                return undefined;
            }
            return `scales what is not there (${target.get("kind").text ?? ""}/${target.get("name").text ?? ""})`;
        });
    },
});

/** Two that set one number undo each other's work, and pods come and go. */
export const autoscalerFought = stackRule({
    id: "autoscaler-fought",
    severity: "low",
    title: "Only one autoscaler, and no fixed number, says how many replicas there are",
    fix: "leave spec.replicas out, and keep one autoscaler for each workload",
    benchmarks: [AUTOSCALING],
    controls: [],

    check(stack) {
        return across([...objectsOf(stack, ...SCALED), ...objectsOf(stack, AUTOSCALER, VERTICAL_AUTOSCALER)], "spec", object =>
            SCALED.includes(object.type) ? fixed(stack, object) : doubled(stack, object));
    },
});

function fixed(stack: Stack, object: ObjectView): string | undefined {
    const replicas = object.value.get("spec", "replicas");
    const autoscaler = replicas.present ? autoscalerOf(stack, object) : undefined;
    return autoscaler === undefined ? undefined : `has a fixed number of replicas beside the autoscaler "${nameOf(autoscaler)}" (replicas: ${replicas.text ?? ""})`;
}

function doubled(stack: Stack, autoscaler: ObjectView): string | undefined {
    const others = autoscalersBeside(stack, autoscaler).filter(({ type }) => type === autoscaler.type);
    const earlier = others.slice(0, others.indexOf(autoscaler));
    const name = (one: ObjectView) => ["kind", "name"].map(key => targetOf(one).get(key).text ?? "").join("/");
    const found = earlier.find(other => name(other) === name(autoscaler) && other.subject.namespace === autoscaler.subject.namespace);
    return found === undefined ? undefined : `scales what "${nameOf(found)}" scales already (${name(autoscaler)})`;
}
