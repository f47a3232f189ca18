import { dataReachableFromEdge } from "./data-reachable-from-edge";
import { noDefaultDeny } from "./no-default-deny";
import { reachableFromOutside } from "./reachable-from-outside";
import { sandboxOnNetwork } from "./sandbox-on-network";
import { sandboxReachesData } from "./sandbox-reaches-data";
import { sandboxReachesOutside } from "./sandbox-reaches-outside";
import { secretBeyondNeed } from "./secret-beyond-need";
import { secretInSandbox } from "./secret-in-sandbox";
import { systemsShareNetwork } from "./systems-share-network";
import { unusedSecret } from "./unused-secret";
import type { Rule } from "../../rule";

export const REACH_RULES: readonly Rule[] = [
    dataReachableFromEdge,
    noDefaultDeny,
    reachableFromOutside,
    sandboxOnNetwork,
    sandboxReachesData,
    sandboxReachesOutside,
    secretBeyondNeed,
    secretInSandbox,
    systemsShareNetwork,
    unusedSecret,
];
