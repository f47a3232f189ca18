import assert from "node:assert/strict";

import { BINDING_RULES } from "../../../../policies/rules/access/bindings";
import { UNKNOWN, manifest, resource, ruleTest, together } from "../../../support/rule-test";
import type { Rule } from "../../../../policies/rule";
import type { Subject } from "../../../support/rule-test";

function rule(id: string): Rule {
    const found = BINDING_RULES.find(one => one.id === id);
    assert.ok(found !== undefined);
    return found;
}

const RBAC = "rbac.authorization.k8s.io/v1";

/** `Kind/name`, or `Kind/namespace/name`. */
function binding(ref: string, ...subjects: readonly string[]): Subject {
    return made("ClusterRoleBinding", "b", ref, subjects);
}

function made(kind: string, name: string, ref: string, subjects: readonly string[], metadata: object = {}): Subject {
    const [roleKind, roleName] = ref.split("/");
    return manifest(JSON.stringify({
        apiVersion: RBAC, kind, metadata: { name, ...kind === "RoleBinding" ? { namespace: "shop" } : {}, ...metadata },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: roleKind, name: roleName },
        subjects: subjects.map(subject => {
            const [first, second, third] = subject.split("/");
            return third === undefined ? { kind: first, name: second } : { kind: first, namespace: second, name: third };
        }),
    }));
}

const role = (name: string, rules: object[], more: object = {}) => manifest(JSON.stringify({ apiVersion: RBAC, kind: "ClusterRole", metadata: { name, ...more }, rules }));
const all = { apiGroups: ["*"], resources: ["*"], verbs: ["*"] };

ruleTest(rule("cluster-admin-bound"), {
    passes: {
        "another role": binding("ClusterRole/view", "User/jane"),
        "a role of the stack that gives less": together(binding("ClusterRole/most", "User/jane"), role("most", [{ ...all, apiGroups: ["apps"] }, { ...all, resourceNames: ["one"] }])),
        "the binding that Kubernetes makes": made("ClusterRoleBinding", "cluster-admin", "ClusterRole/cluster-admin", ["Group/system:masters"], { labels: { "kubernetes.io/bootstrapping": "rbac-defaults" } }),
        "a Role of that name": made("RoleBinding", "b", "Role/cluster-admin", ["User/jane"]),
    },
    violates: {
        "cluster-admin": [binding("ClusterRole/cluster-admin", "ServiceAccount/ops/deployer", "User/jane"), `ClusterRoleBinding "b" gives every right to ServiceAccount deployer, User jane: ClusterRole "cluster-admin"`],
        "cluster-admin in one namespace": [made("RoleBinding", "b", "ClusterRole/cluster-admin", ["User/jane"]), `RoleBinding "b" gives every right in its namespace to User jane: ClusterRole "cluster-admin"`],
        "a role that gives as much": [together(binding("ClusterRole/own", "User/jane"), role("own", [all])), `ClusterRoleBinding "b" gives every right to User jane: ClusterRole "own"`],
        "the verbs one by one": [
            together(binding("ClusterRole/own", "User/jane"), role("own", [{ ...all, verbs: ["get", "list", "watch", "create", "update", "patch", "delete"] }])),
            `ClusterRoleBinding "b" gives every right to User jane: ClusterRole "own"`,
        ],
        "a role that is put together of one": [
            together(
                binding("ClusterRole/sum", "User/jane"), role("part", [all], { labels: { "to-sum": "yes" } }),
                manifest(JSON.stringify({ apiVersion: RBAC, kind: "ClusterRole", metadata: { name: "sum" }, aggregationRule: { clusterRoleSelectors: [{ matchLabels: { "to-sum": "yes" } }] } })),
            ),
            `ClusterRoleBinding "b" gives every right to User jane: ClusterRole "sum"`,
        ],
        "nobody, as yet": [binding("ClusterRole/cluster-admin"), `ClusterRoleBinding "b" gives every right to nobody yet: ClusterRole "cluster-admin"`],
        "a Role of the namespace, and not of another": [
            together(
                made("RoleBinding", "b", "Role/own", ["User/jane"]),
                manifest(JSON.stringify({ apiVersion: RBAC, kind: "Role", metadata: { name: "own", namespace: "shop" }, rules: [all] })),
                made("RoleBinding", "c", "Role/other", ["User/jane"]),
                manifest(JSON.stringify({ apiVersion: RBAC, kind: "Role", metadata: { name: "other", namespace: "elsewhere" }, rules: [all] })),
            ),
            `RoleBinding "b" gives every right in its namespace to User jane: Role "own"`,
        ],
    },
    unknown: {
        "the role, and still refuses another": [
            together(resource(`kubernetes:${RBAC}:ClusterRoleBinding`, "a", { roleRef: { kind: "ClusterRole", name: UNKNOWN } }), binding("ClusterRole/cluster-admin", "User/jane")),
            `ClusterRoleBinding "b" gives every right to User jane: ClusterRole "cluster-admin"`,
        ],
    },
});

const holders: Readonly<Record<string, { readonly subjects: readonly string[]; readonly says: string; readonly harmless?: true }>> = {
    "anonymous-bound": { subjects: ["User/system:anonymous", "Group/system:unauthenticated"], says: "whoever has not signed in", harmless: true },
    "everybody-bound": { subjects: ["Group/system:authenticated", "Group/system:serviceaccounts"], says: "everybody who has signed in", harmless: true },
    "superuser-group-bound": { subjects: ["Group/system:masters"], says: "the group that no check holds" },
    "default-account-bound": { subjects: ["ServiceAccount/shop/default"], says: "every pod that names no account" },
};

for (const [id, { subjects, says, harmless }] of Object.entries(holders)) {
    const [first = ""] = subjects;
    const shown = (subject: string) => `${subject.split("/")[0] ?? ""} ${subject.split("/").at(-1) ?? ""}`;
    const others = Object.entries(holders).filter(([other]) => other !== id).flatMap(([, holder]) => holder.subjects);
    const discovery = binding("ClusterRole/system:discovery", first);
    ruleTest(rule(id), {
        passes: {
            "accounts with names": binding("ClusterRole/view", "ServiceAccount/shop/api", "User/jane", "Group/operators", "User/default", ...others),
            "a binding of Kubernetes": made("ClusterRoleBinding", "system:basic-user", "ClusterRole/system:basic-user", [first]),
            ...harmless === true ? { "what everybody may know": discovery } : {},
        },
        violates: {
            ...Object.fromEntries(subjects.map(subject => [subject, [binding("ClusterRole/view", "User/jane", subject), `ClusterRoleBinding "b" gives ClusterRole "view" to ${says} (${shown(subject)})`]])),
            "in one namespace": [made("RoleBinding", "b", "Role/reader", [first]), `RoleBinding "b" gives Role "reader" to ${says} (${shown(first)})`],
            ...harmless === true ? {} : { "even what everybody may know": [discovery, `ClusterRoleBinding "b" gives ClusterRole "system:discovery" to ${says} (${shown(first)})`] },
        },
        unknown: {
            "a subject": [resource(`kubernetes:${RBAC}:ClusterRoleBinding`, "b", { roleRef: { kind: "ClusterRole", name: "view" }, subjects: [UNKNOWN] })],
        },
    });
}
