import { faultsIn } from "../pod";
import { flagOf } from "../read";
import type { PodCheck } from "../check";
import type { Pod } from "../pod";
import type { Fault } from "../../view/unfinished";

const SHARED = { hostNetwork: "network", hostPID: "processes", hostIPC: "shared memory" } as const;

const faults = ({ spec }: Pod): readonly Fault[] => faultsIn(Object.entries(SHARED).map(([field, what]) => ({
    path: [...spec.path, field],
    ask: () => flagOf(spec.get(field)) === true ? `shares the ${what} of its node (${field}: true)` : undefined,
})));

/** In a namespace of the node a container sees and reaches what belongs to the node and to others. */
export const hostNamespaces: PodCheck = {
    id: "pod-security-host-namespaces",
    check: "hostNamespaces",
    level: "baseline",
    severity: "high",
    title: "No pod shares the network, the processes or the shared memory of its node",
    fix: "take hostNetwork, hostPID and hostIPC out",
    controls: ["SC-43"],
    revisions: [{ since: 0, faults }],
};
