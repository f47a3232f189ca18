import assert from "node:assert/strict";

import { ACCESS_RULES } from "../../../../policies/rules/access";
import { UNKNOWN, deployment, docker, manifest, resource, ruleTest, together } from "../../../support/rule-test";
import type { Rule } from "../../../../policies/rule";
import type { Subject } from "../../../support/rule-test";

function rule(id: string): Rule {
    const found = ACCESS_RULES.find(one => one.id === id);
    assert.ok(found !== undefined);
    return found;
}

function pod(name: string, spec: string, namespace = "shop"): Subject {
    return manifest(`{apiVersion: apps/v1, kind: Deployment, metadata: {name: ${name}, namespace: ${namespace}}, spec: {template: {spec: ${spec}}}}`);
}

function account(name: string, more = "", namespace = "shop"): Subject {
    return manifest(`{apiVersion: v1, kind: ServiceAccount, metadata: {name: ${name}, namespace: ${namespace}}${more}}`);
}

const role = (rules: string) => manifest(`{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: helper}, rules: [${rules}]}`);

function bound(kind: "ClusterRoleBinding" | "RoleBinding", subject: string, ref = "helper", namespace = "shop"): Subject {
    const metadata = kind === "RoleBinding" ? `{name: b, namespace: ${namespace}}` : "{name: b}";
    return manifest(`{apiVersion: rbac.authorization.k8s.io/v1, kind: ${kind}, metadata: ${metadata}, roleRef: {kind: ClusterRole, name: ${ref}}, subjects: [${subject}]}`);
}

const API = "{kind: ServiceAccount, name: api, namespace: shop}";
const NO = ", automountServiceAccountToken: false";

ruleTest(rule("service-account-token-mounted"), {
    passes: {
        "a pod that refuses": pod("api", "{automountServiceAccountToken: false}"),
        "an account that does not hand it over": together(pod("api", "{serviceAccountName: api}"), account("api", NO)),
        "an account of the same name, in a manifest that leaves the namespace out": together(deployment("api", { serviceAccountName: "api" }), account("api", NO)),
        "an account that has a role": together(pod("api", "{serviceAccountName: api}"), bound("RoleBinding", API)),
        "a container elsewhere": docker("api", {}),
    },
    violates: {
        "a pod that says nothing": [pod("api", "{}"), `pod of Deployment "api" gets a token of ServiceAccount "default", to which nothing here gives a role`],
        "a pod that asks, though its account does not hand it over": [
            together(pod("api", "{serviceAccountName: api, automountServiceAccountToken: true}"), account("api", NO)),
            `pod of Deployment "api" gets a token of ServiceAccount "api", to which nothing here gives a role`,
        ],
        "an account of another namespace": [
            together(pod("api", "{serviceAccountName: api}"), account("api", NO, "other")), `pod of Deployment "api" gets a token of ServiceAccount "api", to which nothing here gives a role`,
        ],
        "the default account, though it has a role": [
            together(pod("api", "{}"), bound("RoleBinding", "{kind: ServiceAccount, name: default, namespace: shop}")),
            `pod of Deployment "api" gets a token of ServiceAccount "default", to which nothing here gives a role`,
        ],
        "a role for another account": [
            together(pod("api", "{serviceAccountName: api}"), bound("RoleBinding", "{kind: ServiceAccount, name: web, namespace: shop}, {kind: User, name: api}, {kind: Group, name: api}")),
            `pod of Deployment "api" gets a token of ServiceAccount "api", to which nothing here gives a role`,
        ],
    },
    unknown: {
        "whether it is mounted, and still refuses another": [
            together(deployment("api", { automountServiceAccountToken: UNKNOWN }), deployment("web", {})),
            `pod of Deployment "web" gets a token of ServiceAccount "default", to which nothing here gives a role`,
        ],
        "which account it is": [deployment("api", { serviceAccountName: UNKNOWN })],
    },
});

ruleTest(rule("default-service-account"), {
    passes: {
        "an account of its own": pod("api", "{serviceAccountName: api}"),
        "the retired field": pod("api", "{serviceAccount: api}"),
        "no token": pod("api", "{automountServiceAccountToken: false}"),
        "a default account that hands no token over": together(pod("api", "{}"), account("default", NO)),
    },
    violates: {
        "no account": [pod("api", "{}"), `pod of Deployment "api" runs as the default ServiceAccount of its namespace, with a token of it`],
        "the default one by name": [pod("api", "{serviceAccountName: default}"), `pod of Deployment "api" runs as the default ServiceAccount of its namespace, with a token of it`],
        "an empty name": [pod("api", "{serviceAccountName: ''}"), `pod of Deployment "api" runs as the default ServiceAccount of its namespace, with a token of it`],
    },
    unknown: { "the account": [deployment("api", { serviceAccountName: UNKNOWN })] },
});

ruleTest(rule("service-account-automounts"), {
    passes: {
        "one that does not": account("api", NO),
        "pods that each say for themselves": together(account("api"), pod("api", "{serviceAccountName: api, automountServiceAccountToken: true}")),
    },
    violates: {
        "one that says nothing": [account("api"), `ServiceAccount "api" hands its token to every pod that does not refuse it (automountServiceAccountToken: not set)`],
        "one that says so": [account("api", ", automountServiceAccountToken: true"), `ServiceAccount "api" hands its token to every pod that does not refuse it (automountServiceAccountToken: true)`],
        "pods of which one says nothing": [
            together(account("api"), pod("api", "{serviceAccountName: api, automountServiceAccountToken: true}"), pod("web", "{serviceAccountName: api}")),
            `ServiceAccount "api" hands its token to every pod that does not refuse it (automountServiceAccountToken: not set)`,
        ],
    },
    unknown: { "the flag": [resource("kubernetes:core/v1:ServiceAccount", "api", { automountServiceAccountToken: UNKNOWN })] },
});

ruleTest(rule("shared-service-account"), {
    passes: {
        "an account each": together(pod("api", "{serviceAccountName: api}"), pod("web", "{serviceAccountName: web}")),
        "one without tokens": together(pod("api", "{serviceAccountName: app}"), pod("web", "{serviceAccountName: app}"), account("app", NO)),
        "the same name in two namespaces": together(pod("api", "{serviceAccountName: app}"), pod("web", "{serviceAccountName: app}", "other")),
        "the default one, which has its own rule": together(pod("api", "{}"), pod("web", "{}")),
    },
    violates: {
        "three of one account": [
            together(pod("api", "{serviceAccountName: app}"), pod("web", "{serviceAccountName: app}"), pod("job", "{serviceAccountName: app}")),
            `pod of Deployment "web" shares ServiceAccount "app" with Deployment "api"`, `pod of Deployment "job" shares ServiceAccount "app" with Deployment "api"`,
        ],
    },
    unknown: { "an account": [together(deployment("api", { serviceAccountName: UNKNOWN }), deployment("web", { serviceAccountName: "web" }))] },
});

ruleTest(rule("service-account-missing"), {
    passes: {
        "one that is there": together(pod("api", "{serviceAccountName: api}"), account("api")),
        "the default one, which always is": pod("api", "{}"),
    },
    violates: {
        "one that is not": [together(pod("api", "{serviceAccountName: api}"), account("web")), `pod of Deployment "api" names ServiceAccount "api", which is not in the stack`],
        "one of another namespace": [together(pod("api", "{serviceAccount: api}"), account("api", "", "other")), `pod of Deployment "api" names ServiceAccount "api", which is not in the stack`],
    },
    unknown: { "its name": [deployment("api", { serviceAccountName: UNKNOWN })] },
});

ruleTest(rule("retired-service-account-field"), {
    passes: {
        "the field that is read": pod("api", "{serviceAccountName: api}"),
        "both, as the API server writes them": pod("api", "{serviceAccountName: api, serviceAccount: api}"),
    },
    violates: {
        "the retired one": [pod("api", "{serviceAccount: api}"), `pod of Deployment "api" names its account in a retired field (serviceAccount: api)`],
        "two that differ": [pod("api", "{serviceAccount: api, serviceAccountName: web}"), `pod of Deployment "api" names its account in a retired field (serviceAccount: api)`],
    },
    unknown: { "the field": [deployment("api", { serviceAccount: UNKNOWN })] },
});

ruleTest(rule("service-account-not-allowed"), { passes: { "anything while nothing is said": pod("api", "{serviceAccountName: api}") }, violates: {} });
ruleTest(rule("service-account-not-allowed"), {
    settings: { accounts: ["shop-*", "ci.runner"] },
    passes: { "a name of a pattern": pod("api", "{serviceAccountName: shop-api}"), "a name": pod("api", "{serviceAccountName: ci.runner}") },
    violates: {
        "another": [pod("api", "{serviceAccountName: cixrunner}"), `pod of Deployment "api" runs as ServiceAccount "cixrunner", which is not on the list (shop-*, ci.runner)`],
        "none": [pod("api", "{}"), `pod of Deployment "api" runs as ServiceAccount "default", which is not on the list (shop-*, ci.runner)`],
    },
    unknown: { "the account": [deployment("api", { serviceAccountName: UNKNOWN })] },
});

ruleTest(rule("long-lived-token"), {
    passes: { "another secret": manifest("{apiVersion: v1, kind: Secret, metadata: {name: s}, type: Opaque}") },
    violates: {
        "a token": [
            manifest("{apiVersion: v1, kind: Secret, metadata: {name: s, annotations: {kubernetes.io/service-account.name: api}}, type: kubernetes.io/service-account-token}"),
            `Secret "s" is a token without end of ServiceAccount "api"`,
        ],
    },
    unknown: { "the type": [resource("kubernetes:core/v1:Secret", "s", { type: UNKNOWN })] },
});

const PODS = "{apiGroups: [''], resources: [pods], verbs: [get, list]}";
const SECRETS = "{apiGroups: [''], resources: [secrets], verbs: [list]}";
const way = (binding: string, what: string, ref = "helper") => `pod of Deployment "api" can take the cluster over: ServiceAccount "api" → ${binding} "b" → ClusterRole "${ref}", which may ${what}`;
const api = (more = "") => pod("api", `{serviceAccountName: api${more}}`);

ruleTest(rule("takeover-rights"), {
    passes: {
        "a role that may little": together(api(), bound("ClusterRoleBinding", API), role(PODS)),
        "a role of one namespace": together(api(), bound("RoleBinding", API), role(SECRETS)),
        "a pod without the token": together(api(NO), bound("ClusterRoleBinding", API), role(SECRETS)),
        "an account of another namespace": together(api(), bound("ClusterRoleBinding", "{kind: ServiceAccount, name: api, namespace: other}"), role(SECRETS)),
        "a role that is elsewhere": together(api(), bound("ClusterRoleBinding", API, "other"), role(SECRETS)),
        "what stays in no namespace, bound in one": together(
            api(), bound("RoleBinding", API, "helper", "kube-system"), role("{apiGroups: [''], resources: [nodes/proxy], verbs: [create]}"),
        ),
    },
    violates: {
        "secrets of the whole cluster": [together(api(), bound("ClusterRoleBinding", API), role(`${PODS}, ${SECRETS}`)), way("ClusterRoleBinding", "read secrets")],
        "cluster-admin, which no file needs to hold": [together(api(), bound("ClusterRoleBinding", API, "cluster-admin")), way("ClusterRoleBinding", "do everything", "cluster-admin")],
        "edit, in the whole cluster": [together(api(), bound("ClusterRoleBinding", API, "edit")), way("ClusterRoleBinding", "read secrets", "edit")],
        "secrets of kube-system": [together(api(), bound("RoleBinding", API, "helper", "kube-system"), role(SECRETS)), way("RoleBinding", "read secrets")],
        "the account as a user": [together(api(), bound("ClusterRoleBinding", "{kind: User, name: 'system:serviceaccount:shop:api'}"), role(SECRETS)), way("ClusterRoleBinding", "read secrets")],
        "the accounts of the namespace": [together(api(), bound("ClusterRoleBinding", "{kind: Group, name: 'system:serviceaccounts:shop'}"), role(SECRETS)), way("ClusterRoleBinding", "read secrets")],
        "everybody": [together(api(), bound("ClusterRoleBinding", "{kind: Group, name: 'system:authenticated'}"), role(SECRETS)), way("ClusterRoleBinding", "read secrets")],
        "a token that a volume asks for": [
            together(api(`${NO}, volumes: [{name: t, projected: {sources: [{serviceAccountToken: {path: token}}]}}]`), bound("ClusterRoleBinding", API), role(SECRETS)), way("ClusterRoleBinding", "read secrets"),
        ],
    },
    unknown: {
        "the verbs of the role": [
            together(
                api(), bound("ClusterRoleBinding", API),
                resource("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "helper", { metadata: { name: "helper" }, rules: [{ apiGroups: [""], resources: ["secrets"], verbs: UNKNOWN }] }),
            ),
        ],
    },
});

const projected = (token: string, more = "") => pod("api", `{volumes: [{name: t, projected: {sources: [{serviceAccountToken: ${token}}${more}]}}]}`);
ruleTest(rule("long-projected-token"), {
    passes: {
        "an hour, for one reader": projected("{path: t, expirationSeconds: 3600, audience: vault}"),
        "the hour that is the default": projected("{path: t, audience: vault}"),
        "what the API server itself projects": projected("{path: t, expirationSeconds: 3607}", ", {configMap: {name: kube-root-ca.crt}}"),
        "no volumes": pod("api", "{}"),
        "another projection": pod("api", "{volumes: [{name: t, projected: {sources: [{secret: {name: s}}]}}]}"),
    },
    violates: {
        "a year": [projected("{path: t, expirationSeconds: 31536000, audience: vault}"), `pod of Deployment "api" projects a token that lasts 31536000 seconds (more than 86400)`],
        "anybody": [projected("{path: t}"), `pod of Deployment "api" projects a token for no particular audience: whoever is shown it can use it on the API server`],
    },
    unknown: { "how long": [deployment("api", { volumes: [{ projected: { sources: [{ serviceAccountToken: { audience: "vault", expirationSeconds: UNKNOWN } }] } }] })] },
});
ruleTest(rule("long-projected-token"), {
    settings: { longest: 600 }, passes: {},
    violates: { "more than the house allows": [projected("{path: t, audience: vault}"), `pod of Deployment "api" projects a token that lasts 3600 seconds (more than 600)`] },
});
