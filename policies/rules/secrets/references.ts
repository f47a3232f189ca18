import { across, each, podRule, stackRule, textsOf } from "../../rule";
import { matchesPattern } from "../../view/pattern";
import { referencesOf } from "../../view/pod-references";
import { called, mayShare, nameOf, namespaceOf, namespaceOfPod } from "../../view/identity";
import { objectsOf } from "../../view/stack";
import { allHold, anyHolds } from "../../view/three-valued";
import type { Rule } from "../../rule";
import type { Reference, ReferenceKind } from "../../view/pod-references";
import type { Stack } from "../../view/stack";
import type { ObjectView, Seen, WorkloadView } from "../../view/types";

/** A variable is inherited by every child of the program, and printed with the rest of them when it crashes. */
const secretFromEnvironment = podRule({
    id: "secret-from-environment",
    severity: "low",
    title: "Secrets reach a pod as files, and not by its environment",
    fix: "mount the Secret as a volume, and let the program read the file (`…_FILE`)",
    benchmarks: ["CIS Kubernetes 5.4.1"],
    controls: ["RAGFLOW-SECRETS-03"],
    // Many a program can read nothing else, and the value is at least not in the manifest.
    optional: true,

    check: pod => each(referencesOf(pod), ({ kind, name, variable }) => kind === "Secret" && variable !== undefined
        ? `takes Secret "${name}" into its environment (${variable === "*" ? "all of it" : variable})` : undefined),
});

const LISTS: readonly (readonly [parameter: string, kind: ReferenceKind, title: string])[] = [
    ["secrets", "Secret", "Secrets"], ["configMaps", "ConfigMap", "config maps"], ["claims", "PersistentVolumeClaim", "claims"],
];

const accessNotListed = podRule({
    id: "secret-access-not-listed",
    severity: "medium",
    title: "Pods use the secrets, config maps and claims that were agreed upon",
    fix: "take the reference away, or put the object on the list",
    benchmarks: ["Kubernetes: Good practices for Kubernetes Secrets"],
    controls: [],
    parameters: Object.fromEntries(LISTS.map(([parameter, , title]) => [parameter, {
        type: "array", items: { type: "string" }, default: [], description: `names of the ${title} that pods may use, \`*\` for any characters; nothing is refused while the list is empty`,
    }])),

    check(pod, settings) {
        const lists = LISTS.map(([parameter, kind]) => ({ kind, allowed: textsOf(settings, parameter) })).filter(({ allowed }) => allowed.length > 0);
        return lists.length === 0 ? [] : each(referencesOf(pod), ({ kind, name }) => {
            const list = lists.find(each => each.kind === kind);
            return list === undefined || list.allowed.some(pattern => matchesPattern(pattern, name)) ? undefined
                : `uses ${kind} "${name}", which is not on the list (${list.allowed.join(", ")})`;
        });
    },
});

interface Asked extends Seen {
    readonly reference: Reference;
    readonly namespace: () => string;
}

const configMissing = stackRule({
    id: "referenced-config-missing",
    severity: "low",
    title: "The secrets and config maps that a pod names are in the stack, with the keys that it asks for",
    fix: "add the object or the key, or say that it may be missing (`optional: true`)",
    benchmarks: ["Kubernetes: Configure a Pod to Use a ConfigMap"],
    controls: [],
    // Secrets are rightly kept elsewhere, and so are many config maps.
    optional: true,

    check(stack) {
        const pods = stack.workloads.filter(({ platform }) => platform === "kubernetes");
        return across(pods.flatMap(pod => asked(stack, pod)), "", ({ reference, namespace }) => {
            const { kind, name, keys } = reference;
            if (kind === "PersistentVolumeClaim" || name === "kube-root-ca.crt" || reference.optional) {
                return undefined;
            }
            const objects = called(objectsOf(stack, `/${kind}`), name, namespace);
            if (objects.length === 0) {
                return kind === "Secret" && isMade(stack, name, namespace) ? undefined : `names ${kind} "${name}", which is not in the stack`;
            }
            const missing = keys.find(key => !anyHolds(objects.map(object => () => holds(object, key))));
            return missing === undefined ? undefined : `asks for the key "${missing}" of ${kind} "${name}", which has none`;
        });
    },
});

function asked(stack: Stack, pod: WorkloadView): Asked[] {
    return referencesOf(pod).map(reference => ({
        origin: pod.origin, subject: pod.subject, label: pod.label, path: reference.path, place: () => reference.path,
        reference, namespace: () => namespaceOfPod(stack, pod),
    }));
}

/** What writes a Secret that no file holds, and where it says its name. */
const MAKERS: readonly (readonly [type: string, made: (object: ObjectView) => string])[] = [
    ["bitnami.com/SealedSecret", object => nameOf(object)],
    ["external-secrets.io/ExternalSecret", object => object.value.get("spec", "target", "name").text ?? nameOf(object)],
    ["cert-manager.io/Certificate", object => object.value.get("spec", "secretName").text ?? ""],
];

function isMade(stack: Stack, name: string, namespace: () => string): boolean {
    return anyHolds(MAKERS.flatMap(([type, made]) => objectsOf(stack, type).map(object => () =>
        allHold(() => made(object) === name, () => mayShare(namespaceOf(object), namespace())))));
}

/** Whether an object has a key. A value that is not known may turn out to be none. */
function holds(object: ObjectView, key: string): boolean {
    return anyHolds(["data", "stringData", "binaryData"].map(field => () => object.value.get(field, key).present));
}

export const REFERENCE_RULES: readonly Rule[] = [secretFromEnvironment, accessNotListed, configMissing];
