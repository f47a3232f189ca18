import { choose, indexOf, selectors } from "./net/choose";
import { grouped } from "./net/known";
import { selectorOf } from "./net/selector";
import { namespaceOf } from "./namespaces";
import { AUTOSCALER, BUDGET, SCALED, VERTICAL_AUTOSCALER, nameOf, podLabelsOf, scales, targetOf } from "./scaled";
import { objectsOf } from "./stack";
import type { Choosing, Index, Labelled, Selection } from "./net/choose";
import type { Labels } from "./net/selector";
import type { Stack } from "./stack";
import type { ObjectView } from "./types";

interface Scaled extends Labelled {
    readonly object: ObjectView;
}

/** What is looked up for every workload, and so is laid out once: a stack may have thousands of them. */
interface Layout {
    readonly scaled: Index<Scaled>;
    readonly budgets: (item: Scaled) => Selection<Choosing>;
    readonly items: ReadonlyMap<ObjectView, Scaled>;
    /** By kind and name of what they scale; those that nobody can tell are under `undefined`. */
    readonly autoscalers: ReadonlyMap<string | undefined, readonly ObjectView[]>;
    /** By kind and name. */
    readonly objects: ReadonlyMap<string | undefined, readonly ObjectView[]>;
}

const LAYOUTS = new WeakMap<Stack, Layout>();

function layoutOf(stack: Stack): Layout {
    const made = LAYOUTS.get(stack) ?? layOut(stack);
    LAYOUTS.set(stack, made);
    return made;
}

function layOut(stack: Stack): Layout {
    const objects = objectsOf(stack, ...SCALED);
    const items = objects.map((object): Scaled => ({ object, namespace: () => namespaceOf(object) ?? "", labels: lazyLabels(object) }));
    const scaled = indexOf(items);
    const budgets = objectsOf(stack, BUDGET);
    const choosers = new Map(budgets.map(budget => [choosing(budget), budget] as const));
    return {
        scaled,
        budgets: selectors(scaled, [...choosers.keys()], chooser => choosers.get(chooser)?.value.get("spec", "selector").present === true),
        items: new Map(items.map(item => [item.object, item])),
        autoscalers: grouped(objectsOf(stack, AUTOSCALER, VERTICAL_AUTOSCALER), targetKey),
        objects: grouped(objectsOf(stack, ...SCALED, "apps/DaemonSet"), object => `${object.subject.kind}/${nameOf(object)}`),
    };
}

function choosing(budget: ObjectView): Choosing {
    return { namespace: () => namespaceOf(budget) ?? "", selector: selectorOf(budget.value.get("spec", "selector")) };
}

/** Labels whose template is read when they are. */
function lazyLabels(object: ObjectView): Labels {
    const read = <Result>(ask: (labels: Labels) => Result, otherwise: Result): Result => {
        try {
            return ask(podLabelsOf(object));
        } catch {
            return otherwise;
        }
    };
    return {
        get: key => podLabelsOf(object).get(key),
        known: () => read(labels => labels.known(), []),
        doubtful: () => read(labels => labels.doubtful(), true),
    };
}

function targetKey(autoscaler: ObjectView): string {
    const target = targetOf(autoscaler);
    return `${target.get("kind").text ?? ""}/${target.get("name").text ?? ""}`;
}

/** Those of a key, and those of which nobody can tell. */
function candidates(groups: Layout["objects"], key: () => string): readonly ObjectView[] {
    let known: string;
    try {
        known = key();
    } catch {
        return [...groups.values()].flat();
    }
    return [...groups.get(known) ?? [], ...groups.get(undefined) ?? []];
}

/** Autoscalers that scale the same kind and name, the earlier first; whether they do so in one namespace is not said. */
export function autoscalersBeside(stack: Stack, autoscaler: ObjectView): readonly ObjectView[] {
    return candidates(layoutOf(stack).autoscalers, () => targetKey(autoscaler));
}

/** The horizontal autoscaler of an object; undefined where the stack has none. */
export function autoscalerOf(stack: Stack, object: ObjectView): ObjectView | undefined {
    return candidates(layoutOf(stack).autoscalers, () => `${object.subject.kind}/${nameOf(object)}`)
        .find(autoscaler => autoscaler.type === AUTOSCALER && scales(autoscaler, object));
}

/** Workloads that an autoscaler may mean: of its kind and name, or of one that is not known. */
export function targetsOf(stack: Stack, autoscaler: ObjectView): readonly ObjectView[] {
    return candidates(layoutOf(stack).objects, () => targetKey(autoscaler));
}

/** The number of an object's pods that is always there: what it says, or the floor of its autoscaler. */
export function leastReplicas(stack: Stack, object: ObjectView): number {
    const autoscaler = autoscalerOf(stack, object);
    return (autoscaler?.value.get("spec", "minReplicas") ?? object.value.get("spec", "replicas")).number ?? 1;
}

/** The workloads that a disruption budget is about; one without a selector is about none. Throws where it is not known. */
export function protectedBy(stack: Stack, budget: ObjectView): readonly ObjectView[] {
    if (!budget.value.get("spec", "selector").present) {
        return [];
    }
    const { sure, doubt } = choose(layoutOf(stack).scaled, choosing(budget));
    if (doubt !== undefined) {
        throw doubt;
    }
    return sure.map(({ object }) => object);
}

/** Whether a disruption budget is about an object's pods. */
export function isProtected(stack: Stack, object: ObjectView): boolean {
    const { items, budgets } = layoutOf(stack);
    const item = items.get(object);
    const { sure, doubt } = item === undefined ? { sure: [], doubt: undefined } : budgets(item);
    if (sure.length === 0 && doubt !== undefined) {
        throw doubt;
    }
    return sure.length > 0;
}
