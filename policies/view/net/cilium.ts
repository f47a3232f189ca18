import { objectsOf } from "../stack";
import { once } from "./known";
import { namespaceOf } from "./network-policy";
import { selectorOf } from "./selector";
import type { Stack } from "../stack";
import type { Value } from "../value";
import type { Labels } from "./selector";

const OF_NAMESPACE = "cilium.io/CiliumNetworkPolicy";
const OF_CLUSTER = "cilium.io/CiliumClusterwideNetworkPolicy";
/** By this label Cilium knows a pod's namespace. */
const NAMESPACE = "io.kubernetes.pod.namespace";

/** A policy of Cilium, as far as it says whom it is about. Everything of it may throw. */
export interface CiliumPolicy {
    readonly selects: (namespace: string, labels: Labels) => boolean;
    /** Whether it is about all pods of a namespace, whatever their labels. */
    readonly selectsAll: (namespace: string) => boolean;
}

const POLICIES = new WeakMap<Stack, readonly CiliumPolicy[]>();

/** Policies of Cilium; those for nodes are left out. */
export function ciliumPolicies(stack: Stack): readonly CiliumPolicy[] {
    const known = POLICIES.get(stack) ?? objectsOf(stack, OF_NAMESPACE, OF_CLUSTER).flatMap(({ type, value }) => {
        const parts = [value.get("spec"), ...value.get("specs").items].map(part => part.get("endpointSelector")).filter(selector => selector.present);
        return parts.map(selector => policyOf(selector, type === OF_CLUSTER ? undefined : once(() => namespaceOf(value))));
    });
    POLICIES.set(stack, known);
    return known;
}

function policyOf(given: Value, own: (() => string) | undefined): CiliumPolicy {
    const selector = selectorOf(given);
    const selects = (namespace: string, labels: Labels): boolean => (own === undefined || own() === namespace) && selector.selects(withNamespace(namespace, labels));
    return { selects, selectsAll: namespace => given.get("matchExpressions").items.length === 0 && selects(namespace, BARE) };
}

const BARE: Labels = { get: () => undefined, known: () => [], doubtful: () => false };

/** Labels under the names that Cilium has for them: with or without the source that they are from. */
function withNamespace(namespace: string, labels: Labels): Labels {
    const plain = (key: string): string => key.replace(/^(?:any|k8s):/, "");
    return { get: key => plain(key) === NAMESPACE ? namespace : labels.get(plain(key)), known: () => [...labels.known(), [NAMESPACE, namespace]], doubtful: () => labels.doubtful() };
}
