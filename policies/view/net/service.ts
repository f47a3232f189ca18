import { isPrivate, rangeOf } from "./address";
import { all, once } from "./known";
import { namespaceOf } from "./network-policy";
import { plainSelectorOf } from "./selector";
import type { ObjectView } from "../types";
import type { Value } from "../value";
import type { NamedPort, Ports } from "./ports";
import type { Selector } from "./selector";

/** A Service of Kubernetes. Everything of it may throw. */
export interface Service {
    readonly view: ObjectView;
    readonly namespace: () => string;
    readonly name: () => string;
    readonly type: () => string;
    /** The pods behind it; a selector without labels selects none. */
    readonly selector: Selector;
    readonly selects: () => boolean;
    readonly ports: () => readonly ServicePort[];
}

export interface ServicePort {
    readonly value: Value;
    /** What is asked for at the Service. */
    readonly port: () => string;
    /** The ports of a pod that it leads to: named ones only where the pod has them. */
    readonly targets: (listening: readonly NamedPort[]) => readonly Ports[];
}

export function serviceOf(view: ObjectView): Service {
    const spec = view.value.get("spec");
    const selector = plainSelectorOf(spec.known ? spec.get("selector") : spec);
    return {
        view, selector,
        namespace: once(() => namespaceOf(view.value)),
        name: once(() => view.value.get("metadata", "name").text ?? view.subject.name),
        type: once(() => spec.get("type").text ?? "ClusterIP"),
        selects: () => spec.get("type").text !== "ExternalName" && !selector.empty(),
        ports: once(() => spec.get("ports").items.map(portOf)),
    };
}

function portOf(value: Value): ServicePort {
    return {
        value,
        port: () => value.get("port").text ?? "",
        targets(listening) {
            const protocol = value.get("protocol").text ?? "TCP";
            const target = value.get("targetPort").text ?? value.get("port").text ?? "";
            if (/^\d+$/.test(target)) {
                return [{ protocol, from: Number(target), to: Number(target) }];
            }
            return listening.filter(each => each.name === target && each.protocol === protocol);
        },
    };
}

/** Annotations by which clouds make a load balancer for their own networks only. */
const INTERNAL: readonly (readonly [annotation: string, value: RegExp])[] = [
    ["service.beta.kubernetes.io/aws-load-balancer-internal", /^(?:true|0\.0\.0\.0\/0)$/i],
    ["service.beta.kubernetes.io/aws-load-balancer-scheme", /^internal$/i],
    ["service.beta.kubernetes.io/azure-load-balancer-internal", /^true$/i],
    ["networking.gke.io/load-balancer-type", /^internal$/i],
    ["cloud.google.com/load-balancer-type", /^internal$/i],
    ["service.beta.kubernetes.io/openstack-internal-load-balancer", /^true$/i],
    ["service.beta.kubernetes.io/oci-load-balancer-internal", /^true$/i],
    ["service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type", /^intranet$/i],
    ["service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type", /^private$/i],
];

/** Whether a load balancer is told to stay inside: by an annotation, or because it takes private addresses only. */
export function internalLoadBalancer(service: Value): boolean {
    const annotations = service.get("metadata", "annotations");
    if (INTERNAL.some(([name, value]) => value.test(annotations.get(name).text ?? ""))) {
        return true;
    }
    const ranges = service.get("spec", "loadBalancerSourceRanges").items;
    return ranges.length > 0 && all(ranges, each => {
        const range = rangeOf((each.text ?? "").trim());
        return range !== undefined && isPrivate(range);
    });
}

/** How whoever is outside the cluster comes to a Service: hops, or undefined where nobody does. */
export function openingOf({ view, type }: Service): string | undefined {
    const spec = view.value.get("spec");
    switch (type()) {
        case "LoadBalancer":
            return internalLoadBalancer(view.value) ? undefined : "load balancer";
        case "NodePort":
            return "port of every node";
        case "ExternalName":
            return undefined;
        default:
            return spec.get("externalIPs").items.length > 0 ? "external address" : undefined;
    }
}
