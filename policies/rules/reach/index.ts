import { dataReachableFromEdge } from "./data-reachable-from-edge";
import { sandboxOnNetwork } from "./sandbox-on-network";
import type { Rule } from "../../rule";

export const REACH_RULES: readonly Rule[] = [
    dataReachableFromEdge,
    sandboxOnNetwork,
];
