import { across, stackRule } from "../../rule";
import { SYSTEM_NAMESPACES, namespaceOf } from "../../view/namespaces";
import { objectsOf } from "../../view/stack";
import { anyHolds } from "../../view/three-valued";
import type { Rule } from "../../rule";

function missingBeside(kind: "LimitRange" | "ResourceQuota", text: Pick<Rule, "id" | "title" | "fix" | "benchmarks">, message: string): Rule {
    return stackRule({
        ...text,
        severity: "low",
        optional: true,
        controls: ["SC-41"],

        check(stack) {
            const kept = objectsOf(stack, `/${kind}`);
            return across(objectsOf(stack, "/Namespace"), "metadata", namespace => {
                const name = namespace.value.get("metadata", "name").text ?? namespace.subject.name;
                const found = SYSTEM_NAMESPACES.has(name) || anyHolds(kept.map(object => () => namespaceOf(object) === name));
                return found ? undefined : message;
            });
        },
    });
}

/** A limit range gives a share to every container that forgot to ask for one. */
export const namespaceWithoutLimitRange = missingBeside("LimitRange", {
    id: "namespace-without-limit-range",
    title: "Every namespace that is made here has default limits",
    fix: "add a LimitRange with defaults for the namespace",
    benchmarks: ["NSA/CISA: Resource policies", "Kubernetes: Limit Ranges"],
}, "has no default limits for its containers (LimitRange: none)");

/** A quota bounds what one tenant of a cluster can take from the others. */
export const namespaceWithoutQuota = missingBeside("ResourceQuota", {
    id: "namespace-without-quota",
    title: "Every namespace that is made here has a quota",
    fix: "add a ResourceQuota for the namespace",
    benchmarks: ["NSA/CISA: Resource policies", "Kubernetes: Resource Quotas"],
}, "may take all of the cluster (ResourceQuota: none)");
