import { objectRule, textsOf } from "../../rule";
import { SYSTEM_NAMESPACES, namespaceOf } from "../../view/namespaces";
import { RUN_KINDS } from "../../view/object-labels";
import { isOwned } from "../../view/scaled";
import type { ObjectView } from "../../view/types";

/** What every cluster keeps in the namespace `default` by itself. */
const OWN: ReadonlySet<string> = new Set([
    "/Service kubernetes", "/Endpoints kubernetes", "discovery.k8s.io/EndpointSlice kubernetes", "/ServiceAccount default", "/ConfigMap kube-root-ca.crt",
]);

function placed(object: ObjectView): boolean {
    return !OWN.has(`${object.type} ${object.subject.name}`) && !isOwned(object);
}

/** What has no namespace of its own shares rights, quotas and network policies with whatever else was forgotten there. */
export const defaultNamespace = objectRule({
    id: "default-namespace",
    severity: "low",
    title: "Nothing is put into the namespace `default`",
    fix: "give the application a namespace of its own",
    benchmarks: ["CIS Kubernetes 5.7.4", "NSA/CISA: Namespace separation"],
    controls: [],
    types: [],
    platforms: ["kubernetes"],

    check(object) {
        return namespaceOf(object) === "default" && placed(object) ? { message: "is put into the namespace that everybody shares (namespace: default)", at: [...object.path, "metadata", "namespace"] } : undefined;
    },
});

/** Without a namespace an object lands wherever the context of whoever applies it points: by default, in `default`. */
export const namespaceNotSet = objectRule({
    id: "namespace-not-set",
    severity: "low",
    optional: true,
    title: "Every object says which namespace it is in",
    fix: "set metadata.namespace; tools that set it (Helm, Kustomize, `kubectl -n`) make the rule needless",
    benchmarks: ["CIS Kubernetes 5.7.4"],
    controls: [],
    types: [
        ...RUN_KINDS, "/Service", "/ConfigMap", "/Secret", "/ServiceAccount", "/PersistentVolumeClaim", "networking.k8s.io/Ingress", "networking.k8s.io/NetworkPolicy",
        "rbac.authorization.k8s.io/Role", "rbac.authorization.k8s.io/RoleBinding",
    ],

    check(object) {
        return namespaceOf(object) === undefined ? { message: "lands in whichever namespace it is applied to (namespace: not set)", at: [...object.path, "metadata", "namespace"] } : undefined;
    },
});

/** Labels of what the cluster runs there itself. */
const SYSTEM_APPS: ReadonlySet<string> = new Set(["kube-dns", "kube-proxy", "metrics-server"]);

/** Who may change things in the cluster's own namespaces may change the cluster. */
export const systemNamespace = objectRule({
    id: "system-namespace",
    severity: "medium",
    title: "No workload is put into the cluster's own namespaces",
    fix: "give it a namespace of its own; allow the cluster's add-ons by name",
    benchmarks: ["NSA/CISA: Namespace separation", "CIS Kubernetes 5.7.1"],
    controls: [],
    types: RUN_KINDS,
    parameters: { allowed: { type: "array", items: { type: "string" }, default: [], description: "names of workloads that belong to the cluster" } },

    check(object, settings) {
        const namespace = namespaceOf(object);
        if (namespace === undefined || !SYSTEM_NAMESPACES.has(namespace) || textsOf(settings, "allowed").includes(object.subject.name) || isOwned(object)) {
            return undefined;
        }
        const labels = object.value.get("metadata", "labels");
        const own = labels.get("tier").text === "control-plane" || SYSTEM_APPS.has(labels.get("k8s-app").text ?? "");
        return own ? undefined : { message: `runs among the cluster's own (namespace: ${namespace})`, at: [...object.path, "metadata", "namespace"] };
    },
});

const ENFORCE = "pod-security.kubernetes.io/enforce";

/** Kubernetes checks pods by itself, but only in namespaces that say how strictly. */
export const namespaceWithoutPodSecurity = objectRule({
    id: "namespace-without-pod-security",
    severity: "medium",
    title: "Every namespace enforces a level of the Pod Security Standards",
    fix: `set the label ${ENFORCE} to restricted, or to baseline`,
    benchmarks: ["CIS Kubernetes 5.2.1", "NSA/CISA: Pod security enforcement"],
    controls: [],
    types: ["/Namespace"],

    check(namespace) {
        const level = namespace.value.get("metadata", "labels", ENFORCE);
        if (SYSTEM_NAMESPACES.has(namespace.subject.name) || level.text === "restricted" || level.text === "baseline") {
            return undefined;
        }
        return { message: `takes any pod (${ENFORCE}: ${level.text ?? "not set"})`, at: level.path };
    },
});
