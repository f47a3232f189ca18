import { Malformed } from "../unfinished";
import { all, once } from "./known";
import type { Value } from "../value";

/** Labels of a pod or a namespace, each read when it is asked for. */
export interface Labels {
    readonly get: (key: string) => string | undefined;
    /** All that are known, for an index. */
    readonly known: () => readonly (readonly [string, string])[];
    /** Whether any of them is not known. */
    readonly doubtful: () => boolean;
}

/** What Kubernetes calls a label selector; one without requirements selects everything. */
export interface Selector {
    readonly empty: () => boolean;
    /** A label that everything selected has; undefined where no single one says it. */
    readonly label: () => readonly [key: string, value: string] | undefined;
    readonly selects: (labels: Labels) => boolean;
}

type Requirement = (labels: Labels) => boolean;

/** Labels of a `metadata.labels` mapping, and those that are there without being written. */
export function labelsOf(mapping: Value, more: Readonly<Record<string, string>> = {}): Labels {
    const readable = once(() => mapping.entries.flatMap(([key, value]) => value.known && value.path !== mapping.path ? [[key, value.text ?? ""] as const] : []));
    return {
        get: key => Object.hasOwn(more, key) ? more[key] : mapping.get(key).text,
        known: () => [...Object.entries(more), ...mapping.known ? readable() : []],
        doubtful: () => !mapping.known || mapping.entries.some(([, value]) => !value.known),
    };
}

/** A selector with `matchLabels` and `matchExpressions`. */
export function selectorOf(given: Value): Selector {
    return selectorFrom(() => given.get("matchLabels"), () => given.get("matchExpressions").items);
}

/** A selector that is a plain mapping of labels, as Services have it. */
export function plainSelectorOf(mapping: Value): Selector {
    return selectorFrom(() => mapping, () => []);
}

function selectorFrom(labels: () => Value, expressions: () => readonly Value[]): Selector {
    const equalities = once(() => labels().entries);
    const requirements = once((): Requirement[] => [
        ...equalities().map(([key, value]): Requirement => has => has.get(key) === (value.text ?? "")),
        ...expressions().map(requirementOf),
    ]);
    return {
        empty: () => requirements().length === 0,
        label: () => labelIn(equalities()),
        selects: has => all(requirements(), requirement => requirement(has)),
    };
}

function labelIn(equalities: Value["entries"]): readonly [string, string] | undefined {
    const found = equalities.find(([key, value]) => key !== "" && value.known);
    return found === undefined ? undefined : [found[0], found[1].text ?? ""];
}

/** The four operators that the API has; a label that is not there is in no set, and so `NotIn` every one. */
function requirementOf(expression: Value): Requirement {
    const parts = once(() => {
        const operator = expression.get("operator");
        const key = expression.get("key").text ?? "";
        const values = new Set(expression.get("values").items.map(item => item.text ?? ""));
        const tests: Readonly<Record<string, (value: string | undefined) => boolean>> = {
            In: value => value !== undefined && values.has(value),
            NotIn: value => value === undefined || !values.has(value),
            Exists: value => value !== undefined,
            DoesNotExist: value => value === undefined,
        };
        const name = operator.text ?? "";
        const test = Object.hasOwn(tests, name) ? tests[name] : undefined;
        if (test === undefined) {
            throw new Malformed(operator.path, "an operator of selectors (In, NotIn, Exists, DoesNotExist)");
        }
        return { key, test };
    });
    return labels => parts().test(labels.get(parts().key));
}
