import assert from "node:assert/strict";

import { POWERS } from "../../../../policies/rules/access/powers";
import { RIGHTS_RULES } from "../../../../policies/rules/access/rights";
import { UNKNOWN, manifest, resource, ruleTest } from "../../../support/rule-test";
import type { Subject } from "../../../support/rule-test";

interface Case {
    /** Groups, resources and verbs: each with what the message says of them. */
    readonly refused: readonly string[];
    readonly accepted: readonly string[];
    readonly what: string;
}

/** `group/resource,… verb,… [name,…]`; the core group is `core`. */
function roleRule(text: string): object {
    const [where = "", verbs = "", named] = text.split(" ");
    const group = where.slice(0, where.indexOf("/"));
    const resources = where.slice(where.indexOf("/") + 1).split(",");
    return { apiGroups: [group === "core" ? "" : group], resources, verbs: verbs.split(","), ...named === undefined ? {} : { resourceNames: named.split(",") } };
}

function role(kind: "Role" | "ClusterRole", name: string, ...rules: readonly string[]): Subject {
    const namespace = kind === "Role" ? { namespace: "shop" } : {};
    return manifest(JSON.stringify({ apiVersion: "rbac.authorization.k8s.io/v1", kind, metadata: { name, ...namespace }, rules: rules.map(roleRule) }));
}

/** What a rule of the text says of itself in a message. */
function shown(text: string): string {
    const [where = "", verbs = ""] = text.split(" ");
    return `${verbs.split(",").join(", ")} on ${where.slice(where.indexOf("/") + 1).split(",").join(", ")}`;
}

const CASES: Readonly<Record<string, Case>> = {
    "right-to-read-secrets": {
        what: "read secrets",
        refused: ["core/secrets get", "core/secrets list", "core/secrets watch", "core/* get", "*/secrets *"],
        accepted: ["core/secrets create,update,delete", "core/configmaps get,list,watch", "apps/secrets get", "core/secrets get login", "bitnami.com/sealedsecrets get"],
    },
    "right-to-create-pods": {
        what: "start containers",
        refused: ["core/pods create", "apps/deployments patch", "apps/statefulsets,daemonsets update", "batch/cronjobs create", "core/replicationcontrollers create", "batch/* *"],
        accepted: ["core/pods get,list,watch,delete", "apps/deployments get", "extensions/jobs create", "apps/deployments patch shop"],
    },
    "right-to-exec": {
        what: "run commands inside pods",
        refused: ["core/pods/exec create", "core/pods/exec get", "core/*/exec create", "core/pods/ephemeralcontainers patch", "core/* create"],
        // The authorizer takes a star for all resources or for all owners of a subresource, and nowhere else.
        accepted: ["core/pods create,get", "core/pods/log get", "core/pods/* create", "core/*/* create", "core/pods/exec delete"],
    },
    "right-to-attach": { what: "attach to running pods", refused: ["core/pods/attach create", "core/pods/attach get"], accepted: ["core/pods/exec create", "core/pods get"] },
    "right-to-forward-ports": { what: "forward ports into pods", refused: ["core/pods/portforward create"], accepted: ["core/services/proxy create", "core/pods/portforward list"] },
    "right-to-impersonate": {
        what: "act as somebody else",
        refused: ["core/users impersonate", "core/groups impersonate", "core/serviceaccounts impersonate", "authentication.k8s.io/uids impersonate", "core/* *"],
        accepted: ["core/serviceaccounts get,create", "core/users impersonate jane", "apps/users impersonate"],
    },
    "right-to-escalate": {
        what: "give rights that it does not have",
        refused: [
            "rbac.authorization.k8s.io/clusterroles escalate", "rbac.authorization.k8s.io/roles bind", "rbac.authorization.k8s.io/rolebindings create",
            "rbac.authorization.k8s.io/clusterrolebindings patch", "rbac.authorization.k8s.io/* update",
        ],
        accepted: ["rbac.authorization.k8s.io/roles get,create,update", "rbac.authorization.k8s.io/clusterroles bind view", "core/roles escalate"],
    },
    "right-to-proxy-nodes": { what: "talk to kubelets", refused: ["core/nodes/proxy get", "core/nodes/proxy create", "core/*/proxy *"], accepted: ["core/nodes/metrics,nodes/stats get", "core/nodes get,list"] },
    "right-to-change-admission": {
        what: "change what the API server admits",
        refused: ["admissionregistration.k8s.io/validatingwebhookconfigurations patch", "admissionregistration.k8s.io/mutatingwebhookconfigurations delete", "admissionregistration.k8s.io/* *"],
        accepted: ["admissionregistration.k8s.io/validatingwebhookconfigurations get,list,watch", "admissionregistration.k8s.io/mutatingwebhookconfigurations update own"],
    },
    "right-to-approve-certificates": {
        what: "approve certificates of any user",
        refused: ["certificates.k8s.io/certificatesigningrequests/approval update", "certificates.k8s.io/* patch"],
        accepted: ["certificates.k8s.io/certificatesigningrequests create,get,update", "certificates.k8s.io/certificatesigningrequests/status update"],
    },
    "right-to-mint-tokens": { what: "make tokens of service accounts", refused: ["core/serviceaccounts/token create"], accepted: ["core/serviceaccounts create", "core/serviceaccounts/token create loader"] },
    "right-to-create-volumes": { what: "make volumes of the cluster", refused: ["core/persistentvolumes create"], accepted: ["core/persistentvolumeclaims create", "core/persistentvolumes get,delete"] },
    "right-to-delete": {
        what: "delete what runs or what is kept",
        refused: ["core/pods delete", "core/persistentvolumeclaims deletecollection", "core/namespaces delete", "apps/deployments delete", "batch/jobs *"],
        accepted: ["core/pods get,create,update", "coordination.k8s.io/leases delete", "core/pods delete one"],
    },
    "right-to-delete-evidence": { what: "delete events or logs", refused: ["core/events delete", "events.k8s.io/events deletecollection"], accepted: ["core/events create,patch", "core/pods/log get"] },
    "right-to-change-config-maps": { what: "change every config map", refused: ["core/configmaps update", "core/configmaps delete"], accepted: ["core/configmaps get,watch", "core/configmaps update own"] },
    "right-to-change-cluster-names": { what: "change how names are resolved", refused: ["core/configmaps update", "core/configmaps patch coredns"], accepted: ["core/configmaps update own", "core/configmaps get coredns"] },
    "right-to-change-cloud-logins": { what: "change who of the cloud is who in the cluster", refused: ["core/configmaps update aws-auth"], accepted: ["core/configmaps update own", "core/configmaps get aws-auth"] },
    "right-to-change-network": {
        what: "change who reaches whom",
        refused: ["networking.k8s.io/networkpolicies delete", "networking.k8s.io/ingresses create", "core/services patch", "gateway.networking.k8s.io/httproutes update"],
        accepted: ["networking.k8s.io/networkpolicies get", "core/services get,list", "core/services update own"],
    },
    "right-to-edit-endpoints": {
        what: "send traffic anywhere by writing endpoints",
        refused: ["core/endpoints update", "discovery.k8s.io/endpointslices create"], accepted: ["core/endpoints get,watch", "discovery.k8s.io/endpointslices list", "core/endpoints patch own"],
    },
};

describe("rights of roles", () => {
    it("each power has its cases", () => {
        assert.deepEqual(Object.keys(CASES), POWERS.map(({ id }) => id));
    });

    for (const rule of RIGHTS_RULES) {
        const { refused = [], accepted = [], what = "" } = CASES[rule.id] ?? {};
        ruleTest(rule, {
            passes: {
                ...Object.fromEntries(accepted.map(text => [text, role("ClusterRole", "helper", text)])),
                "no rules": role("ClusterRole", "helper"),
                "a role of Kubernetes": role("ClusterRole", "system:helper", "*/* *"),
                "a custom resource that is called so": manifest("{apiVersion: example.com/v1, kind: ClusterRole, metadata: {name: helper}, rules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]}"),
            },
            violates: {
                ...Object.fromEntries(refused.map(text => [text, [role("ClusterRole", "helper", text), `ClusterRole "helper" may ${what} (${shown(text)})`]])),
                "each rule of a role for itself": [
                    role("ClusterRole", "helper", "batch/jobs get", refused[0] ?? "", "*/* *"),
                    `ClusterRole "helper" may ${what} (${shown(refused[0] ?? "")})`, `ClusterRole "helper" may ${what} (* on *)`,
                ],
            },
            unknown: {
                "a verb": [resource("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "helper", { rules: [{ ...roleRule(refused[0] ?? ""), verbs: [UNKNOWN] }] })],
                "the names that a right is narrowed to": [
                    resource("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "helper", { rules: [{ ...roleRule(refused[0] ?? ""), resourceNames: UNKNOWN }, roleRule("*/* *")] }),
                    `ClusterRole "helper" may ${what} (* on *)`,
                ],
            },
        });
    }
});

describe("rights of a Role", () => {
    const cluster = ["right-to-proxy-nodes", "right-to-change-admission", "right-to-approve-certificates", "right-to-create-volumes", "right-to-change-cluster-names", "right-to-change-cloud-logins"];
    for (const rule of RIGHTS_RULES) {
        const { what = "" } = CASES[rule.id] ?? {};
        const held = role("Role", "helper", "*/* *");
        ruleTest(rule, cluster.includes(rule.id) ? { passes: { "what no namespace holds": held }, violates: {} }
            : { passes: {}, violates: { "what a namespace holds": [held, `Role "helper" may ${what} (* on *)`] } });
    }

    const [names, edits] = ["right-to-change-cluster-names", "right-to-edit-endpoints"].map(id => RIGHTS_RULES.find(rule => rule.id === id));
    assert.ok(names !== undefined && edits !== undefined);
    ruleTest(names, {
        passes: {},
        violates: {
            "one of the namespace of the name service": [
                manifest("{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: dns, namespace: kube-system}, rules: [{apiGroups: [''], resources: [configmaps], verbs: [update]}]}"),
                `Role "dns" may change how names are resolved (update on configmaps)`,
            ],
        },
    });
    ruleTest(edits, {
        passes: {},
        violates: {
            "the built-in role that everybody who edits has": [
                role("ClusterRole", "system:aggregate-to-edit", "core/endpoints create,patch"),
                `ClusterRole "system:aggregate-to-edit" may send traffic anywhere by writing endpoints (create, patch on endpoints)`,
            ],
        },
    });
});
