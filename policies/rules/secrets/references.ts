import { across, each, podRule, stackRule, textsOf } from "../../rule";
import { grouped } from "../../view/grouped";
import { matchesPattern } from "../../view/pattern";
import { referencesOf } from "../../view/pod-references";
import { mayShare } from "../../view/rbac";
import { objectsOf } from "../../view/stack";
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
    readonly namespace: string;
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
        const made = madeBy(stack);
        const pods = stack.workloads.filter(({ platform }) => platform === "kubernetes");
        return across(pods.flatMap(asked), "", ({ reference, namespace }) => {
            const { kind, name, keys } = reference;
            if (kind === "PersistentVolumeClaim" || name === "kube-root-ca.crt" || reference.optional) {
                return undefined;
            }
            const objects = (made.get(`${kind}/${name}`) ?? []).filter(({ subject }) => mayShare(subject.namespace, namespace));
            const missing = keys.find(key => objects.length > 0 && !objects.some(object => mayHold(object, key)));
            return objects.length === 0 ? `names ${kind} "${name}", which is not in the stack`
                : missing === undefined ? undefined : `asks for the key "${missing}" of ${kind} "${name}", which has none`;
        });
    },
});

function asked(pod: WorkloadView): Asked[] {
    return referencesOf(pod).map(reference => ({
        origin: pod.origin, subject: pod.subject, label: pod.label, path: reference.path, place: () => reference.path,
        reference, namespace: pod.subject.namespace,
    }));
}

/** Objects by what they are or make: operators write Secrets that no file holds. */
function madeBy(stack: Stack): ReadonlyMap<string, readonly ObjectView[]> {
    const objects = objectsOf(stack, "/Secret", "/ConfigMap", "bitnami.com/SealedSecret", "external-secrets.io/ExternalSecret", "cert-manager.io/Certificate");
    return grouped(objects, object => {
        switch (object.type) {
            case "external-secrets.io/ExternalSecret":
                return `Secret/${object.value.get("spec", "target", "name").text ?? object.subject.name}`;
            case "cert-manager.io/Certificate":
                return `Secret/${object.value.get("spec", "secretName").text ?? ""}`;
            case "/ConfigMap":
                return `ConfigMap/${object.subject.name}`;
            default:
                return `Secret/${object.subject.name}`;
        }
    });
}

function mayHold(object: ObjectView, key: string): boolean {
    return !["/Secret", "/ConfigMap"].includes(object.type)
        || ["data", "stringData", "binaryData"].some(field => object.value.get(field).entries.some(([name]) => name === key));
}

export const REFERENCE_RULES: readonly Rule[] = [secretFromEnvironment, accessNotListed, configMissing];
