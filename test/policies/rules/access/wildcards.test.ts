import { WILDCARD_RULES } from "../../../../policies/rules/access/wildcards";
import { UNKNOWN, manifest, resource, ruleTest } from "../../../support/rule-test";
import type { Subject } from "../../../support/rule-test";

function role(rules: string, name = "helper"): Subject {
    return manifest(`{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: "${name}"}, rules: ${rules}}`);
}

const pulumi = (rules: object) => resource("kubernetes:rbac.authorization.k8s.io/v1:Role", "helper", { rules });
const [verbs, resources] = ["wildcard-verbs", "wildcard-resources"].map(id => WILDCARD_RULES.find(rule => rule.id === id));

if (verbs === undefined || resources === undefined) {
    throw new Error("a rule is missing");
}

ruleTest(verbs, {
    passes: {
        "verbs one by one": role("[{apiGroups: ['*'], resources: ['*'], verbs: [get, list]}]"),
        "no rules": role("[]"),
        "a role of Kubernetes": role("[{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]", "system:controller:job-controller"),
        "a cluster-admin of one's own making, whose rules the API server completes anyway": role("[{apiGroups: [''], resources: [pods], verbs: ['*']}]", "cluster-admin"),
        "what GKE makes for Calico": role("[{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]", "gce:podsecuritypolicy:calico-sa"),
        "cluster-admin as the API server has it": manifest(`
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: cluster-admin, labels: {kubernetes.io/bootstrapping: rbac-defaults}}
rules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]`),
    },
    violates: {
        "every verb on some resources": [role("[{apiGroups: [apps], resources: [deployments, pods/log], verbs: ['*']}]"), `ClusterRole "helper" may do anything (*) to deployments, pods/log`],
        "every verb among others, on paths": [role("[{nonResourceURLs: [/metrics], verbs: [get, '*']}]"), `ClusterRole "helper" may do anything (*) to /metrics`],
        "a Role that is called as one of the cluster": [
            manifest("apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: cluster-admin}\nrules: [{apiGroups: [''], resources: [pods], verbs: ['*']}]"),
            'Role "cluster-admin" may do anything (*) to pods',
        ],
    },
    unknown: { "a verb, and still refuses another rule": [pulumi([{ resources: ["a"], verbs: [UNKNOWN] }, { resources: ["b"], verbs: [UNKNOWN, "*"] }]), `Role "helper" may do anything (*) to b`] },
});

ruleTest(resources, {
    passes: {
        "resources one by one": role("[{apiGroups: ['*'], resources: [pods], verbs: ['*']}]"),
        "every owner of a subresource": role("[{apiGroups: ['*'], resources: ['*/scale'], verbs: [update]}]"),
    },
    violates: {
        "every resource of a group": [role("[{apiGroups: [example.com], resources: ['*'], verbs: [get]}]"), `ClusterRole "helper" may get every resource of example.com`],
        "every resource of the core group": [role("[{apiGroups: [''], resources: ['*'], verbs: [get, list]}]"), `ClusterRole "helper" may get, list every resource of the core group`],
        "a star on both sides of the slash": [role("[{apiGroups: ['*'], resources: ['*/*'], verbs: [get]}]"), `ClusterRole "helper" may get every resource of *`],
    },
    unknown: { "the resources": [pulumi([{ apiGroups: [""], resources: UNKNOWN, verbs: ["get"] }])] },
});
