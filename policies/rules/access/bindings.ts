import { across, each, objectRule, stackRule } from "../../rule";
import { CLUSTER_ROLE_BINDING, ROLE_BINDING, givesEverything, isBuiltIn, roleOf, subjectsOf } from "../../view/rbac";
import { objectsOf } from "../../view/stack";
import { anyHolds } from "../../view/three-valued";
import type { Rule, Severity } from "../../rule";
import type { BoundSubject } from "../../view/rbac";

const BINDINGS = [ROLE_BINDING, CLUSTER_ROLE_BINDING] as const;

/** The role that may everything is for the day when everything else has failed. */
const clusterAdminBound = stackRule({
    id: "cluster-admin-bound",
    severity: "high",
    title: "Nobody is bound to cluster-admin, or to a role that gives as much",
    fix: "bind a role with the rights that are used; keep cluster-admin for one account that people hold in an emergency",
    benchmarks: ["CIS Kubernetes 5.1.1", "NSA/CISA: RBAC"],
    controls: [],

    check(stack) {
        const bindings = objectsOf(stack, ...BINDINGS).filter(binding => !isBuiltIn(binding));
        return across(bindings, "roleRef", binding => {
            const { kind, name, rules } = roleOf(stack, binding);
            const holders = subjectsOf(binding).filter(({ value }) => value.known).map(subject => `${subject.kind} ${subject.name}`).join(", ");
            return anyHolds(rules.map(rule => () => givesEverything(rule)))
                ? `gives every right${binding.type === ROLE_BINDING ? " in its namespace" : ""} to ${holders || "nobody yet"}: ${kind} "${name}"` : undefined;
        });
    },
});

interface Holder {
    readonly id: string;
    readonly severity: Severity;
    readonly title: string;
    readonly fix: string;
    readonly benchmarks: readonly string[];
    readonly is: (subject: BoundSubject) => boolean;
    readonly says: string;
    /** Roles that everybody may have: they come with Kubernetes for that. */
    readonly harmless: ReadonlySet<string>;
}

const isGroup = (...names: readonly string[]) => (subject: BoundSubject) => subject.kind === "Group" && names.includes(subject.name);
const NONE: ReadonlySet<string> = new Set();
const OPEN: ReadonlySet<string> = new Set([
    "system:basic-user", "system:discovery", "system:public-info-viewer", "system:service-account-issuer-discovery", "kubeadm:bootstrap-signer-clusterinfo",
]);

const HOLDERS: readonly Holder[] = [
    {
        id: "anonymous-bound", severity: "critical", title: "Nobody who has not signed in has a right",
        fix: "bind the accounts that need the right; probes need none but `system:public-info-viewer`",
        benchmarks: ["Kubernetes: RBAC Good Practices", "NSA/CISA: Authentication and authorization"],
        is: subject => subject.kind === "User" && subject.name === "system:anonymous" || isGroup("system:unauthenticated")(subject),
        says: "whoever has not signed in", harmless: OPEN,
    },
    {
        id: "everybody-bound", severity: "high", title: "No right is everybody's who has signed in",
        fix: "bind the accounts that need the right: every pod with a token is one of that group",
        benchmarks: ["Kubernetes: RBAC Good Practices", "NSA/CISA: RBAC"],
        is: isGroup("system:authenticated", "system:serviceaccounts"), says: "everybody who has signed in", harmless: OPEN,
    },
    {
        id: "superuser-group-bound", severity: "critical", title: "Nothing is bound to the group system:masters",
        fix: "use a group of your own: what this one may passes every check by, and cannot be taken back",
        benchmarks: ["CIS Kubernetes 5.1.7", "Kubernetes: RBAC Good Practices"],
        is: isGroup("system:masters"), says: "the group that no check holds", harmless: NONE,
    },
    {
        id: "default-account-bound", severity: "high", title: "No default service account has a right",
        fix: "make an account for the workload that needs the right, and bind that",
        benchmarks: ["CIS Kubernetes 5.1.5", "Kubernetes: RBAC Good Practices"],
        is: subject => subject.kind === "ServiceAccount" && subject.name === "default", says: "every pod that names no account", harmless: NONE,
    },
];

/** Rules about who is given a role, whatever the role is. */
const HOLDER_RULES: readonly Rule[] = HOLDERS.map(({ id, severity, title, fix, benchmarks, is, says, harmless }) => objectRule({
    id, severity, title, fix, benchmarks,
    controls: [],
    property: "subjects",
    types: BINDINGS,

    check(binding) {
        const role = () => binding.value.get("roleRef", "name").text ?? "";
        return isBuiltIn(binding) ? [] : each(subjectsOf(binding).map(subject => ({ subject, path: subject.value.path })), ({ subject }) =>
            is(subject) && !harmless.has(role()) ? `gives ${binding.value.get("roleRef", "kind").text ?? ""} "${role()}" to ${says} (${subject.kind} ${subject.name})` : undefined);
    },
}));

export const BINDING_RULES: readonly Rule[] = [clusterAdminBound, ...HOLDER_RULES];
