import { NO_BLOCKED_DRAIN, SPREAD, WHOLE, admits } from "./meant";
import type { Meanings } from "./meant";

export const KUBE_SCORE: Meanings = {
    "horizontalpodautoscaler-has-target": { rules: ["autoscaler-without-target"] }, "horizontalpodautoscaler-replicas": { rules: ["single-replica"] },
    "deployment-targeted-by-hpa-does-not-have-replicas-configured": { rules: ["autoscaler-fought"] },
    "networkpolicy-targets-pod": { settings: WHOLE }, "service-targets-pod": { rules: ["service-selects-nothing"], settings: WHOLE }, "ingress-targets-service": { settings: WHOLE },
    "poddisruptionbudget-has-policy": NO_BLOCKED_DRAIN, "deployment-has-host-podantiaffinity": SPREAD,
    "container-ports-check": { rules: ["impossible-container-port"] }, "container-ephemeral-storage-request-and-limit": { rules: ["no-scratch-limit"] },
    "pod-networkpolicy": { rules: ["no-network-policy", "no-default-deny"] }, "statefulset-has-servicename": { rules: ["stateful-set-unfit", "stateful-set-not-named"] }, "stable-version": { rules: ["unstable-api-version"] },
};

export const CHECKOV: Meanings = {
    CKV_K8S_1: admits(/host's processes/), CKV_K8S_2: admits(/privileged containers/), CKV_K8S_3: admits(/host's IPC/), CKV_K8S_4: admits(/host's network/),
    CKV_K8S_5: admits(/gain privileges/), CKV_K8S_6: admits(/root/), CKV_K8S_7: admits(/capabilities away/), CKV_K8S_24: admits(/ask for capabilities/),
    CKV_K8S_32: admits(/seccomp/), CKV_K8S_36: admits(/capabilities away/),
    CKV_K8S_41: { rules: ["service-account-automounts"] }, CKV_K8S_21: { rules: ["default-namespace", "namespace-not-set"] }, CKV_K8S_31: { rules: ["seccomp-not-set", "seccomp-unconfined"] },
    CKV_K8S_37: { rules: ["capability-added", "capabilities-not-dropped"] },
};

export const KICS: Meanings = {
    "k8s/containers_run_with_low_uid (02323c00)": { rules: ["low-user-id", "root-user"] }, "k8s/using_unrecommended_namespace (611ab018)": { rules: ["default-namespace", "namespace-not-set", "system-namespace"] },
    "k8s/net_raw_capabilities_disabled_for_psp (2270987f)": admits(/capabilities away/), "k8s/not_limited_capabilities_for_pod_security_policy (caa93370)": admits(/capabilities away/),
    "k8s/psp_allows_privilege_escalation (87554eef)": admits(/gain privileges/), "k8s/psp_allows_sharing_host_ipc (80f93444)": admits(/host's IPC/),
    "k8s/psp_allows_sharing_host_pid (91dacd0e)": admits(/host's processes/), "k8s/psp_containers_share_host_network_namespace (a33e9173)": admits(/host's network/),
    "k8s/psp_set_to_privileged (c48e57d3)": admits(/privileged containers/), "k8s/psp_with_added_capabilities (7307579a)": admits(/ask for capabilities/),
    "k8s/psp_with_unrestricted_access_to_host_path (de4421f1)": admits(/paths of the host/), "k8s/root_containers_admitted (e3aa0612)": admits(/root/),
    "k8s/seccomp_profile_is_not_configured (f377b83e)": { rules: ["seccomp-not-set", "seccomp-unconfined"] }, "k8s/statefulset_without_service_name (bb241e61)": { rules: ["stateful-set-unfit", "stateful-set-not-named"] },
    "k8s/network_policy_is_not_targeting_any_pod (85ab1c5b)": { rules: ["policy-selects-nothing"], says: /selects/ }, "k8s/hpa_targets_invalid_object (2f652c42)": { rules: ["autoscaler-without-target"] },
};

const WRITTEN_OUT = { settings: WHOLE };

export const KUBESCAPE: Meanings = {
    "C-0213": admits(/privileged containers/), "C-0214": admits(/host's processes/), "C-0215": admits(/host's IPC/), "C-0216": admits(/host's network/), "C-0217": admits(/gain privileges/),
    "C-0218": admits(/root/), "C-0219": admits(/ask for capabilities/), "C-0220": admits(/capabilities away/),
    "C-0210": { rules: ["seccomp-not-set", "seccomp-unconfined"] }, "C-0298": WRITTEN_OUT, "C-0299": WRITTEN_OUT, "C-0302": WRITTEN_OUT, "C-0293": WRITTEN_OUT,
    "C-0300": { rules: ["autoscaler-without-target"] }, "C-0273": { rules: ["vulnerable-node-runtime"] },
    "C-0256": { rules: ["load-balancer-service", "node-port-service", "reachable-from-outside"] }, "C-0258": { settings: { "secret-access-not-listed": { configMaps: ["none"] } } },
};
