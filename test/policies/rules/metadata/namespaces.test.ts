import { defaultNamespace, namespaceNotSet, namespaceWithoutPodSecurity, systemNamespace } from "../../../../policies/rules/metadata/namespaces";
import { UNKNOWN, manifest, resource, ruleTest, service } from "../../../support/rule-test";
import type { Subject } from "../../../support/rule-test";

// Rules of this file: "default-namespace", "namespace-not-set", "system-namespace", "namespace-without-pod-security".
const object = (kind: string, metadata: object = {}, apiVersion = "apps/v1"): Subject => manifest(JSON.stringify({ apiVersion, kind, metadata: { name: "it", ...metadata } }));

ruleTest(defaultNamespace, {
    passes: {
        "another": object("Deployment", { namespace: "shop" }),
        "none, which may be any": object("Deployment"),
        "an empty one": object("Deployment", { namespace: "" }),
        "the cluster's own": manifest("{apiVersion: v1, kind: Service, metadata: {name: kubernetes, namespace: default}}"),
        "what another object keeps": object("ReplicaSet", { namespace: "default", ownerReferences: [{ kind: "Deployment", name: "it" }] }),
        "a Compose service": service({}),
    },
    violates: {
        "a Deployment": [object("Deployment", { namespace: "default" }), 'Deployment "it" is put into the namespace that everybody shares (namespace: default)'],
        "a Secret": [object("Secret", { namespace: "default" }, "v1"), 'Secret "it" is put into the namespace that everybody shares (namespace: default)'],
        "a resource of Pulumi": [resource("kubernetes:core/v1:ConfigMap", "c", { metadata: { namespace: "default" } }), 'ConfigMap "c" is put into the namespace that everybody shares (namespace: default)'],
    },
    unknown: { "the namespace": [object("Deployment", { namespace: UNKNOWN })] },
});

ruleTest(namespaceNotSet, {
    passes: { "one": object("Deployment", { namespace: "default" }), "what is in none": object("ClusterRole", {}, "rbac.authorization.k8s.io/v1") },
    violates: { "none": [object("Deployment"), 'Deployment "it" lands in whichever namespace it is applied to (namespace: not set)'] },
    unknown: { "the namespace": [object("Deployment", { namespace: UNKNOWN })] },
});

const SYSTEM = (namespace: string) => `Deployment "it" runs among the cluster's own (namespace: ${namespace})`;

ruleTest(systemNamespace, {
    passes: {
        "another": object("Deployment", { namespace: "shop" }),
        "none": object("Deployment"),
        "the cluster's own": object("Pod", { namespace: "kube-system", labels: { tier: "control-plane" } }, "v1"),
        "its name service": object("Deployment", { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } }),
        "what another object keeps": object("ReplicaSet", { namespace: "kube-system", ownerReferences: [{ kind: "Deployment", name: "it" }] }),
        "a ConfigMap": object("ConfigMap", { namespace: "kube-system" }, "v1"),
    },
    violates: {
        "kube-system": [object("Deployment", { namespace: "kube-system" }), SYSTEM("kube-system")],
        "kube-public": [object("Deployment", { namespace: "kube-public", labels: { app: "it" } }), SYSTEM("kube-public")],
    },
    unknown: { "the namespace": [object("Deployment", { namespace: UNKNOWN })], "its labels": [object("Deployment", { namespace: "kube-system", labels: UNKNOWN })] },
});

ruleTest(systemNamespace, {
    settings: { allowed: ["it"] },
    passes: { "an add-on": object("Deployment", { namespace: "kube-system" }) },
    violates: { "another": [object("Deployment", { namespace: "kube-system", name: "api" }), 'Deployment "api" runs among the cluster\'s own (namespace: kube-system)'] },
});

const space = (labels: unknown, name = "shop") => manifest(JSON.stringify({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels } }));
const ENFORCE = "pod-security.kubernetes.io/enforce";

ruleTest(namespaceWithoutPodSecurity, {
    passes: { "restricted": space({ [ENFORCE]: "restricted" }), "baseline": space({ [ENFORCE]: "baseline" }), "the cluster's own": space({}, "kube-system") },
    violates: {
        "silence": [space(undefined), `Namespace "shop" takes any pod (${ENFORCE}: not set)`],
        "privileged": [space({ [ENFORCE]: "privileged" }), `Namespace "shop" takes any pod (${ENFORCE}: privileged)`],
        "a word that is no level": [space({ [ENFORCE]: "strict" }), `Namespace "shop" takes any pod (${ENFORCE}: strict)`],
        "a warning only": [space({ "pod-security.kubernetes.io/warn": "restricted" }), `Namespace "shop" takes any pod (${ENFORCE}: not set)`],
    },
    unknown: { "the label": [space({ [ENFORCE]: UNKNOWN })] },
});
