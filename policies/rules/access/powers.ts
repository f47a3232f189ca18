import type { RuleText } from "../../rule";
import type { Right } from "../../view/rbac";

/** What a role may let its holder do, and the rights any of which is enough for it. */
export interface Power extends Pick<RuleText, "id" | "severity" | "benchmarks" | "optional"> {
    /** Completes `may …`. */
    readonly what: string;
    readonly fix: string;
    readonly rights: readonly Right[];
    /** Whether whoever holds it in the whole cluster can take the cluster over. */
    readonly takeover?: true;
    /** A namespace other than which a role of one namespace does no harm. */
    readonly namespace?: string;
    /** A role that comes with Kubernetes and is asked about all the same. */
    readonly evenIn?: string;
}

const CORE = "";
const RBAC = "rbac.authorization.k8s.io";
const WRITE = ["create", "update", "patch"] as const;
const CHANGE = [...WRITE, "delete", "deletecollection"] as const;
const CONNECT = ["create", "get"] as const;
const PRACTICE = "Kubernetes: RBAC Good Practices";

/** Each power once, for the rules that look for it and for the one about workloads that hold it. */
export const POWERS: readonly Power[] = [
    {
        id: "right-to-read-secrets", severity: "high", what: "read secrets", takeover: true,
        fix: "name the secrets (`resourceNames`) with the verb `get`, or mount them instead of reading them",
        benchmarks: ["CIS Kubernetes 5.1.2", PRACTICE],
        rights: [{ group: CORE, resources: ["secrets"], verbs: ["get", "list", "watch"] }],
    },
    {
        id: "right-to-create-pods", severity: "high", what: "start containers", takeover: true,
        fix: "leave workloads to the controller that deploys them, in a namespace of its own with Pod Security admission",
        benchmarks: ["CIS Kubernetes 5.1.4", PRACTICE],
        rights: [
            { group: CORE, resources: ["pods"], verbs: ["create"] },
            { group: CORE, resources: ["replicationcontrollers"], verbs: WRITE },
            { group: "apps", resources: ["deployments", "statefulsets", "daemonsets", "replicasets"], verbs: WRITE },
            { group: "batch", resources: ["jobs", "cronjobs"], verbs: WRITE },
        ],
    },
    {
        id: "right-to-exec", severity: "high", what: "run commands inside pods", takeover: true,
        fix: "take the right away; who must look inside a pod gets it for a day, and for that pod",
        benchmarks: ["NSA/CISA: RBAC", "Kubernetes: Using RBAC Authorization"],
        rights: [
            { group: CORE, resources: ["pods/exec"], verbs: CONNECT },
            { group: CORE, resources: ["pods/ephemeralcontainers"], verbs: ["update", "patch"] },
        ],
    },
    {
        id: "right-to-attach", severity: "high", what: "attach to running pods",
        fix: "take the right away: logs say what a container prints",
        benchmarks: ["NSA/CISA: RBAC", "Kubernetes: Using RBAC Authorization"],
        rights: [{ group: CORE, resources: ["pods/attach"], verbs: CONNECT }],
    },
    {
        id: "right-to-forward-ports", severity: "medium", what: "forward ports into pods",
        fix: "take the right away: a tunnel passes every network policy by",
        benchmarks: ["NSA/CISA: RBAC", "Kubernetes: Using RBAC Authorization"],
        rights: [{ group: CORE, resources: ["pods/portforward"], verbs: CONNECT }],
    },
    {
        id: "right-to-impersonate", severity: "critical", what: "act as somebody else", takeover: true,
        fix: "name whom (`resourceNames`), never a group that the cluster trusts",
        benchmarks: ["CIS Kubernetes 5.1.8", PRACTICE],
        rights: [
            { group: CORE, resources: ["users", "groups"], verbs: ["impersonate"], clusterScoped: true },
            { group: CORE, resources: ["serviceaccounts"], verbs: ["impersonate"] },
            { group: "authentication.k8s.io", resources: ["uids", "userextras"], verbs: ["impersonate"], clusterScoped: true },
        ],
    },
    {
        id: "right-to-escalate", severity: "critical", what: "give rights that it does not have", takeover: true,
        fix: "name the roles that may be bound (`bind` with `resourceNames`), and leave bindings to whoever deploys",
        benchmarks: ["CIS Kubernetes 5.1.8", PRACTICE],
        rights: [
            { group: RBAC, resources: ["clusterroles"], verbs: ["escalate", "bind"] },
            { group: RBAC, resources: ["roles"], verbs: ["escalate", "bind"] },
            { group: RBAC, resources: ["clusterrolebindings"], verbs: WRITE, clusterScoped: true },
            { group: RBAC, resources: ["rolebindings"], verbs: WRITE },
        ],
    },
    {
        id: "right-to-proxy-nodes", severity: "high", what: "talk to kubelets", takeover: true,
        fix: "ask for `nodes/metrics` or `nodes/stats` where figures are wanted: `nodes/proxy` runs commands in every pod, unlogged",
        benchmarks: ["CIS Kubernetes 5.1.10", PRACTICE],
        rights: [{ group: CORE, resources: ["nodes/proxy"], verbs: ["get", ...WRITE, "delete"], clusterScoped: true }],
    },
    {
        id: "right-to-change-admission", severity: "critical", what: "change what the API server admits", takeover: true,
        fix: "name the configuration that the program owns (`resourceNames`)",
        benchmarks: ["CIS Kubernetes 5.1.12", PRACTICE],
        rights: [{
            group: "admissionregistration.k8s.io", verbs: CHANGE, clusterScoped: true,
            resources: [
                "validatingwebhookconfigurations", "mutatingwebhookconfigurations", "validatingadmissionpolicies", "validatingadmissionpolicybindings",
                "mutatingadmissionpolicies", "mutatingadmissionpolicybindings",
            ],
        }],
    },
    {
        id: "right-to-approve-certificates", severity: "high", what: "approve certificates of any user", takeover: true,
        fix: "leave approval to the cluster's own controllers, or to people",
        benchmarks: ["CIS Kubernetes 5.1.11", PRACTICE],
        rights: [{ group: "certificates.k8s.io", resources: ["certificatesigningrequests/approval"], verbs: ["update", "patch"], clusterScoped: true }],
    },
    {
        id: "right-to-mint-tokens", severity: "high", what: "make tokens of service accounts", takeover: true,
        fix: "name the accounts (`resourceNames`), or project the token into the pod that needs it",
        benchmarks: ["CIS Kubernetes 5.1.13", PRACTICE],
        rights: [{ group: CORE, resources: ["serviceaccounts/token"], verbs: ["create"] }],
    },
    {
        id: "right-to-create-volumes", severity: "medium", what: "make volumes of the cluster",
        fix: "ask for `persistentvolumeclaims`: the storage class makes the volume, and no path of the host",
        benchmarks: ["CIS Kubernetes 5.1.9", PRACTICE],
        rights: [{ group: CORE, resources: ["persistentvolumes"], verbs: ["create"], clusterScoped: true }],
    },
    {
        id: "right-to-delete", severity: "medium", what: "delete what runs or what is kept", optional: true,
        fix: "name the objects (`resourceNames`), or leave deletion to owner references",
        benchmarks: ["NSA/CISA: RBAC", "Kubernetes: Using RBAC Authorization"],
        rights: [
            { group: CORE, resources: ["pods", "services", "secrets", "configmaps", "persistentvolumeclaims", "replicationcontrollers"], verbs: ["delete", "deletecollection"] },
            { group: CORE, resources: ["namespaces", "persistentvolumes", "nodes"], verbs: ["delete", "deletecollection"], clusterScoped: true },
            { group: "apps", resources: ["deployments", "statefulsets", "daemonsets", "replicasets"], verbs: ["delete", "deletecollection"] },
            { group: "batch", resources: ["jobs", "cronjobs"], verbs: ["delete", "deletecollection"] },
        ],
    },
    {
        id: "right-to-delete-evidence", severity: "medium", what: "delete events or logs",
        fix: "take the verbs away: events expire by themselves",
        benchmarks: ["NSA/CISA: RBAC", "Kubernetes: Using RBAC Authorization"],
        rights: [
            { group: CORE, resources: ["events", "pods/log"], verbs: ["delete", "deletecollection"] },
            { group: "events.k8s.io", resources: ["events"], verbs: ["delete", "deletecollection"] },
        ],
    },
    {
        id: "right-to-change-config-maps", severity: "medium", what: "change every config map", optional: true,
        fix: "name the config maps (`resourceNames`); take leases for the election of a leader",
        benchmarks: ["NSA/CISA: RBAC", "Kubernetes: Using RBAC Authorization"],
        rights: [{ group: CORE, resources: ["configmaps"], verbs: CHANGE }],
    },
    {
        id: "right-to-change-cluster-names", severity: "medium", what: "change how names are resolved", namespace: "kube-system",
        fix: "leave the config map `coredns` of `kube-system` to whoever runs the cluster",
        benchmarks: ["NSA/CISA: RBAC", "Kubernetes: Customizing DNS Service"],
        rights: [{ group: CORE, resources: ["configmaps"], verbs: ["update", "patch"], names: ["coredns"] }],
    },
    {
        id: "right-to-change-cloud-logins", severity: "high", what: "change who of the cloud is who in the cluster", namespace: "kube-system",
        // Clusters of one cloud only have it.
        optional: true,
        fix: "leave the config map `aws-auth` of `kube-system` to whoever runs the cluster, or use access entries",
        benchmarks: ["NSA/CISA: RBAC", "Amazon EKS: Best Practices Guide, Identity and Access Management"],
        rights: [{ group: CORE, resources: ["configmaps"], verbs: ["update", "patch"], names: ["aws-auth"] }],
    },
    {
        id: "right-to-change-network", severity: "high", what: "change who reaches whom",
        fix: "leave network policies, services and routes to whoever deploys",
        benchmarks: ["NSA/CISA: RBAC", "Kubernetes: Network Policies"],
        rights: [
            { group: CORE, resources: ["services"], verbs: CHANGE },
            { group: "networking.k8s.io", resources: ["networkpolicies", "ingresses"], verbs: CHANGE },
            { group: "gateway.networking.k8s.io", resources: ["gateways", "httproutes", "tcproutes", "tlsroutes"], verbs: CHANGE },
        ],
    },
    {
        id: "right-to-edit-endpoints", severity: "medium", what: "send traffic anywhere by writing endpoints", evenIn: "system:aggregate-to-edit",
        fix: "take the verbs away: the control plane writes them (CVE-2021-25740)",
        benchmarks: ["Kubernetes: CVE-2021-25740", "NSA/CISA: RBAC"],
        rights: [
            { group: CORE, resources: ["endpoints"], verbs: WRITE },
            { group: "discovery.k8s.io", resources: ["endpointslices"], verbs: WRITE },
        ],
    },
];
