import { positive } from "./engine";
import { anyHolds } from "./three-valued";
import type { Value } from "./value";
import type { ContainerView, WorkloadView } from "./types";

/** What a container of a pod asks for, or may use at most, of one resource. */
export function resourceOf(container: ContainerView, what: "limits" | "requests", resource: string): Value {
    return container.source.get("resources", what, resource);
}

/** The same of its pod as a whole (Kubernetes 1.34 has it on by default). */
export function podResourceOf(workload: WorkloadView, what: "limits" | "requests", resource: string): Value {
    return workload.source.get("spec", "resources", what, resource);
}

/** Whether a container asks for a share: its own or the pod's; without a request its limit is one. */
export function requested(container: ContainerView, resource: string): boolean {
    const places = [resourceOf(container, "requests", resource), resourceOf(container, "limits", resource)];
    const { workload } = container;
    return anyHolds([...places, podResourceOf(workload, "requests", resource), podResourceOf(workload, "limits", resource)]
        .map(value => () => value.present));
}

/** Whether a container's share of its node's disk is bounded. */
export function scratchLimited(container: ContainerView): boolean {
    return positive(resourceOf(container, "limits", "ephemeral-storage"));
}
