import { RULES, STANDARD_RULES } from "../catalogue";
import type { Rule, Settings } from "../rule";

/** A named set of rules, with settings of its own. */
export interface Profile {
    readonly name: string;
    readonly summary: string;
    readonly rules: readonly Rule[];
    readonly settings: Readonly<Record<string, Settings>>;
}

/** Capabilities that the baseline of the Pod Security Standards lets containers add: Docker's own default set. */
const DEFAULT_CAPABILITIES = [
    "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
];
const BASELINE = [
    "privileged-container", "host-network", "host-pid", "host-ipc", "host-port", "host-path-mounted", "capability-added", "seccomp-unconfined",
    "apparmor-unconfined", "unsafe-sysctl",
];
const RESTRICTED = [...BASELINE, "new-privileges-allowed", "root-user", "capabilities-not-dropped", "seccomp-not-set"];

export const PROFILES: readonly Profile[] = [
    { name: "hardened", summary: "every rule but the optional ones", rules: STANDARD_RULES, settings: {} },
    { name: "everything", summary: "every rule, also those that contradict one another", rules: RULES, settings: {} },
    {
        name: "pss-baseline", summary: "Pod Security Standards, level baseline",
        rules: named(BASELINE), settings: { "capability-added": { allowed: DEFAULT_CAPABILITIES } },
    },
    {
        name: "pss-restricted", summary: "Pod Security Standards, level restricted",
        rules: named(RESTRICTED), settings: { "capability-added": { allowed: ["NET_BIND_SERVICE"] } },
    },
    { name: "cis-docker", summary: "CIS Docker Benchmark 1.7, container runtime and images", rules: citing("CIS Docker"), settings: {} },
    { name: "cis-kubernetes", summary: "CIS Kubernetes Benchmark 1.12, policies", rules: citing("CIS Kubernetes"), settings: {} },
    { name: "nsa", summary: "Kubernetes Hardening Guidance of NSA and CISA", rules: citing("NSA/CISA"), settings: {} },
];

/** The profile of this name; undefined where there is none. */
export function profileNamed(name: string): Profile | undefined {
    return PROFILES.find(profile => profile.name === name);
}

function named(ids: readonly string[]): readonly Rule[] {
    return RULES.filter(rule => ids.includes(rule.id));
}

function citing(benchmark: string): readonly Rule[] {
    return RULES.filter(rule => rule.benchmarks.some(reference => reference.startsWith(benchmark)));
}
