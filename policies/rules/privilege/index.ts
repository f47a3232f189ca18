import { apparmorUnconfined } from "./apparmor-unconfined";
import { capabilitiesNotDropped } from "./capabilities-not-dropped";
import { capabilityAdded } from "./capability-added";
import { newPrivilegesAllowed } from "./new-privileges-allowed";
import { privilegedContainer } from "./privileged-container";
import { rootUser } from "./root-user";
import { seccompNotSet } from "./seccomp-not-set";
import { seccompUnconfined } from "./seccomp-unconfined";
import { unsafeSysctl } from "./unsafe-sysctl";
import { userNamespaceHost } from "./user-namespace-host";
import { writableRoot } from "./writable-root";
import type { Rule } from "../../rule";

export const PRIVILEGE_RULES: readonly Rule[] = [
    apparmorUnconfined,
    capabilitiesNotDropped,
    capabilityAdded,
    newPrivilegesAllowed,
    privilegedContainer,
    rootUser,
    seccompNotSet,
    seccompUnconfined,
    unsafeSysctl,
    userNamespaceHost,
    writableRoot,
];
