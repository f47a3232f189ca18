import { NO_BLOCKED_DRAIN } from "./meant";
import type { Meanings } from "./meant";

const standard = (...names: readonly string[]) => ({ rules: names.map(name => `pod-security-${name}`) });
const GROUPS = { rules: ["root-group", "powerful-group-added"] };
const REQUESTS = { rules: ["no-cpu-request", "no-memory-request", "no-cpu-limit", "no-memory-limit"] };
const allowed = (...registries: readonly string[]) => ({ settings: { "untrusted-registry": { registries } } });

/** Its policies for the Pod Security Standards are those of Kubernetes. */
export const KYVERNO: Meanings = {
    "pod-security/baseline/disallow-capabilities": standard("capabilities-baseline"), "pod-security/restricted/require-run-as-nonroot": standard("run-as-non-root"),
    "pod-security/restricted/disallow-capabilities-strict#adding-capabilities-strict": { rules: ["pod-security-capabilities-restricted"], says: /^(?!.*(?:drop|\bALL\b))/ },
    "pod-security/restricted/require-run-as-non-root-user": standard("run-as-user"), "pod-security/restricted/restrict-seccomp-strict": standard("seccomp-profile-restricted"),
    "pod-security/restricted/restrict-volume-types": standard("restricted-volumes"), "pod-security/restricted/disallow-privilege-escalation": standard("allow-privilege-escalation"),
    "other/require-reasonable-pdbs": NO_BLOCKED_DRAIN, "other/pdb-maxunavailable": NO_BLOCKED_DRAIN, "other/pdb-minavailable": NO_BLOCKED_DRAIN,
    "other/require-non-root-groups": GROUPS, "other/restrict-binding-system-groups": { rules: ["anonymous-bound", "superuser-group-bound", "everybody-bound"] },
    "best-practices/require-labels": { settings: { "required-label-missing": { labels: ["app.kubernetes.io/name"] } } },
    "other/require-annotations": { settings: { "required-annotation-missing": { annotations: ["corp.org/department"] } } },
    "best-practices/restrict-image-registries": allowed("eu.foo.io", "bar.io"), "other/require-imagepullsecrets": { rules: ["no-pull-credentials"] },
    "other/enforce-resources-as-ratio": { settings: { "limit-far-above-request": { memory: 2 } } },
    "other/metadata-match-regex": { rules: ["required-label-missing"], settings: { "required-label-missing": { labels: ["corp.org/version=v[0-9].[0-9].[0-9]"] } } },
    "psp-migration/check-supplemental-groups": { settings: { "supplementary-group-outside-range": { ranges: ["100-200", "500-600"] } } },
    "psp-migration/restrict-runtimeClassName": { rules: ["runtime-not-agreed"], settings: { "runtime-not-agreed": { runtimes: ["expclass", "prodclass"] } } },
    "other/check-serviceaccount": { settings: { "service-account-not-allowed": { accounts: ["safe"] } } },
    "other/restrict-service-account": { settings: { "service-account-not-allowed": { accounts: ["busybox"] } } },
    "other/restrict-secrets-by-name": { settings: { "secret-access-not-listed": { secrets: ["safe-*"] } } },
};

/** Parameters of the constraints that its suites are run with. */
export const GATEKEEPER: Meanings = {
    "general/allowedrepos": allowed("docker.io/openpolicyagent"), "general/allowedreposv2": allowed("docker.io/openpolicyagent"),
    "general/disallowedrepos": { rules: ["blocked-registry"], settings: { "blocked-registry": { registries: ["k8s.gcr.io"] } } },
    "general/containerrequests": REQUESTS, "general/containerlimits#container-limits-ignore-cpu": { rules: ["no-memory-limit"] },
    "general/containerresources#container-cpu-requests-memory-limits-and-requests": { rules: ["no-cpu-request", "no-memory-request", "no-memory-limit"] },
    "general/containerresourceratios#memory-ratio-only": { settings: { "limit-far-above-request": { memory: 2 } } }, "general/containerresourceratios#memory-and-cpu-ratios": { settings: { "limit-far-above-request": { memory: 1, cpu: 10 } } },
    "general/block-wildcard-ingress": { rules: ["wildcard-host", "ingress-without-host"] }, "general/block-endpoint-edit-default-role": { rules: ["right-to-edit-endpoints"] },
    "general/poddisruptionbudget": NO_BLOCKED_DRAIN, "general/replicalimits": { settings: { "single-replica": { least: 3 } } },
    "general/requiredannotations": { settings: { "required-annotation-missing": { annotations: ["a8r.io/owner", "a8r.io/runbook"] } } },
    "general/requiredlabels#must-have-owner": { settings: { "required-label-missing": { labels: ["owner=[a-zA-Z]+.agilebank.demo"] } } }, "general/requiredlabels#must-have-key": { settings: { "required-label-missing": { labels: ["pizza"] } } },
    "general/storageclass#storageclass-allowlist": { settings: { "storage-class-not-agreed": { agreed: ["allowed-storage-class"] } } },
    "general/verifydeprecatedapi": { rules: ["retired-api-version"] }, "general/noupdateserviceaccount": { settings: { "service-account-not-allowed": { accounts: ["policy-test-sa-1"] } } },
    "pod-security-policy/forbidden-sysctls#forbidden-sysctls-wildcard": { rules: ["unsafe-sysctl"] },
    "pod-security-policy/fsgroup#fsgroup": { settings: { "volume-group-outside-range": { ranges: ["1-1000"] } } }, "pod-security-policy/fsgroup#fsgroup-no-rules": { settings: { "volume-group-outside-range": { ranges: [] } } },
    "pod-security-policy/seccompv2": { rules: ["seccomp-not-set", "seccomp-unconfined"] }, "pod-security-policy/seccompv2#seccomp-baseline": { rules: ["seccomp-unconfined"] },
    "pod-security-policy/seccomp": { rules: ["seccomp-not-set", "seccomp-unconfined"] },
    "pod-security-policy/volumes": { rules: ["volume-type-not-allowed", "host-path-mounted", "host-path-volume"] },
};
