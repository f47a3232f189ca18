import { across, stackRule } from "../../rule";
import { clusterOf } from "../../view/net/cluster";
import { any, unfinished } from "../../view/net/known";
import { reachOf } from "../../view/net/reach";
import { secretsHeld } from "../../view/net/secrets-held";
import { labelOf } from "../../view/net/systems";
import { isStore } from "./roles";
import type { Stack } from "../../view/stack";
import type { Seen, WorkloadView } from "../../view/types";
import type { HeldSecret } from "../../view/net/secrets-held";

interface Holding extends Seen {
    readonly workload: WorkloadView;
    readonly secret: HeldSecret;
}

/** Every holder of a secret is one more place to steal it from; so nobody holds one that it cannot make use of. */
export const secretBeyondNeed = stackRule({
    id: "secret-beyond-need",
    severity: "medium",
    title: "Every secret is mounted only where it is used",
    fix: "take the secret from this workload, or say that it needs it: `portcullis.secrets`, a label of a container or an annotation of a pod",
    benchmarks: ["NIST SP 800-190 4.1.4"],
    controls: ["SC-33"],

    check(stack) {
        const given = holdings(stack);
        const holders = holdersOf(stack, given);
        return across(given, "secrets", ({ workload, secret }) => {
            const { name } = secret;
            const declared = declaredNeed(workload);
            if (declared !== undefined) {
                return declared.includes(name) ? undefined : `holds the secret "${name}", which its portcullis.secrets does not name`;
            }
            const others = [...holders.get(keyOf(stack, workload, name)) ?? []].filter(other => other !== workload);
            return others.length === 0 || isStore(workload) || isOfUse(stack, workload, others) ? undefined
                : `holds the secret "${name}" with ${others.slice(0, 3).map(other => other.subject.name).join(", ")}, and no way leads to where it would be of use`;
        });
    },
});

/** What a workload says that it needs: a list with commas, in Kubernetes of an annotation, since a label holds no comma. */
function declaredNeed(workload: WorkloadView): readonly string[] | undefined {
    const text = workload.platform === "kubernetes" ? workload.source.get("metadata", "annotations", "portcullis.secrets").text : labelOf(workload, "portcullis.secrets");
    return text?.split(",").map(each => each.trim());
}

/**
 * Whether a secret that others hold too can be of use to this one. Where a store holds it, it is for talking to that store; else
 * for talking to another holder, or both talk to somebody outside.
 */
function isOfUse(stack: Stack, workload: WorkloadView, others: readonly WorkloadView[]): boolean {
    const reach = reachOf(stack);
    const keepers = others.filter(isStore);
    if (keepers.length > 0) {
        return any(keepers, keeper => reach.between(workload, keeper) !== undefined);
    }
    return any<() => boolean>([
        () => reach.toOutside(workload) !== undefined,
        () => any(others, other => reach.between(workload, other) !== undefined || reach.between(other, workload) !== undefined),
    ], holds => holds());
}

function holdings(stack: Stack): readonly Holding[] {
    return stack.workloads.flatMap(workload => held(workload).map((secret): Holding => {
        const { origin, subject, label, path } = workload;
        return { origin, subject, label, path, place: () => [...secret.path], workload, secret };
    }));
}

/** A workload that cannot be taken apart is reported by the rules about its parts. */
function held(workload: WorkloadView): readonly HeldSecret[] {
    try {
        return secretsHeld(workload);
    } catch (error) {
        unfinished(error);
        return [];
    }
}

/** Holders by secret; those of a secret whose name is not known are nobody's yet. */
function holdersOf(stack: Stack, given: readonly Holding[]): ReadonlyMap<string, ReadonlySet<WorkloadView>> {
    const holders = new Map<string, Set<WorkloadView>>();
    for (const { workload, secret } of given) {
        try {
            const key = keyOf(stack, workload, secret.name);
            holders.set(key, (holders.get(key) ?? new Set()).add(workload));
        } catch (error) {
            unfinished(error);
        }
    }
    return holders;
}

function keyOf(stack: Stack, workload: WorkloadView, name: string): string {
    return JSON.stringify([workload.platform, clusterOf(stack).podOf(workload)?.namespace() ?? "", workload.platform === "compose" ? workload.origin.path : "", name]);
}
