import { objectsOf } from "../stack";
import { choose, indexOf, selectors } from "./choose";
import { grouped, once } from "./known";
import { labelsOf } from "./selector";
import { namespaceOf, networkPolicy, POLICY_TYPES } from "./network-policy";
import { serviceOf } from "./service";
import type { Stack } from "../stack";
import type { ObjectView, WorkloadView } from "../types";
import type { Value } from "../value";
import type { Choosing, Chosen, Index, Labelled, Selection } from "./choose";
import type { Direction, NetworkPolicy } from "./network-policy";
import type { NamedPort } from "./ports";
import type { Labels } from "./selector";
import type { Service } from "./service";

/** Pods of one workload: they are alike in all that counts here. */
export interface Pod extends Labelled {
    readonly workload: WorkloadView;
    /** Whether it is on its node's own network, where no policy is asked. */
    readonly onNode: () => boolean;
    /** What its containers say that they listen on. */
    readonly ports: () => readonly NamedPort[];
}

/** Kubernetes objects of a stack, found by namespace and label. */
export interface Cluster {
    readonly pods: readonly Pod[];
    readonly podOf: (workload: WorkloadView) => Pod | undefined;
    readonly policies: readonly NetworkPolicy[];
    readonly services: readonly Service[];
    readonly selected: (choosing: Choosing) => Chosen<Pod>;
    readonly index: () => Index<Pod>;
    /** Policies that deny the pod what they do not allow. */
    readonly policiesOf: (pod: Pod, direction: Direction) => Selection<NetworkPolicy>;
    readonly servicesOf: (pod: Pod) => Selection<Service>;
    /** Labels of a namespace: those of its object, if the stack has it, and the one that every namespace has. */
    readonly namespaceLabels: (name: string) => Labels;
}

const CLUSTERS = new WeakMap<Stack, Cluster>();

/** The cluster of a stack, made once. */
export function clusterOf(stack: Stack): Cluster {
    const known = CLUSTERS.get(stack);
    if (known !== undefined) {
        return known;
    }
    const made = makeCluster(stack);
    CLUSTERS.set(stack, made);
    return made;
}

function makeCluster(stack: Stack): Cluster {
    const objects = new Map(stack.objects.map(object => [object.subject, object]));
    // A PodTemplate runs nothing.
    const pods = stack.workloads.filter(({ platform, type }) => platform === "kubernetes" && type !== "/PodTemplate").map(workload => makePod(workload, objects.get(workload.subject)));
    const byWorkload = new Map(pods.map(pod => [pod.workload, pod]));
    const policies = objectsOf(stack, ...POLICY_TYPES).map(networkPolicy);
    const services = objectsOf(stack, "/Service").map(serviceOf);
    const index = once(() => indexOf(pods));
    const isolating = {
        ingress: once(() => selectors(index(), policies, policy => policy.isolates("ingress"))),
        egress: once(() => selectors(index(), policies, policy => policy.isolates("egress"))),
    };
    const serving = once(() => selectors(index(), services, service => service.selects()));
    return {
        pods, policies, services, index,
        selected: choosing => choose(index(), choosing),
        podOf: workload => byWorkload.get(workload),
        policiesOf: (pod, direction) => isolating[direction]()(pod),
        servicesOf: pod => serving()(pod),
        namespaceLabels: namespaceReader(objectsOf(stack, "/Namespace")),
    };
}

function makePod(workload: WorkloadView, object: ObjectView | undefined): Pod {
    const { source } = workload;
    const containers = () => source.get("spec", "containers").items;
    const sidecars = () => source.get("spec", "initContainers").items;
    return {
        workload,
        onNode: once(() => workload.hostNetwork),
        // A template's own namespace is not read.
        namespace: once(() => object === undefined ? workload.subject.namespace || "default" : namespaceOf(object.value)),
        labels: labelsOf(source.known ? source.get("metadata", "labels") : source),
        ports: once(() => [...containers(), ...sidecars()].flatMap(container => container.get("ports").items.map(port => {
            const number = port.get("containerPort").number ?? 0;
            return { name: port.get("name").text ?? "", protocol: port.get("protocol").text ?? "TCP", from: number, to: number };
        }))),
    };
}

function namespaceReader(objects: readonly ObjectView[]): (name: string) => Labels {
    const byName = once(() => grouped(objects, ({ value }) => value.get("metadata", "name").text ?? ""));
    const nameless = once(() => byName().get(undefined)?.[0]?.value.get("metadata", "name"));
    return name => {
        const own = byName().get(name)?.[0]?.value.get("metadata", "labels");
        const automatic = { "kubernetes.io/metadata.name": name };
        // A namespace whose name is not known yet may be this one, with labels of its own.
        const labels: Value | undefined = own ?? nameless();
        return labels === undefined ? { get: key => automaticLabel(automatic, key), known: () => Object.entries(automatic), doubtful: () => false } : labelsOf(labels, automatic);
    };
}

function automaticLabel(labels: Readonly<Record<string, string>>, key: string): string | undefined {
    return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
