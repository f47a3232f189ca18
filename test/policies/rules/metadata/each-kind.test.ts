import { retiredApiVersion, unstableApiVersion } from "../../../../policies/rules/metadata/api-versions";
import { manifest, ruleTest } from "../../../support/rule-test";
import type { Subject } from "../../../support/rule-test";

// Every group by itself: a list that loses one loses a case here.

const object = (apiVersion: string, kind: string): Subject => manifest(JSON.stringify({ apiVersion, kind, metadata: { name: "it" } }));

const GROUPS = [
    "admissionregistration.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io", "apps", "authentication.k8s.io", "authorization.k8s.io", "autoscaling", "batch", "certificates.k8s.io",
    "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io", "extensions", "flowcontrol.apiserver.k8s.io", "internal.apiserver.k8s.io", "networking.k8s.io", "node.k8s.io", "policy",
    "rbac.authorization.k8s.io", "resource.k8s.io", "scheduling.k8s.io", "storage.k8s.io", "storagemigration.k8s.io",
];
ruleTest(unstableApiVersion, {
    passes: Object.fromEntries(GROUPS.map(group => [`${group}/v1`, object(`${group}/v1`, "Thing")])),
    violates: Object.fromEntries(GROUPS.map(group => [group, [object(`${group}/v1beta1`, "Thing"), `Thing "it" is of an API version that is not stable (${group}/v1beta1)`]] as const)),
});

const RETIRED: readonly (readonly [release: string, version: string, kind: string])[] = [
    ["1.32", "flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema"], ["1.29", "flowcontrol.apiserver.k8s.io/v1beta2", "PriorityLevelConfiguration"], ["1.27", "storage.k8s.io/v1beta1", "CSIStorageCapacity"],
    ["1.26", "autoscaling/v2beta2", "HorizontalPodAutoscaler"], ["1.25", "batch/v1beta1", "CronJob"], ["1.25", "policy/v1beta1", "PodSecurityPolicy"], ["1.22", "networking.k8s.io/v1beta1", "IngressClass"],
    ["1.22", "rbac.authorization.k8s.io/v1beta1", "RoleBinding"], ["1.16", "apps/v1beta2", "StatefulSet"], ["1.16", "extensions/v1beta1", "NetworkPolicy"],
];
ruleTest(retiredApiVersion, {
    passes: {},
    violates: Object.fromEntries(RETIRED.map(([release, version, kind]) => [`${version} ${kind}`, [object(version, kind), `${kind} "it" is of an API version that Kubernetes removed in ${release} (${version})`]] as const)),
});
