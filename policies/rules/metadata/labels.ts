import { each, objectRule, textsOf, together } from "../../rule";
import { RUN_KINDS, labelsOfObject } from "../../view/object-labels";
import type { Value } from "../../view/value";
import type { ObjectView } from "../../view/types";
import type { Fault } from "../../view/unfinished";

const WANTED = "`name`, or `name=pattern` with a regular expression for the whole value, in which `{name}` stands for the object's own name";

/** Labels say whose something is, and tools choose by them: what has none is nobody's. */
export const requiredLabelMissing = objectRule({
    id: "required-label-missing",
    severity: "low",
    title: "What runs has the labels that were agreed",
    fix: "add the label",
    benchmarks: ["Kubernetes: Recommended Labels", "Docker: Object labels"],
    controls: [],
    types: [...RUN_KINDS, "/Service", "/Namespace", "docker:index/container:Container", "docker:index/service:Service", "compose:service"],
    parameters: { labels: { type: "array", items: { type: "string" }, default: [], description: `labels that must be there: ${WANTED}; none for no rule` } },

    check(object, settings) {
        const wanted = textsOf(settings, "labels");
        if (wanted.length === 0) {
            return undefined;
        }
        const labels = labelsOfObject(object);
        const at = object.platform === "kubernetes" ? [...object.path, "metadata", "labels"] : [...object.path, "labels"];
        return wanted.flatMap(text => missing(ownName(text, object), name => labels.find(label => label.name === name)?.value, "label", at));
    },
});

/** As labels, for what tools are told. */
export const requiredAnnotationMissing = objectRule({
    id: "required-annotation-missing",
    severity: "low",
    title: "What runs has the annotations that were agreed, and no others where others are ruled out",
    fix: "add the annotation, or take the other one out",
    benchmarks: ["Kubernetes: Annotations"],
    controls: [],
    types: [...RUN_KINDS, "/Service", "/Namespace", "networking.k8s.io/Ingress"],
    parameters: {
        annotations: { type: "array", items: { type: "string" }, default: [], description: `annotations that must be there: ${WANTED}; none for no rule` },
        allowed: { type: "array", items: { type: "string" }, default: [], description: "annotations that may be there, a whole name or a domain with a slash behind it; any where empty" },
    },

    check(object, settings) {
        const annotations = object.value.get("metadata", "annotations");
        const allowed = textsOf(settings, "allowed");
        const wanted = () => textsOf(settings, "annotations").flatMap(text => missing(ownName(text, object), name => annotations.get(name).text, "annotation", [...object.path, "metadata", "annotations"]));
        const others = () => allowed.length === 0 ? [] : each(entriesOf(annotations), ({ name }) =>
            allowed.some(each => each.endsWith("/") ? name.startsWith(each) : name === each) ? undefined : `has an annotation that was ruled out (${name})`);
        return together(wanted, others);
    },
});

/** Puts the object's name into a pattern, each character for itself. */
function ownName(text: string, { subject }: ObjectView): string {
    return text.replaceAll("{name}", subject.name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
}

function missing(wanted: string, read: (name: string) => string | undefined, noun: string, at: Fault["at"]): Fault[] {
    const equals = wanted.indexOf("=");
    const [name, pattern] = equals < 0 ? [wanted, undefined] : [wanted.slice(0, equals), wanted.slice(equals + 1)];
    const value = read(name);
    const fits = value !== undefined && (pattern === undefined ? value !== "" : new RegExp(`^(?:${pattern})$`).test(value));
    return fits ? [] : [{ message: `lacks the ${noun} ${name}${pattern === undefined || value === undefined ? "" : ` as it was agreed, ${pattern}`} (${value ?? "not set"})`, at }];
}

interface Pair {
    readonly name: string;
    readonly value: Value;
    readonly path: Value["path"];
}

/** Pairs of a mapping; one that cannot be read throws when its name is asked for. */
function entriesOf(mapping: Value): readonly Pair[] {
    return mapping.entries.map(([name, value]) => ({
        get name() { return name === "" && value.path === mapping.path ? String(value.plain) : name; },
        value,
        get path() { return value.path; },
    }));
}

const PART = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const DOMAIN = /^(?=.{1,253}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/** The API server refuses an object with such a label; a number that lost its quotes is the usual one. */
export const invalidLabel = objectRule({
    id: "invalid-label",
    severity: "low",
    title: "Names and values of labels are such as the API server takes",
    fix: "use up to 63 letters, digits, `-`, `_` and `.`, with a letter or digit at both ends, and quote numbers and yes or no",
    benchmarks: ["Kubernetes: Labels and Selectors, syntax and character set"],
    controls: [],
    types: [],
    platforms: ["kubernetes"],

    check: object => together(...metadataOf(object).flatMap(metadata => [
        () => each(entriesOf(metadata.get("labels")), ({ name, value }) => fault("label", name, value, text => text === "" || PART.test(text))),
        () => each(entriesOf(metadata.get("annotations")), ({ name, value }) => fault("annotation", name, value, () => true)),
    ])),
});

function metadataOf({ value, type }: ObjectView): readonly Value[] {
    const pods = type === "batch/CronJob" ? value.get("spec", "jobTemplate", "spec", "template") : RUN_KINDS.includes(type) && type !== "/Pod" ? value.get("spec", "template") : undefined;
    return pods === undefined ? [value.get("metadata")] : [value.get("metadata"), pods.get("metadata")];
}

function fault(noun: string, name: string, value: Value, valid: (text: string) => boolean): string | undefined {
    const slash = name.indexOf("/");
    const named = PART.test(name.slice(slash + 1)) && (slash < 0 || DOMAIN.test(name.slice(0, slash)));
    if (!named) {
        return `has ${noun === "label" ? "a" : "an"} ${noun} whose name is not valid (${name})`;
    }
    const { plain } = value;
    if (plain === undefined || typeof plain === "string" && valid(plain)) {
        return undefined;
    }
    // Neither a secret nor what an annotation holds, which may be long, is shown.
    const shown = typeof plain !== "string" ? `a ${typeof plain}` : value.secret ? "a secret" : plain;
    return `has ${noun === "label" ? "a" : "an"} ${noun} whose value is not valid (${name}: ${shown})`;
}
