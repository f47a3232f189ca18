import { clusterReach } from "./cluster-reach";
import { engineReach } from "./engine-reach";
import { once } from "./known";
import type { Stack } from "../stack";
import type { WorkloadView } from "../types";
import type { ClusterReach, Way } from "./cluster-reach";
import type { EngineReach } from "./engine-reach";

/**
 * Who reaches whom over the network, without anybody's help: what a packet passes on its way are networks, ports of a host,
 * Services and the like, never a program of the application. Every question throws `Unknown` where the answer is not known
 * and no other way is.
 */
export interface Reach {
    readonly between: (from: WorkloadView, to: WorkloadView) => Way | undefined;
    /** As `between`, and over what the other publishes to everybody. */
    readonly anyWay: (from: WorkloadView, to: WorkloadView) => Way | undefined;
    readonly toOutside: (from: WorkloadView) => Way | undefined;
    readonly fromOutside: (to: WorkloadView) => Way | undefined;
}

const REACHES = new WeakMap<Stack, Reach>();

/** Who reaches whom in a stack. Nothing is worked out before it is asked for, and then once. */
export function reachOf(stack: Stack): Reach {
    const known = REACHES.get(stack);
    if (known !== undefined) {
        return known;
    }
    const cluster = once(() => clusterReach(stack));
    const engine = once(() => engineReach(stack));
    const of = (workload: WorkloadView): ClusterReach | EngineReach => workload.platform === "kubernetes" ? cluster() : engine();
    const together = (from: WorkloadView, to: WorkloadView): boolean => (from.platform === "kubernetes") === (to.platform === "kubernetes");
    const made: Reach = {
        between: (from, to) => together(from, to) ? of(from).between(from, to) : undefined,
        anyWay(from, to) {
            if (!together(from, to)) {
                return undefined;
            }
            return of(from).between(from, to) ?? (from.platform === "kubernetes" ? undefined : engine().byPublication(from, to));
        },
        toOutside: from => of(from).toOutside(from),
        fromOutside: to => of(to).fromOutside(to),
    };
    REACHES.set(stack, made);
    return made;
}

/** `internet → port 0.0.0.0:5432 of the host → db`. */
export function wayText(way: Way): string {
    return way.join(" → ");
}
