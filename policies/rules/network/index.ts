import { defaultBridge } from "./default-bridge";
import { hostPort } from "./host-port";
import { networkNotInternal } from "./network-not-internal";
import { portPublished } from "./port-published";
import type { Rule } from "../../rule";

export const NETWORK_RULES: readonly Rule[] = [
    defaultBridge,
    hostPort,
    networkNotInternal,
    portPublished,
];
