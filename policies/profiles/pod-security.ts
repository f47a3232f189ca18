import { podSecurityRules } from "../pod-security";
import type { Level } from "../pod-security/check";
import type { Rule, Settings } from "../rule";
import type { Platform } from "../view/types";

/** Capabilities that the baseline of the Pod Security Standards lets containers add: Docker's own default set. */
const DEFAULT_CAPABILITIES = [
    "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
];
const BASELINE = [
    "privileged-container", "host-network", "host-pid", "host-ipc", "host-path-mounted", "capability-added", "seccomp-unconfined", "apparmor-unconfined",
    "unsafe-sysctl",
];
const RESTRICTED = [...BASELINE, "new-privileges-allowed", "root-user", "capabilities-not-dropped", "seccomp-not-set"];

/** The ordinary rules that stand for a level where there are no pods: only there they speak. */
const ELSEWHERE: Readonly<Record<Level, readonly string[]>> = { baseline: BASELINE, restricted: RESTRICTED };
const WITHOUT_PODS: readonly Platform[] = ["compose", "docker", "dockerfile", "engine", "swarm"];
const CAPABILITIES: Readonly<Record<Level, readonly string[]>> = { baseline: DEFAULT_CAPABILITIES, restricted: ["NET_BIND_SERVICE"] };

/**
 * Rules and settings of a level of the Pod Security Standards: on Kubernetes its own checks, as they are in a version;
 * elsewhere the ordinary rules that come nearest, whatever the version.
 * @param ordinary every ordinary rule
 * @param minor version of Kubernetes 1
 */
export function podSecurityProfile(level: Level, minor: number, ordinary: readonly Rule[]): { readonly rules: readonly Rule[]; readonly settings: Readonly<Record<string, Settings>> } {
    const exact = podSecurityRules(level, minor);
    const elsewhere = ordinary.filter(({ id }) => ELSEWHERE[level].includes(id)).map(rule => ({ ...rule, platforms: WITHOUT_PODS }));
    return {
        rules: [...exact, ...elsewhere],
        settings: { ...Object.fromEntries(exact.map(({ id }) => [id, { version: `v1.${minor}` }])), "capability-added": { allowed: CAPABILITIES[level] } },
    };
}
