import { across, objectRule, stackRule } from "../../rule";
import { BUDGET, DEPLOYED, isOwned, kinds } from "../../view/scaled";
import { isProtected, leastReplicas, protectedBy } from "../../view/scaled-index";
import { objectsOf } from "../../view/stack";
import type { Stack } from "../../view/stack";
import type { ObjectView } from "../../view/types";

const BUDGETS = "Kubernetes: Specifying a Disruption Budget for your Application";

/** Draining nodes evicts every replica at once unless a budget says how many must stay. */
export const noDisruptionBudget = stackRule({
    id: "no-disruption-budget",
    severity: "low",
    optional: true,
    title: "What serves has a disruption budget",
    fix: "add a PodDisruptionBudget that selects its pods, and run more replicas than it keeps",
    benchmarks: [BUDGETS],
    controls: [],

    check(stack) {
        return across(objectsOf(stack, ...DEPLOYED, ...kinds("apps/StatefulSet")), "spec", object =>
            isOwned(object) || object.value.get("spec", "replicas").number === 0 || isProtected(stack, object)
                ? undefined : "may lose all of its pods when nodes are drained (PodDisruptionBudget: none)");
    },
});

/** A budget that allows no eviction stops every update of the nodes below it, security fixes among them. */
export const disruptionBudgetBlocksDrains = stackRule({
    id: "disruption-budget-blocks-drains",
    severity: "low",
    title: "Every disruption budget lets at least one pod be evicted",
    fix: "let maxUnavailable be 1 or more, or minAvailable less than the replicas",
    benchmarks: [BUDGETS],
    controls: [],

    check: stack => across(objectsOf(stack, BUDGET, "/PodDisruptionBudget"), "spec", budget => blocked(stack, budget)),
});

function blocked(stack: Stack, budget: ObjectView): string | undefined {
    const most = budget.value.get("spec", "maxUnavailable").text;
    if (most !== undefined && Number.parseFloat(most) === 0) {
        return `lets no pod be evicted (maxUnavailable: ${most})`;
    }
    const least = budget.value.get("spec", "minAvailable").text;
    if (least === undefined) {
        return undefined;
    }
    const percent = least.endsWith("%");
    const kept = Number.parseFloat(least);
    if (percent && kept >= 100) {
        return `lets no pod be evicted (minAvailable: ${least})`;
    }
    const total = protectedBy(stack, budget).reduce((sum, object) => sum + leastReplicas(stack, object), 0);
    const needed = percent ? Math.ceil(kept * total / 100) : kept;
    // Of what an autoscaler scales its floor counts: at night that is all there is.
    return total === 0 || needed < total ? undefined : `lets no pod be evicted (minAvailable: ${least}, replicas: ${total})`;
}

/** By default a budget also keeps pods that never became ready: a broken release then blocks the drain that would end it. */
export const disruptionBudgetKeepsBrokenPods = objectRule({
    id: "disruption-budget-keeps-broken-pods",
    severity: "low",
    optional: true,
    title: "Every disruption budget says what becomes of pods that are not ready",
    fix: "set unhealthyPodEvictionPolicy: AlwaysAllow",
    benchmarks: [BUDGETS],
    controls: [],
    types: [BUDGET],

    check(budget) {
        const policy = budget.value.get("spec", "unhealthyPodEvictionPolicy");
        return policy.present ? undefined : { message: "does not say whether broken pods may be evicted (unhealthyPodEvictionPolicy: not set)", at: policy.path };
    },
});
