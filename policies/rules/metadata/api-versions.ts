import { objectRule } from "../../rule";
import type { ObjectView } from "../../view/types";

/**
 * API versions that Kubernetes does not serve any more, by the release that removed them, as
 * https://kubernetes.io/docs/reference/using-api/deprecation-guide/ lists them.
 */
const REMOVED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "1.32": { "flowcontrol.apiserver.k8s.io/v1beta3": "FlowSchema PriorityLevelConfiguration" },
    "1.29": { "flowcontrol.apiserver.k8s.io/v1beta2": "FlowSchema PriorityLevelConfiguration" },
    "1.27": { "storage.k8s.io/v1beta1": "CSIStorageCapacity" },
    "1.26": { "flowcontrol.apiserver.k8s.io/v1beta1": "FlowSchema PriorityLevelConfiguration", "autoscaling/v2beta2": "HorizontalPodAutoscaler" },
    "1.25": {
        "batch/v1beta1": "CronJob", "discovery.k8s.io/v1beta1": "EndpointSlice", "events.k8s.io/v1beta1": "Event", "autoscaling/v2beta1": "HorizontalPodAutoscaler",
        "policy/v1beta1": "PodDisruptionBudget PodSecurityPolicy", "node.k8s.io/v1beta1": "RuntimeClass",
    },
    "1.22": {
        "admissionregistration.k8s.io/v1beta1": "MutatingWebhookConfiguration ValidatingWebhookConfiguration", "apiextensions.k8s.io/v1beta1": "CustomResourceDefinition",
        "apiregistration.k8s.io/v1beta1": "APIService", "authentication.k8s.io/v1beta1": "TokenReview",
        "authorization.k8s.io/v1beta1": "LocalSubjectAccessReview SelfSubjectAccessReview SubjectAccessReview", "certificates.k8s.io/v1beta1": "CertificateSigningRequest",
        "coordination.k8s.io/v1beta1": "Lease", "extensions/v1beta1": "Ingress", "networking.k8s.io/v1beta1": "Ingress IngressClass",
        "rbac.authorization.k8s.io/v1beta1": "ClusterRole ClusterRoleBinding Role RoleBinding", "scheduling.k8s.io/v1beta1": "PriorityClass",
        "storage.k8s.io/v1beta1": "CSIDriver CSINode StorageClass VolumeAttachment",
    },
    "1.16": {
        "extensions/v1beta1": "NetworkPolicy PodSecurityPolicy DaemonSet Deployment ReplicaSet", "apps/v1beta1": "Deployment StatefulSet ReplicaSet",
        "apps/v1beta2": "DaemonSet Deployment StatefulSet ReplicaSet",
    },
};

const RELEASES: ReadonlyMap<string, string> = new Map(Object.entries(REMOVED).flatMap(([release, versions]) =>
    Object.entries(versions).flatMap(([version, kinds]) => kinds.split(" ").map(kind => [`${version}/${kind}`, release] as const))));

/** A cluster of that release or later refuses the object: a policy or a budget that is refused protects nothing. */
export const retiredApiVersion = objectRule({
    id: "retired-api-version",
    severity: "low",
    title: "Every object is of an API version that Kubernetes still serves",
    fix: "move to the version that the deprecation guide names (`kubectl convert`)",
    benchmarks: ["Kubernetes: Deprecated API Migration Guide"],
    controls: [],
    types: [],
    platforms: ["kubernetes"],
    property: "apiVersion",

    check(object) {
        const version = versionOf(object);
        const release = RELEASES.get(`${version}/${object.subject.kind}`);
        return release === undefined ? undefined : `is of an API version that Kubernetes removed in ${release} (${version})`;
    },
});

function versionOf(object: ObjectView): string {
    return object.value.get("apiVersion").text ?? "";
}

/** Groups of Kubernetes itself; what extensions call beta is their own affair. */
const GROUPS: ReadonlySet<string> = new Set([
    "admissionregistration.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io", "apps", "authentication.k8s.io", "authorization.k8s.io", "autoscaling", "batch",
    "certificates.k8s.io", "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io", "extensions", "flowcontrol.apiserver.k8s.io", "internal.apiserver.k8s.io",
    "networking.k8s.io", "node.k8s.io", "policy", "rbac.authorization.k8s.io", "resource.k8s.io", "scheduling.k8s.io", "storage.k8s.io", "storagemigration.k8s.io",
]);

/** Alpha and beta versions may be off, and change or vanish with the next release. */
export const unstableApiVersion = objectRule({
    id: "unstable-api-version",
    severity: "low",
    optional: true,
    title: "Every object of Kubernetes itself is of a stable API version",
    fix: "use the stable version, where there is one",
    benchmarks: ["Kubernetes: API versioning"],
    controls: [],
    types: [],
    platforms: ["kubernetes"],
    property: "apiVersion",

    check(object) {
        const version = versionOf(object);
        const [group = "", name = ""] = version.split("/");
        return GROUPS.has(group) && /^v\d+(?:alpha|beta)\d+$/.test(name) ? `is of an API version that is not stable (${version})` : undefined;
    },
});
