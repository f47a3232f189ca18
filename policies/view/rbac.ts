import { called, nameOf, namespaceOf } from "./identity";
import { allHold, anyHolds } from "./three-valued";
import { objectsOf } from "./stack";
import { Value } from "./value";
import type { Stack } from "./stack";
import type { ObjectView } from "./types";

const GROUP = "rbac.authorization.k8s.io";
export const ROLE = `${GROUP}/Role`;
export const CLUSTER_ROLE = `${GROUP}/ClusterRole`;
export const ROLE_BINDING = `${GROUP}/RoleBinding`;
export const CLUSTER_ROLE_BINDING = `${GROUP}/ClusterRoleBinding`;

/** Verbs over resources of one API group, as a rule of a role would name them: `pods/exec` for a subresource. */
export interface Right {
    readonly group: string;
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
    /** What a namespace does not hold: no Role, and no RoleBinding, gives it. */
    readonly clusterScoped?: true;
    /** The objects that the right is about; any where undefined. */
    readonly names?: readonly string[];
}

/** Whom a binding gives a role. */
export interface BoundSubject {
    readonly kind: string;
    readonly name: string;
    readonly namespace: string;
    readonly value: Value;
}

/**
 * Whether a rule of a role gives a right, or part of one, as the authorizer of Kubernetes matches them: `*` for all, the
 * full name, and `*` before a subresource. A rule for named objects gives a right over those only.
 * @throws Unfinished where that hangs on what is not known
 */
export function gives(rule: Value, right: Right): boolean {
    return allHold(
        () => names(rule.get("verbs"), right.verbs),
        () => names(rule.get("apiGroups"), [right.group]),
        () => anyHolds(right.resources.map(resource => () => namesResource(rule.get("resources"), resource))),
        () => reaches(rule.get("resourceNames"), right.names),
    );
}

function names(list: Value, wanted: readonly string[]): boolean {
    return anyHolds(list.items.map(item => () => item.text === "*" || wanted.includes(item.text ?? "")));
}

function namesResource(list: Value, resource: string): boolean {
    const [, subresource] = resource.split("/", 2);
    return anyHolds(list.items.map(item => () => item.text === "*" || item.text === resource || subresource !== undefined && item.text === `*/${subresource}`));
}

function reaches(list: Value, wanted: readonly string[] | undefined): boolean {
    // Asked for first, so that an unknown list throws: it may be empty, which means all.
    if (!list.present || list.items.length === 0) {
        return true;
    }
    // One known name narrows the right, whatever the others are.
    return wanted !== undefined ? names(list, wanted) : !list.items.some(({ known }) => known) && list.items.every(({ text }) => text === undefined);
}

/**
 * Whether an object came with Kubernetes, or with the cluster: roles and bindings that nobody here wrote. Whatever a file says of
 * the roles that every cluster has, the control plane puts its own rules back.
 */
export function isBuiltIn(object: ObjectView): boolean {
    const name = nameOf(object);
    return name.startsWith("system:") || MANAGED.has(name)
        || BOOTSTRAPPED.has(name) && (object.type === CLUSTER_ROLE || object.value.get("metadata", "labels", "kubernetes.io/bootstrapping").text === "rbac-defaults");
}

const BOOTSTRAPPED: ReadonlySet<string> = new Set(["cluster-admin", "admin", "edit", "view"]);
/** What clouds bring with their clusters: GKE for Calico. */
const MANAGED: ReadonlySet<string> = new Set(["gce:podsecuritypolicy:calico-sa"]);

/** Whom a binding names; one that cannot be read throws when it is. */
export function subjectsOf(binding: ObjectView): readonly BoundSubject[] {
    return binding.value.get("subjects").items.map(value => ({
        get kind() { return value.get("kind").text ?? ""; },
        get name() { return value.get("name").text ?? ""; },
        get namespace() { return value.get("namespace").text ?? namespaceOf(binding); },
        value,
    }));
}

/** A role that a binding gives, with the rules that it is known to have. */
export interface RoleRef {
    readonly kind: string;
    readonly name: string;
    readonly rules: readonly Value[];
}

/** The role of a binding: one of the stack, or one that every cluster has; without rules where it is elsewhere. */
export function roleOf(stack: Stack, binding: ObjectView): RoleRef {
    const kind = binding.value.get("roleRef", "kind").text ?? "";
    const name = binding.value.get("roleRef", "name").text ?? "";
    return { kind, name, rules: kind === "Role" ? roleRules(stack, name, () => namespaceOf(binding)) : clusterRoleRules(stack, name) };
}

function roleRules(stack: Stack, name: string, namespace: () => string): readonly Value[] {
    return called(objectsOf(stack, ROLE), name, namespace).flatMap(role => role.value.get("rules").items);
}

function clusterRoleRules(stack: Stack, name: string): readonly Value[] {
    // The API server gives cluster-admin its own rules back, whatever else is written.
    if (name === "cluster-admin") {
        return BUILT_IN[name] ?? [];
    }
    const own = called(objectsOf(stack, CLUSTER_ROLE), name);
    const rules = own.flatMap(role => [...role.value.get("rules").items, ...aggregated(stack, role)]);
    return own.length > 0 ? rules : BUILT_IN[name] ?? [];
}

/** A role that is put together has the rules of every role whose labels are asked for. */
function aggregated(stack: Stack, role: ObjectView): readonly Value[] {
    const selectors = role.value.get("aggregationRule", "clusterRoleSelectors").items;
    return objectsOf(stack, CLUSTER_ROLE)
        .filter(other => other !== role && selectors.some(selector => selector.get("matchLabels").entries.length > 0
            && selector.get("matchLabels").entries.every(([key, value]) => other.value.get("metadata", "labels", key).text === value.text)))
        .flatMap(other => other.value.get("rules").items);
}

/** What is left to do where all of these may be done. */
const ALL_VERBS = ["get", "list", "watch", "create", "update", "patch", "delete"];

/** Whether a rule gives everything: all verbs, by a star or one by one, on all resources of all groups. */
export function givesEverything(rule: Value): boolean {
    return allHold(
        ...["resources", "apiGroups"].map(list => () => names(rule.get(list), [])),
        ...ALL_VERBS.map(verb => () => names(rule.get("verbs"), [verb])),
        () => reaches(rule.get("resourceNames"), undefined),
    );
}

const everything = new Value({ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }, []);
/** What the roles `admin` and `edit` of every cluster give that is worth taking. */
const editing = [
    new Value({ verbs: ["*"], apiGroups: ["apps", "batch"], resources: ["*"] }, []),
    new Value({ verbs: ["create", "get", "list"], apiGroups: [""], resources: ["pods", "pods/exec", "pods/attach", "pods/portforward", "secrets", "serviceaccounts/token"] }, []),
];
const BUILT_IN: Readonly<Record<string, readonly Value[]>> = { "cluster-admin": [everything], admin: editing, edit: editing };
