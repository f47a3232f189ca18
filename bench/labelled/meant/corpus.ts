import { NO_BLOCKED_DRAIN, WHOLE, admits } from "./meant";
import type { Meanings } from "./meant";

const EXEC = { rules: ["right-to-exec", "right-to-attach"] };
const EXEC_BOUND = { rules: ["right-to-exec", "right-to-attach", "cluster-admin-bound"] };

export const POLARIS: Meanings = {
    clusterrolePodExecAttach: EXEC, rolePodExecAttach: EXEC,
    clusterrolebindingPodExecAttach: EXEC_BOUND, rolebindingClusterRolePodExecAttach: EXEC_BOUND, rolebindingRolePodExecAttach: EXEC_BOUND,
    hpaMinAvailability: { rules: ["single-replica"] }, hpaMaxAvailability: { rules: ["autoscaler-without-room"] },
    insecureCapabilities: { rules: ["capabilities-not-dropped"] },
    linuxHardening: { rules: ["security-context-not-declared", "seccomp-unconfined", "capability-takes-host"] },
    metadataAndInstanceMismatched: { settings: { "required-label-missing": { labels: ["app.kubernetes.io/instance={name}"] } } },
    missingNetworkPolicy: { rules: ["no-network-policy", "no-default-deny"] },
    pdbMinAvailableGreaterThanHPAMinReplicas: NO_BLOCKED_DRAIN, pdbDisruptionsIsZero: NO_BLOCKED_DRAIN,
};

export const KUBE_LINTER: Meanings = {
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
    "scc-deny-privileged-container": admits(/privileged containers/),
};
