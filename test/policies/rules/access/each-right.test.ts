import assert from "node:assert/strict";

import { RIGHTS_RULES } from "../../../../policies/rules/access/rights";
import { manifest, ruleTest } from "../../../support/rule-test";
import type { Subject } from "../../../support/rule-test";

// Every right by itself, written from the API's reference: a table that loses one entry loses a case here.

const RBAC = "rbac.authorization.k8s.io";
const HOOKS = "admissionregistration.k8s.io";
const WRITES = "create update patch";
const CHANGES = `${WRITES} delete deletecollection`;
const ERASES = "delete deletecollection";

/** A power: what the message says, and lines `group | resources | verbs`, each pair of which is a case. */
const RIGHTS: Readonly<Record<string, readonly [what: string, ...lines: (readonly [group: string, resources: string, verbs: string])[]]>> = {
    "right-to-read-secrets": ["read secrets", ["", "secrets", "get list watch"]],
    "right-to-create-pods": [
        "start containers", ["", "pods", "create"], ["", "replicationcontrollers", WRITES], ["apps", "deployments statefulsets daemonsets replicasets", WRITES], ["batch", "jobs cronjobs", WRITES],
    ],
    "right-to-exec": ["run commands inside pods", ["", "pods/exec", "create get"], ["", "pods/ephemeralcontainers", "update patch"]],
    "right-to-attach": ["attach to running pods", ["", "pods/attach", "create get"]],
    "right-to-forward-ports": ["forward ports into pods", ["", "pods/portforward", "create get"]],
    "right-to-impersonate": ["act as somebody else", ["", "users groups serviceaccounts", "impersonate"], ["authentication.k8s.io", "uids userextras", "impersonate"]],
    "right-to-escalate": [
        "give rights that it does not have", [RBAC, "roles clusterroles", "escalate bind"], [RBAC, "rolebindings clusterrolebindings", WRITES],
    ],
    "right-to-proxy-nodes": ["talk to kubelets", ["", "nodes/proxy", `get ${WRITES} delete`]],
    "right-to-change-admission": [
        "change what the API server admits",
        [HOOKS, "validatingwebhookconfigurations mutatingwebhookconfigurations validatingadmissionpolicies validatingadmissionpolicybindings", CHANGES],
        [HOOKS, "mutatingadmissionpolicies mutatingadmissionpolicybindings", CHANGES],
    ],
    "right-to-approve-certificates": ["approve certificates of any user", ["certificates.k8s.io", "certificatesigningrequests/approval", "update patch"]],
    "right-to-mint-tokens": ["make tokens of service accounts", ["", "serviceaccounts/token", "create"]],
    "right-to-create-volumes": ["make volumes of the cluster", ["", "persistentvolumes", "create"]],
    "right-to-delete": [
        "delete what runs or what is kept",
        ["", "pods services secrets configmaps persistentvolumeclaims replicationcontrollers namespaces persistentvolumes nodes", ERASES],
        ["apps", "deployments statefulsets daemonsets replicasets", ERASES], ["batch", "jobs cronjobs", ERASES],
    ],
    "right-to-delete-evidence": ["delete events or logs", ["", "events pods/log", ERASES], ["events.k8s.io", "events", ERASES]],
    "right-to-change-config-maps": ["change every config map", ["", "configmaps", CHANGES]],
    "right-to-change-cluster-names": ["change how names are resolved", ["", "configmaps", "update patch"]],
    "right-to-change-cloud-logins": ["change who of the cloud is who in the cluster", ["", "configmaps", "update patch"]],
    "right-to-change-network": [
        "change who reaches whom", ["", "services", CHANGES], ["networking.k8s.io", "networkpolicies ingresses", CHANGES],
        ["gateway.networking.k8s.io", "gateways httproutes tcproutes tlsroutes", CHANGES],
    ],
    "right-to-edit-endpoints": ["send traffic anywhere by writing endpoints", ["", "endpoints", WRITES], ["discovery.k8s.io", "endpointslices", WRITES]],
};
/** What a Role gives nobody, because no namespace holds it: `group/resource`. Cluster roles are bound in a namespace too. */
const OF_NO_NAMESPACE: ReadonlySet<string> = new Set([
    "/users", "/groups", "authentication.k8s.io/uids", "authentication.k8s.io/userextras", `${RBAC}/clusterrolebindings`, "/nodes/proxy", "certificates.k8s.io/certificatesigningrequests/approval",
    "/persistentvolumes", "/namespaces", "/nodes",
]);
const inNoNamespace = (group: string, resource: string): boolean => group === HOOKS || OF_NO_NAMESPACE.has(`${group}/${resource}`);

function role(kind: string, namespace: object, apiGroup: string, resource: string, verb: string): Subject {
    const rules = [{ apiGroups: [apiGroup], resources: [resource], verbs: [verb] }];
    return manifest(JSON.stringify({ apiVersion: `${RBAC}/v1`, kind, metadata: { name: "helper", ...namespace }, rules }));
}

describe("each right by itself", () => {
    it("each rule of rights has its list", () => {
        assert.deepEqual(Object.keys(RIGHTS), RIGHTS_RULES.map(({ id }) => id));
    });

    for (const rule of RIGHTS_RULES) {
        const [what = "", ...lines] = RIGHTS[rule.id] ?? [""];
        const cases = lines.flatMap(([group, resources, verbs]) => resources.split(" ").flatMap(resource => verbs.split(" ").map(verb => ({ group, resource, verb }))));
        // A Role of kube-system, which no rule lets go for its namespace.
        const held = cases.map(({ group, resource, verb }) => ({ title: `Role: ${group}/${resource} ${verb}`, subject: role("Role", { namespace: "kube-system" }, group, resource, verb), group, resource, verb }));
        ruleTest(rule, {
            passes: Object.fromEntries(held.filter(({ group, resource }) => inNoNamespace(group, resource)).map(({ title, subject }) => [title, subject])),
            violates: Object.fromEntries([
                ...cases.map(({ group, resource, verb }) => [
                    `ClusterRole: ${group}/${resource} ${verb}`, [role("ClusterRole", {}, group, resource, verb), `ClusterRole "helper" may ${what} (${verb} on ${resource})`],
                ] as const),
                ...held.filter(({ group, resource }) => !inNoNamespace(group, resource))
                    .map(({ title, subject, resource, verb }) => [title, [subject, `Role "helper" may ${what} (${verb} on ${resource})`]] as const),
            ]),
        });
    }
});
