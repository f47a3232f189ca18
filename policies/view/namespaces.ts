import type { ObjectView } from "./types";

/** The cluster's own namespaces: what runs there runs the cluster. */
export const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set(["kube-system", "kube-public", "kube-node-lease"]);

/** The namespace that an object says it is in; undefined where it leaves that to whoever applies it. */
export function namespaceOf(object: Pick<ObjectView, "value">): string | undefined {
    const namespace = object.value.get("metadata", "namespace").text;
    return namespace === "" ? undefined : namespace;
}

/** Whether two objects are in one namespace. Those that both say nothing are applied together. */
export function sameNamespace(one: Pick<ObjectView, "value">, other: Pick<ObjectView, "value">): boolean {
    return namespaceOf(one) === namespaceOf(other);
}
