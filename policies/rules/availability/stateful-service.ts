import { across, stackRule } from "../../rule";
import { clusterOf } from "../../view/net/cluster";
import { any } from "../../view/net/known";
import { kinds, podLabelsOf } from "../../view/scaled";
import { objectsOf } from "../../view/stack";
import type { Service } from "../../view/net/service";
import type { ObjectView } from "../../view/types";

/** The pods of a StatefulSet get their names from a headless Service: from another, or from none, they get none. */
export const statefulSetNotNamed = stackRule({
    id: "stateful-set-not-named",
    severity: "low",
    title: "The Service that a StatefulSet names is headless and selects its pods",
    fix: "let serviceName be a Service with clusterIP None whose selector is labels of the pod template",
    benchmarks: ["Kubernetes: StatefulSets"],
    controls: [],

    check(stack) {
        const { services } = clusterOf(stack);
        return across(objectsOf(stack, ...kinds("apps/StatefulSet")), "spec", object => {
            const name = object.value.get("spec", "serviceName").text ?? "";
            return name === "" ? undefined : fault(object, name, services);
        });
    },
});

function fault(object: ObjectView, name: string, services: readonly Service[]): string | undefined {
    const namespace = object.value.get("metadata", "namespace").text || "default";
    const near = services.filter(service => service.namespace() === namespace);
    const named = near.find(service => service.name() === name);
    const isFor = (service: Service): boolean => service.selector.selects(podLabelsOf(object));
    if (named === undefined) {
        // Its Service may be elsewhere, unless there is one here that is meant for its pods.
        return any(near, isFor) ? `names a Service that is not given, beside one for its pods (serviceName: ${name})` : undefined;
    }
    const address = named.view.value.get("spec", "clusterIP");
    if (address.text !== "None") {
        return `gets no names from Service "${name}", which is not headless (clusterIP: ${address.text ?? "not set"})`;
    }
    return isFor(named) ? undefined : `gets no names from Service "${name}", which does not select its pods`;
}
