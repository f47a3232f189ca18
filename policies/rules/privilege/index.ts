import { looseAdmissionPolicy } from "./admission-policy";
import { apparmorUnconfined } from "./apparmor-unconfined";
import { capabilitiesNotDropped } from "./capabilities-not-dropped";
import { capabilityAdded } from "./capability-added";
import { CAPABILITY_RULES } from "./capability-groups";
import { COMMAND_RULES } from "./commands";
import { CONFINEMENT_RULES } from "./confinement";
import { GROUP_RULES } from "./groups";
import { newPrivilegesAllowed } from "./new-privileges-allowed";
import { POD_RULES } from "./pods";
import { privilegedContainer } from "./privileged-container";
import { rootUser } from "./root-user";
import { seccompNotSet } from "./seccomp-not-set";
import { seccompUnconfined } from "./seccomp-unconfined";
import { unsafeSysctl } from "./unsafe-sysctl";
import { userNamespaceHost } from "./user-namespace-host";
import { USER_RULES } from "./users";
import { WINDOWS_RULES } from "./windows";
import { writableRoot } from "./writable-root";
import type { Rule } from "../../rule";

export const PRIVILEGE_RULES: readonly Rule[] = [
    apparmorUnconfined,
    capabilitiesNotDropped,
    capabilityAdded,
    looseAdmissionPolicy,
    newPrivilegesAllowed,
    privilegedContainer,
    rootUser,
    seccompNotSet,
    seccompUnconfined,
    unsafeSysctl,
    userNamespaceHost,
    writableRoot,
    ...CAPABILITY_RULES,
    ...COMMAND_RULES,
    ...CONFINEMENT_RULES,
    ...GROUP_RULES,
    ...POD_RULES,
    ...USER_RULES,
    ...WINDOWS_RULES,
];
