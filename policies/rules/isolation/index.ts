import { COMMAND_RULES } from "./commands";
import { deviceMounted } from "./device-mounted";
import { dockerSocketMounted } from "./docker-socket-mounted";
import { executableTmpfs } from "./executable-tmpfs";
import { hostIpc } from "./host-ipc";
import { hostNetwork } from "./host-network";
import { hostPathMounted } from "./host-path-mounted";
import { hostPathVolume } from "./host-path-volume";
import { HOST_PATH_RULES } from "./host-paths";
import { hostPid } from "./host-pid";
import { hostUts } from "./host-uts";
import { NAMESPACE_RULES } from "./namespaces";
import { PLACEMENT_RULES } from "./placement";
import { PROBE_RULES } from "./probes";
import { VOLUME_RULES } from "./volumes";
import type { Rule } from "../../rule";

export const ISOLATION_RULES: readonly Rule[] = [
    deviceMounted,
    dockerSocketMounted,
    executableTmpfs,
    hostIpc,
    hostNetwork,
    hostPathMounted,
    hostPathVolume,
    hostPid,
    hostUts,
    ...COMMAND_RULES,
    ...HOST_PATH_RULES,
    ...NAMESPACE_RULES,
    ...PLACEMENT_RULES,
    ...PROBE_RULES,
    ...VOLUME_RULES,
];
