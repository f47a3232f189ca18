import { deviceMounted } from "./device-mounted";
import { dockerSocketMounted } from "./docker-socket-mounted";
import { executableTmpfs } from "./executable-tmpfs";
import { hostIpc } from "./host-ipc";
import { hostNetwork } from "./host-network";
import { hostPathMounted } from "./host-path-mounted";
import { hostPathVolume } from "./host-path-volume";
import { hostPid } from "./host-pid";
import { hostUts } from "./host-uts";
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
];
