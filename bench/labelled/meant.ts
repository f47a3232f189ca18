import type { Settings } from "../../policies/rule";

/** Which rules mean the same as a check, and the check's own configuration said in their words. */
interface Meant {
    readonly rules?: readonly string[];
    /** What the message of a rule with several meanings has to say. */
    readonly says?: RegExp;
    readonly settings?: Readonly<Record<string, Settings>>;
}

const EXEC = { rules: ["right-to-exec", "right-to-attach"] };
const EXEC_BOUND = { rules: ["right-to-exec", "right-to-attach", "cluster-admin-bound"] };
const WHOLE = { "policy-selects-nothing": { complete: true }, "service-selects-nothing": { complete: true }, "route-without-service": { complete: true } };
const NO_BLOCKED_DRAIN = { rules: ["disruption-budget-blocks-drains"] };
const SPREAD = { rules: ["not-spread-over-nodes"] };

/** By tool and check, where the catalogue's entry holds more meanings than the check has, or the tool is configured for its fixtures. */
export const MEANT: Readonly<Record<string, Readonly<Record<string, Meant>>>> = {
    "polaris": {
        clusterrolePodExecAttach: EXEC, rolePodExecAttach: EXEC,
        clusterrolebindingPodExecAttach: EXEC_BOUND, rolebindingClusterRolePodExecAttach: EXEC_BOUND, rolebindingRolePodExecAttach: EXEC_BOUND,
        hpaMinAvailability: { rules: ["single-replica"] }, hpaMaxAvailability: { rules: ["autoscaler-without-room"] },
        insecureCapabilities: { rules: ["capabilities-not-dropped"] },
        linuxHardening: { rules: ["security-context-not-declared", "seccomp-unconfined", "capability-takes-host"] },
        metadataAndInstanceMismatched: { settings: { "required-label-missing": { labels: ["app.kubernetes.io/instance={name}"] } } },
        missingNetworkPolicy: { rules: ["no-network-policy", "no-default-deny"] },
        pdbMinAvailableGreaterThanHPAMinReplicas: NO_BLOCKED_DRAIN, pdbDisruptionsIsZero: NO_BLOCKED_DRAIN,
    },
    "kube-linter": {
        "dangling-horizontalpodautoscaler": { rules: ["autoscaler-without-target"] }, "hpa-minimum-three-replicas": { rules: ["single-replica"], settings: { "single-replica": { least: 3 } } },
        "dangling-networkpolicy": { settings: WHOLE }, "dangling-networkpolicypeer-podselector": { settings: WHOLE }, "dangling-servicemonitor": { settings: WHOLE }, "dangling-service": { settings: WHOLE },
        "env-var-secret": { rules: ["secret-in-environment", "secret-from-environment"] },
        "invalid-target-ports": { rules: ["impossible-port", "impossible-container-port"] },
        "minimum-three-replicas": { settings: { "single-replica": { least: 3 } } },
        "pdb-max-unavailable": NO_BLOCKED_DRAIN, "pdb-min-available": NO_BLOCKED_DRAIN, "pdb-unhealthy-pod-eviction-policy": { rules: ["disruption-budget-keeps-broken-pods"] },
        "priority-class-name": { settings: { "no-priority-class": { agreed: ["system-cluster-critical", "system-node-critical"] } } },
        "restart-policy": { says: /Never/ },
        "required-annotation-email": { settings: { "required-annotation-missing": { annotations: ["email=[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+\\.[A-Za-z0-9.-]+"] } } },
        "required-label-owner": { settings: { "required-label-missing": { labels: ["owner"] } } },
        "run-as-non-root": { rules: ["root-user", "root-group"] },
        "scc-deny-privileged-container": { rules: ["loose-admission-policy"], says: /privileged/ },
    },
    "kube-score": {
        "horizontalpodautoscaler-has-target": { rules: ["autoscaler-without-target"] }, "horizontalpodautoscaler-replicas": { rules: ["single-replica"] },
        "deployment-targeted-by-hpa-does-not-have-replicas-configured": { rules: ["autoscaler-fought"] },
        "networkpolicy-targets-pod": { settings: WHOLE }, "service-targets-pod": { rules: ["service-selects-nothing"], settings: WHOLE }, "ingress-targets-service": { settings: WHOLE },
        "poddisruptionbudget-has-policy": NO_BLOCKED_DRAIN, "deployment-has-host-podantiaffinity": SPREAD,
        "container-ports-check": { rules: ["impossible-container-port"] },
        "container-ephemeral-storage-request-and-limit": { rules: ["no-scratch-limit"] },
    },
};
