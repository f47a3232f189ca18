import { grouped } from "./grouped";
import { Unfinished } from "./unfinished";
import type { Stack } from "./stack";
import type { ObjectView, Subject, WorkloadView } from "./types";

/** The name of a Kubernetes object. Throws `Unknown` where nobody knows it yet. */
export function nameOf(object: ObjectView): string {
    return object.value.get("metadata", "name").text ?? object.subject.name;
}

/** The namespace of a Kubernetes object, empty where it leaves that to whoever applies it. Throws as `nameOf`. */
export function namespaceOf(object: ObjectView): string {
    return object.value.get("metadata", "namespace").text ?? "";
}

/** Objects of manifests may leave their namespace to whoever applies them. */
export function mayShare(one: string, other: string): boolean {
    return one === other || one === "" || other === "";
}

interface Named {
    readonly known: ReadonlyMap<string, readonly ObjectView[]>;
    /** Each may have any name. */
    readonly others: readonly Unfinished[];
}

const names = new WeakMap<readonly ObjectView[], Named>();

/**
 * The objects of a list that have a name, in a namespace if one is given.
 * @throws Unfinished where there is none, and one whose name is not known may be it
 */
export function called(objects: readonly ObjectView[], name: string, namespace?: () => string): readonly ObjectView[] {
    let index = names.get(objects);
    if (index === undefined) {
        const read = objects.map(object => ({ object, name: decided(() => nameOf(object)) }));
        const known = grouped(read.filter(item => typeof item.name === "string"), item => String(item.name));
        index = {
            known: new Map([...known].map(([key, items]) => [key, items.map(({ object }) => object)])),
            others: read.flatMap(item => item.name instanceof Unfinished ? [item.name] : []),
        };
        names.set(objects, index);
    }
    const spaces = (index.known.get(name) ?? []).map(object => ({ object, fits: namespace === undefined || decided(() => mayShare(namespaceOf(object), namespace())) }));
    const found = spaces.filter(({ fits }) => fits === true).map(({ object }) => object);
    const [open] = [...spaces.flatMap(({ fits }) => fits instanceof Unfinished ? [fits] : []), ...index.others];
    if (found.length === 0 && open !== undefined) {
        throw open;
    }
    return found;
}

/** What was read, or what kept it from being read. */
export function decided<Read>(read: () => Read): Read | Unfinished {
    try {
        return read();
    } catch (error) {
        if (error instanceof Unfinished) {
            return error;
        }
        throw error;
    }
}

const owners = new WeakMap<Stack, ReadonlyMap<Subject, ObjectView>>();

/** The namespace that a pod runs in, empty where its object leaves that open. Throws as `nameOf`. */
export function namespaceOfPod(stack: Stack, workload: WorkloadView): string {
    let index = owners.get(stack);
    if (index === undefined) {
        index = new Map(stack.objects.map(object => [object.subject, object]));
        owners.set(stack, index);
    }
    const owner = index.get(workload.subject);
    return owner === undefined ? workload.subject.namespace : namespaceOf(owner);
}
