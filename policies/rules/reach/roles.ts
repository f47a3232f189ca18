import type { Stack } from "../../view/stack";
import type { WorkloadView } from "../../view/types";

const STORES: ReadonlySet<string> = new Set(["data", "cache", "queue"]);

/** Workloads of a role; those whose role is not known throw when it is read, and are of every role till then. */
export function ofRole(stack: Stack, ...roles: readonly string[]): readonly WorkloadView[] {
    return stack.workloads.filter(workload => mayBe(workload, roles));
}

/** Workloads that keep what the application knows. */
export function stores(stack: Stack): readonly WorkloadView[] {
    return ofRole(stack, ...STORES);
}

export function isStore(workload: WorkloadView): boolean {
    return STORES.has(workload.role ?? "");
}

function mayBe(workload: WorkloadView, roles: readonly string[]): boolean {
    try {
        return roles.includes(workload.role ?? "");
    } catch {
        return true;
    }
}
