import { apparmorUnconfined } from "./rules/apparmor-unconfined";
import { capabilitiesNotDropped } from "./rules/capabilities-not-dropped";
import { capabilityAdded } from "./rules/capability-added";
import { dataReachableFromEdge } from "./rules/data-reachable-from-edge";
import { defaultBridge } from "./rules/default-bridge";
import { defaultCredential } from "./rules/default-credential";
import { deviceMounted } from "./rules/device-mounted";
import { dockerSocketMounted } from "./rules/docker-socket-mounted";
import { executableTmpfs } from "./rules/executable-tmpfs";
import { hostIpc } from "./rules/host-ipc";
import { hostNetwork } from "./rules/host-network";
import { hostPathMounted } from "./rules/host-path-mounted";
import { hostPathVolume } from "./rules/host-path-volume";
import { hostPid } from "./rules/host-pid";
import { hostPort } from "./rules/host-port";
import { hostUts } from "./rules/host-uts";
import { latestTag } from "./rules/latest-tag";
import { networkNotInternal } from "./rules/network-not-internal";
import { newPrivilegesAllowed } from "./rules/new-privileges-allowed";
import { noCpuLimit } from "./rules/no-cpu-limit";
import { noHealthCheck } from "./rules/no-health-check";
import { noMemoryLimit } from "./rules/no-memory-limit";
import { noProcessLimit } from "./rules/no-process-limit";
import { noRestartPolicy } from "./rules/no-restart-policy";
import { portPublished } from "./rules/port-published";
import { privilegedContainer } from "./rules/privileged-container";
import { rootUser } from "./rules/root-user";
import { sandboxOnNetwork } from "./rules/sandbox-on-network";
import { seccompNotSet } from "./rules/seccomp-not-set";
import { seccompUnconfined } from "./rules/seccomp-unconfined";
import { secretInCommand } from "./rules/secret-in-command";
import { secretInEnvironment } from "./rules/secret-in-environment";
import { secretInLabel } from "./rules/secret-in-label";
import { unboundedLogs } from "./rules/unbounded-logs";
import { unboundedTmpfs } from "./rules/unbounded-tmpfs";
import { unpinnedImage } from "./rules/unpinned-image";
import { unsafeSysctl } from "./rules/unsafe-sysctl";
import { userNamespaceHost } from "./rules/user-namespace-host";
import { writableRoot } from "./rules/writable-root";
import type { Rule } from "./rule";

/** Every rule, by id. A test holds this list to the files in `rules/`. */
export const RULES: readonly Rule[] = [
    apparmorUnconfined,
    capabilitiesNotDropped,
    capabilityAdded,
    dataReachableFromEdge,
    defaultBridge,
    defaultCredential,
    deviceMounted,
    dockerSocketMounted,
    executableTmpfs,
    hostIpc,
    hostNetwork,
    hostPathMounted,
    hostPathVolume,
    hostPid,
    hostPort,
    hostUts,
    latestTag,
    networkNotInternal,
    newPrivilegesAllowed,
    noCpuLimit,
    noHealthCheck,
    noMemoryLimit,
    noProcessLimit,
    noRestartPolicy,
    portPublished,
    privilegedContainer,
    rootUser,
    sandboxOnNetwork,
    seccompNotSet,
    seccompUnconfined,
    secretInCommand,
    secretInEnvironment,
    secretInLabel,
    unboundedLogs,
    unboundedTmpfs,
    unpinnedImage,
    unsafeSysctl,
    userNamespaceHost,
    writableRoot,
];
