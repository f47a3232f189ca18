import { once } from "../../view/net/known";
import type { Stack } from "../../view/stack";
import type { WorkloadView } from "../../view/types";

const STORES: ReadonlySet<string> = new Set(["data", "cache", "queue"]);

/** A workload that may be of a role. */
export interface Candidate {
    readonly workload: WorkloadView;
    /** True; throws where its role is not known. */
    readonly is: () => boolean;
}

/** Workloads of a role, and those whose role is not known. */
export function ofRole(stack: Stack, ...roles: readonly string[]): readonly Candidate[] {
    return stack.workloads.map(workload => ({ workload, is: once(() => roles.includes(workload.role ?? "")) })).filter(mayBe);
}

/** Workloads that keep what the application knows. */
export function stores(stack: Stack): readonly Candidate[] {
    return ofRole(stack, ...STORES);
}

export function isStore(workload: WorkloadView): boolean {
    return STORES.has(workload.role ?? "");
}

function mayBe({ is }: Candidate): boolean {
    try {
        return is();
    } catch {
        return true;
    }
}
