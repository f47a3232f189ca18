import { each } from "../rule";
import { nameOf, textOf } from "./read";
import type { Fault, Path } from "../view/unfinished";
import type { Value } from "../view/value";

/** One thing that a check looks at: what is wrong with it, or nothing. Asking may throw `Unfinished`. */
export interface Question {
    /** Where a fault is; made only where there is one. */
    readonly path: Path;
    readonly ask: () => string | undefined;
}

/** The pod or one of its containers. */
export interface Part {
    /** What messages call it: `the pod`, `init container "a"`. */
    readonly called: string;
    readonly value: Value;
    /** A value of its `securityContext`. May throw. */
    readonly context: (...keys: readonly string[]) => Value;
}

/** A pod template as checks see it. */
export interface Pod {
    readonly spec: Value;
    readonly metadata: Value;
    readonly whole: Part;
    readonly containers: readonly Part[];
}

const LISTS = [["initContainers", "init container"], ["containers", "container"], ["ephemeralContainers", "ephemeral container"]] as const;

/** All checks ask for the same pods: each is taken apart once. */
const PODS = new WeakMap<Value, Pod>();

/** @param template `metadata` and `spec`, as a Pod itself has them */
export function podOf(template: Value): Pod {
    const pod = PODS.get(template) ?? takenApart(template);
    PODS.set(template, pod);
    return pod;
}

function takenApart(template: Value): Pod {
    const spec = reached(template, "spec");
    return {
        spec,
        metadata: reached(template, "metadata"),
        whole: part("the pod", spec),
        containers: LISTS.flatMap(([list, word]) =>
            reachedItems(spec, list).map(container => part(`${word} ${nameOf(container)}`, container))),
    };
}

function part(called: string, value: Value): Part {
    return { called, value, context: (...keys) => value.get("securityContext", ...keys) };
}

/** A child, or the value itself where it has none to read: then it throws whenever it is asked for something. */
function reached(value: Value, key: string): Value {
    return !value.known || value.present && !value.isMapping ? value : value.get(key);
}

function reachedItems(value: Value, key: string): readonly Value[] {
    const list = reached(value, key);
    return list === value ? [value] : list.items;
}

/** The faults among questions. What could not be answered is thrown at the end, with the faults of the others. */
export function faultsIn(questions: readonly Question[]): readonly Fault[] {
    return each(questions, question => question.ask());
}

/** Questions about what has to be reached first; where it cannot be, one that says so. */
export function beyond(path: Path, questions: () => readonly Question[]): readonly Question[] {
    try {
        return questions();
    } catch (error) {
        return [{ path, ask: () => { throw error; } }];
    }
}

/** A question about every item of a list. */
export function aboutItems(path: Path, list: () => readonly Value[], ask: (item: Value) => string | undefined): readonly Question[] {
    return beyond(path, () => list().map(item => ({ get path() { return item.path; }, ask: () => ask(item) })));
}

/** A question about every annotation of the pod. */
export function aboutAnnotations({ metadata }: Pod, ask: (name: string, value: Value) => string | undefined): readonly Question[] {
    return beyond(metadata.path, () => metadata.get("annotations").entries.map(([name, value]) => ({
        get path() { return value.path; },
        // What is no mapping is an entry without a name, which throws when it is read.
        ask: () => name === "" && !value.present ? undefined : ask(name, value),
    })));
}

/** A question about every container, at a place below its `securityContext`. */
export function aboutContexts(parts: readonly Part[], keys: Path, ask: (part: Part) => string | undefined): readonly Question[] {
    return parts.map(part => ({ get path() { return [...part.value.path, "securityContext", ...keys]; }, ask: () => ask(part) }));
}

/**
 * A check from which some pods are excepted. Where it is not known whether this one is, that matters only if anything is
 * wrong, or not known, otherwise.
 */
export function unless(excepted: () => boolean, check: () => readonly Fault[]): readonly Fault[] {
    let isExcepted: boolean;
    try {
        isExcepted = excepted();
    } catch (error) {
        if (clean(check)) {
            return [];
        }
        throw error;
    }
    return isExcepted ? [] : check();
}

function clean(check: () => readonly Fault[]): boolean {
    try {
        return check().length === 0;
    } catch {
        return false;
    }
}

/** Since 1.25 a pod that says that it is for Windows need not set what Windows does not have. */
export function isForWindows({ spec }: Pod): boolean {
    return textOf(spec.get("os", "name")) === "windows";
}
