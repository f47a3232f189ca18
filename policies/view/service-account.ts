import { called, decided, mayShare, namespaceOfPod } from "./identity";
import { CLUSTER_ROLE_BINDING, ROLE_BINDING, subjectsOf } from "./rbac";
import { objectsOf } from "./stack";
import { anyHolds } from "./three-valued";
import { Unfinished } from "./unfinished";
import { along, maybe } from "./way";
import type { BoundSubject } from "./rbac";
import type { Stack } from "./stack";
import type { ObjectView, WorkloadView } from "./types";
import type { Value } from "./value";

export const SERVICE_ACCOUNT = "/ServiceAccount";

/** The pod's spec, where Kubernetes runs the workload. */
export function specOf(workload: WorkloadView): Value {
    return workload.source.get("spec");
}

/** Name of the account that a pod runs as: that of its namespace where it names none. */
export function accountName(workload: WorkloadView): string {
    const spec = specOf(workload);
    // The API server takes the retired field for the other one.
    const name = [spec.get("serviceAccountName").text, spec.get("serviceAccount").text].find(text => text !== undefined && text !== "");
    return name ?? "default";
}

/** The account of a pod, where it is in the stack. */
export function accountOf(stack: Stack, workload: WorkloadView): ObjectView | undefined {
    return called(objectsOf(stack, SERVICE_ACCOUNT), accountName(workload), () => namespaceOfPod(stack, workload))[0];
}

/**
 * Pods that run as an account.
 * @throws Unfinished where a pod of the stack may be one of them, and nobody knows yet
 */
export function usersOf(stack: Stack, account: ObjectView): readonly WorkloadView[] {
    const { users, undecided } = indexOf(stack).pods;
    if (undecided !== undefined) {
        throw undecided;
    }
    return users.get(account) ?? [];
}

/** Whether a pod gets its account's token: its own word counts, then the account's; without either it does. */
export function getsToken(stack: Stack, workload: WorkloadView): boolean {
    const own = specOf(workload).get("automountServiceAccountToken").flag;
    return own ?? accountOf(stack, workload)?.value.get("automountServiceAccountToken").flag ?? true;
}

/** Whether a pod gets a token that the API server takes, by itself or in a volume that asks for one. */
export function holdsToken(stack: Stack, workload: WorkloadView): boolean {
    return anyHolds([
        () => getsToken(stack, workload),
        () => anyHolds(projectedTokens(workload).map(token => () => !token.get("audience").present)),
    ]);
}

/** Tokens that the volumes of a pod ask for. */
export function projectedTokens(workload: WorkloadView): readonly Value[] {
    return along(specOf(workload), "volumes").items.flatMap(volume => along(volume, "projected", "sources").items)
        .map(source => along(source, "serviceAccountToken")).filter(maybe);
}

/** Bindings that give a pod's account a role: by its name, as a user, or by a group that it is in. */
export function bindingsOf(stack: Stack, workload: WorkloadView): readonly ObjectView[] {
    const name = accountName(workload);
    const { bound, undecided } = indexOf(stack).bindings;
    if (bound.size === 0 && undecided.length === 0) {
        return [];
    }
    const namespace = namespaceOfPod(stack, workload);
    const home = namespace === "" ? "default" : namespace;
    const called: readonly Called[] = [
        ["ServiceAccount", name], ["Group", "system:authenticated"], ["Group", "system:serviceaccounts"], ["Group", `system:serviceaccounts:${home}`],
        ["User", `system:serviceaccount:${home}:${name}`],
    ];
    const candidates = new Set([...called.flatMap(([, each]) => bound.get(each) ?? []), ...undecided]);
    const means = (subject: BoundSubject) => called.some(([kind, each]) => subject.kind === kind && subject.name === each)
        && (subject.kind !== "ServiceAccount" || mayShare(subject.namespace, namespace));
    return [...candidates].filter(binding => anyHolds(subjectsOf(binding).map(subject => () => means(subject))));
}

type Called = readonly [kind: string, name: string];

/** What is asked about every pod, found once. */
interface Index {
    readonly bindings: { readonly bound: ReadonlyMap<string, readonly ObjectView[]>; readonly undecided: readonly ObjectView[] };
    readonly pods: { readonly users: ReadonlyMap<ObjectView, readonly WorkloadView[]>; readonly undecided: Unfinished | undefined };
}

const indices = new WeakMap<Stack, Index>();

function indexOf(stack: Stack): Index {
    let index = indices.get(stack);
    if (index === undefined) {
        let pods: Index["pods"] | undefined;
        index = {
            bindings: boundIn(stack),
            get pods() { return pods ??= usersIn(stack); },
        };
        indices.set(stack, index);
    }
    return index;
}

/** Bindings by the names that they give roles to; one with a subject that cannot be read may be about anybody. */
function boundIn(stack: Stack): Index["bindings"] {
    const bound = new Map<string, ObjectView[]>();
    const undecided: ObjectView[] = [];
    for (const binding of objectsOf(stack, ROLE_BINDING, CLUSTER_ROLE_BINDING)) {
        for (const subject of subjectsOf(binding)) {
            const read = decided(() => ({ kind: subject.kind, namespace: subject.namespace, name: subject.name }));
            if (read instanceof Unfinished) {
                undecided.push(binding);
            } else {
                const others = bound.get(read.name) ?? [];
                others.push(binding);
                bound.set(read.name, others);
            }
        }
    }
    return { bound, undecided };
}

function usersIn(stack: Stack): Index["pods"] {
    const users = new Map<ObjectView, WorkloadView[]>();
    let undecided: Unfinished | undefined;
    for (const pod of stack.workloads.filter(({ platform }) => platform === "kubernetes")) {
        const account = decided(() => accountOf(stack, pod));
        if (account instanceof Unfinished) {
            undecided = account;
        } else if (account !== undefined) {
            const others = users.get(account) ?? [];
            others.push(pod);
            users.set(account, others);
        }
    }
    return { users, undecided };
}
