import { allowPrivilegeEscalation } from "./checks/allow-privilege-escalation";
import { apparmorProfile } from "./checks/apparmor-profile";
import { capabilitiesBaseline } from "./checks/capabilities-baseline";
import { capabilitiesRestricted } from "./checks/capabilities-restricted";
import { hostNamespaces } from "./checks/host-namespaces";
import { hostPathVolumes } from "./checks/host-path-volumes";
import { hostPorts } from "./checks/host-ports";
import { hostProbesAndLifecycle } from "./checks/host-probes-and-lifecycle";
import { privileged } from "./checks/privileged";
import { procMount, procMountRestricted } from "./checks/proc-mount";
import { restrictedVolumes } from "./checks/restricted-volumes";
import { runAsNonRoot } from "./checks/run-as-non-root";
import { runAsUser } from "./checks/run-as-user";
import { seccompProfileBaseline, seccompProfileRestricted } from "./checks/seccomp-profile";
import { selinuxOptions } from "./checks/selinux-options";
import { sysctls } from "./checks/sysctls";
import { windowsHostProcess } from "./checks/windows-host-process";
import { checksInForce, ruleOf } from "./check";
import type { Rule } from "../rule";
import type { Level, PodCheck } from "./check";

/** Every check that Kubernetes makes of a pod at the levels baseline and restricted, in any version. */
export const POD_CHECKS: readonly PodCheck[] = [
    allowPrivilegeEscalation,
    apparmorProfile,
    capabilitiesBaseline,
    capabilitiesRestricted,
    hostNamespaces,
    hostPathVolumes,
    hostPorts,
    hostProbesAndLifecycle,
    privileged,
    procMount,
    procMountRestricted,
    restrictedVolumes,
    runAsNonRoot,
    runAsUser,
    seccompProfileBaseline,
    seccompProfileRestricted,
    selinuxOptions,
    sysctls,
    windowsHostProcess,
];

/** The checks as rules, in their order. */
export const POD_SECURITY_RULES: readonly Rule[] = POD_CHECKS.map(ruleOf);

/** The rules that Kubernetes asks at a level in a minor version; their parameter `version` has to say the same. */
export function podSecurityRules(level: Level, minor: number): readonly Rule[] {
    const ids = new Set(checksInForce(POD_CHECKS, level, minor).map(({ id }) => id));
    return POD_SECURITY_RULES.filter(({ id }) => ids.has(id));
}
