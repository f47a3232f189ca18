import { apparmorUnconfined } from "./rules/apparmor-unconfined";
import { capabilitiesNotDropped } from "./rules/capabilities-not-dropped";
import { capabilityAdded } from "./rules/capability-added";
import { dockerSocketMounted } from "./rules/docker-socket-mounted";
import { hostIpc } from "./rules/host-ipc";
import { hostNetwork } from "./rules/host-network";
import { hostPathMounted } from "./rules/host-path-mounted";
import { hostPid } from "./rules/host-pid";
import { hostUts } from "./rules/host-uts";
import { newPrivilegesAllowed } from "./rules/new-privileges-allowed";
import { noCpuLimit } from "./rules/no-cpu-limit";
import { noMemoryLimit } from "./rules/no-memory-limit";
import { noProcessLimit } from "./rules/no-process-limit";
import { privilegedContainer } from "./rules/privileged-container";
import { rootUser } from "./rules/root-user";
import { seccompUnconfined } from "./rules/seccomp-unconfined";
import { userNamespaceHost } from "./rules/user-namespace-host";
import { writableRoot } from "./rules/writable-root";
import type { Rule } from "./rule";

/** Every rule, by id. A test holds this list to the files in `rules/`. */
export const RULES: readonly Rule[] = [
    apparmorUnconfined,
    capabilitiesNotDropped,
    capabilityAdded,
    dockerSocketMounted,
    hostIpc,
    hostNetwork,
    hostPathMounted,
    hostPid,
    hostUts,
    newPrivilegesAllowed,
    noCpuLimit,
    noMemoryLimit,
    noProcessLimit,
    privilegedContainer,
    rootUser,
    seccompUnconfined,
    userNamespaceHost,
    writableRoot,
];
