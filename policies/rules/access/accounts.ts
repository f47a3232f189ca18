import { across, objectRule, podRule, stackRule, textsOf } from "../../rule";
import { decided, namespaceOfPod } from "../../view/identity";
import { matchesPattern } from "../../view/pattern";
import { accountName, accountOf, bindingsOf, getsToken, specOf, usersOf, SERVICE_ACCOUNT } from "../../view/service-account";
import { objectsOf } from "../../view/stack";
import { Unfinished } from "../../view/unfinished";
import type { Rule } from "../../rule";
import type { Stack } from "../../view/stack";
import type { WorkloadView } from "../../view/types";

const SERVICE_ACCOUNTS = "Kubernetes: Configure Service Accounts for Pods";

function pods(stack: Stack): readonly WorkloadView[] {
    return stack.workloads.filter(({ platform }) => platform === "kubernetes");
}

/** Whoever gets into a pod has its token. An account that is given a role here is one that needs it. */
const tokenMounted = stackRule({
    id: "service-account-token-mounted",
    severity: "medium",
    title: "A pod that does not talk to the API server gets no token for it",
    fix: "set `automountServiceAccountToken: false` on the pod or its account, or bind the account the role that it needs",
    benchmarks: ["CIS Kubernetes 5.1.6", "NSA/CISA: Disable service account token automounting"],
    controls: ["SC-44"],

    check: stack => across(pods(stack), "automountServiceAccountToken", pod =>
        getsToken(stack, pod) && (accountName(pod) === "default" || bindingsOf(stack, pod).length === 0)
            ? `gets a token of ServiceAccount "${accountName(pod)}", to which nothing here gives a role` : undefined),
});

/** What every pod of a namespace is, as long as it says nothing else. */
const defaultAccount = stackRule({
    id: "default-service-account",
    severity: "medium",
    title: "A pod with a token has an account of its own",
    fix: "make a ServiceAccount for the workload and name it (`serviceAccountName`), or set `automountServiceAccountToken: false`",
    benchmarks: ["CIS Kubernetes 5.1.5", "NSA/CISA: RBAC"],
    controls: [],

    check: stack => across(pods(stack), "serviceAccountName", pod =>
        accountName(pod) === "default" && getsToken(stack, pod) ? "runs as the default ServiceAccount of its namespace, with a token of it" : undefined),
});

const accountAutomounts = stackRule({
    id: "service-account-automounts",
    severity: "medium",
    title: "A service account hands its token only to pods that ask for it",
    fix: "set `automountServiceAccountToken: false` on the account, and `true` on the pods that need the token",
    benchmarks: ["CIS Kubernetes 5.1.6", "NSA/CISA: Disable service account token automounting"],
    controls: [],

    check: stack => across(objectsOf(stack, SERVICE_ACCOUNT), "automountServiceAccountToken", account => {
        const flag = account.value.get("automountServiceAccountToken").flag;
        if (flag === false) {
            return undefined;
        }
        const users = usersOf(stack, account);
        const settled = users.length > 0 && users.every(pod => specOf(pod).get("automountServiceAccountToken").present);
        return settled ? undefined : `hands its token to every pod that does not refuse it (automountServiceAccountToken: ${flag ?? "not set"})`;
    }),
});

/** Two that share an account share the rights of both, and the log cannot tell them apart. */
const sharedAccount = stackRule({
    id: "shared-service-account",
    severity: "low",
    title: "Every workload with a token has an account to itself",
    fix: "make a ServiceAccount for each workload, with the rights of that one",
    benchmarks: ["Kubernetes: RBAC Good Practices", "NSA/CISA: RBAC"],
    controls: [],

    check: stack => {
        const seen = new Map<string, Users>();
        return across(pods(stack), "serviceAccountName", pod => {
            const name = accountName(pod);
            if (name === "default" || !getsToken(stack, pod)) {
                return undefined;
            }
            const users = seen.get(name) ?? { first: new Map<string, WorkloadView>(), open: undefined };
            seen.set(name, users);
            const other = otherUser(users, pod, decided(() => namespaceOfPod(stack, pod)));
            return other === undefined ? undefined : `shares ServiceAccount "${name}" with ${other.subject.kind} "${other.subject.name}"`;
        });
    },
});

/** Pods so far that name an account so: the first of each namespace, and whether one may be of any. */
interface Users {
    readonly first: Map<string, WorkloadView>;
    open: Unfinished | undefined;
}

/** Who has the account of a pod already. Throws where that hangs on a namespace that is not known. */
function otherUser(users: Users, pod: WorkloadView, namespace: string | Unfinished): WorkloadView | undefined {
    const [known, before] = [users.first.size > 0, users.open];
    if (namespace instanceof Unfinished) {
        users.open = namespace;
    } else {
        const other = users.first.get(namespace);
        users.first.set(namespace, other ?? pod);
        if (other !== undefined) {
            return other;
        }
    }
    const undecided = before ?? (namespace instanceof Unfinished && known ? namespace : undefined);
    if (undecided !== undefined) {
        throw undecided;
    }
    return undefined;
}

const accountMissing = stackRule({
    id: "service-account-missing",
    severity: "low",
    title: "The service account that a pod names is in the stack",
    fix: "add the ServiceAccount: a pod whose account is not there is not started",
    benchmarks: [SERVICE_ACCOUNTS],
    controls: [],
    // Manifests of one folder often leave the account to another.
    optional: true,

    check: stack => across(pods(stack), "serviceAccountName", pod =>
        accountName(pod) !== "default" && accountOf(stack, pod) === undefined ? `names ServiceAccount "${accountName(pod)}", which is not in the stack` : undefined),
});

const retiredField = podRule({
    id: "retired-service-account-field",
    severity: "low",
    title: "A pod names its account in the field that is read",
    fix: "name it as `serviceAccountName`",
    benchmarks: ["Kubernetes: Pod v1 core API reference"],
    controls: [],

    check(pod) {
        const [retired, name] = [specOf(pod).get("serviceAccount"), specOf(pod).get("serviceAccountName")];
        // The API server writes both into what it returns.
        return retired.present && retired.text !== "" && retired.text !== name.text
            ? { message: `names its account in a retired field (serviceAccount: ${retired.text})`, at: retired.path } : undefined;
    },
});

const accountNotAllowed = podRule({
    id: "service-account-not-allowed",
    severity: "medium",
    title: "Pods run as the service accounts that were agreed upon",
    fix: "use an account of the list, or add the new one to it",
    benchmarks: [SERVICE_ACCOUNTS],
    controls: [],
    parameters: {
        accounts: { type: "array", items: { type: "string" }, default: [], description: "names of the accounts that pods may run as, `*` for any characters; nothing is refused while the list is empty" },
    },

    check(pod, settings) {
        const allowed = textsOf(settings, "accounts");
        return allowed.length === 0 || allowed.some(pattern => matchesPattern(pattern, accountName(pod))) ? undefined
            : { message: `runs as ServiceAccount "${accountName(pod)}", which is not on the list (${allowed.join(", ")})`, at: specOf(pod).get("serviceAccountName").path };
    },
});

const longLivedToken = objectRule({
    id: "long-lived-token",
    severity: "medium",
    title: "No service account has a token that never ends",
    fix: "take the Secret away; project a token into the pod, or ask for one (`kubectl create token`)",
    benchmarks: ["Kubernetes: Managing Service Accounts", "Kubernetes: RBAC Good Practices"],
    controls: [],
    property: "type",
    types: ["/Secret"],

    check: secret => secret.value.get("type").text === "kubernetes.io/service-account-token"
        ? `is a token without end of ServiceAccount "${secret.value.get("metadata", "annotations", "kubernetes.io/service-account.name").text ?? ""}"` : undefined,
});

export const ACCOUNT_RULES: readonly Rule[] = [
    tokenMounted, defaultAccount, accountAutomounts, sharedAccount, accountMissing, retiredField, accountNotAllowed, longLivedToken,
];
