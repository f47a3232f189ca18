import { each, podContainerRule, podRule, together } from "../../rule";
import { quantityOf } from "../../view/quantity";
import { resourceOf } from "../../view/resource-requests";
import { SCALED, kinds } from "../../view/scaled";
import type { ContainerView } from "../../view/types";
import type { Fault } from "../../view/unfinished";

/** Kinds whose pods must always come back, and kinds whose pods must be able to end. */
const LASTING: ReadonlySet<string> = new Set([...SCALED, ...kinds("apps/DaemonSet", "extensions/DaemonSet", "extensions/ReplicaSet")]);
const ENDING: ReadonlySet<string> = new Set(kinds("batch/Job", "batch/CronJob"));

/** A controller takes one kind of restart policy only; with another the API server refuses the object. */
export const restartPolicyUnfit = podRule({
    id: "restart-policy-unfit",
    severity: "low",
    title: "A pod's restart policy is one that its controller takes",
    fix: "leave it out for what lasts; set OnFailure or Never for jobs",
    benchmarks: ["Kubernetes: Pod Lifecycle, restart policy"],
    controls: ["SC-41"],
    property: "restart",

    check(workload) {
        const policy = workload.source.get("spec", "restartPolicy").text;
        if (LASTING.has(workload.type)) {
            return (policy ?? "Always") === "Always" ? undefined : `has a restart policy that its controller does not take (restartPolicy: ${policy ?? ""})`;
        }
        return ENDING.has(workload.type) && policy !== "OnFailure" && policy !== "Never"
            ? `has a restart policy that a job does not take (restartPolicy: ${policy ?? "not set"})` : undefined;
    },
});

/** An accelerator that the scheduler does not know of is shared with whoever else was given it. */
export const acceleratorOutsideLimits = podContainerRule({
    id: "accelerator-outside-limits",
    severity: "low",
    title: "Accelerators are taken by limits only",
    fix: "set the accelerator under resources.limits (a request must be the same), and leave NVIDIA_VISIBLE_DEVICES to the runtime",
    benchmarks: ["Kubernetes: Schedule GPUs"],
    controls: ["SC-41"],
    parameters: { most: { type: "integer", default: 0, description: "how many accelerators of a kind a container may have; 0 for any number" } },

    check(container, settings) {
        const most = Number(settings["most"]);
        return together(() => unscheduled(container), () => unequal(container), () => tooMany(container, most));
    },
});

const ACCELERATOR = /^(?:[a-z0-9-]+\.)+[a-z]+\/(?:.*gpu|.*mig-.*|tpu|gaudi|neuron.*)/;

function accelerators(container: ContainerView, what: "limits" | "requests"): readonly (readonly [string, ReturnType<typeof resourceOf>])[] {
    return container.source.get("resources", what).entries.filter(([name]) => ACCELERATOR.test(name));
}

function hasAccelerator(container: ContainerView): boolean {
    return accelerators(container, "limits").some(([, value]) => (quantityOf(value) ?? 0) > 0);
}

function unscheduled(container: ContainerView): readonly Fault[] {
    return each(container.environment, ({ name, value }) =>
        name === "NVIDIA_VISIBLE_DEVICES" && !["", "none", "void"].includes(value ?? "") && !hasAccelerator(container)
            ? `takes accelerators past the scheduler (NVIDIA_VISIBLE_DEVICES: ${value ?? ""})` : undefined);
}

function unequal(container: ContainerView): readonly Fault[] {
    return each(accelerators(container, "requests").map(([name, value]) => ({ path: value.path, name, value })), ({ name, value }) => {
        const limit = resourceOf(container, "limits", name);
        return quantityOf(value) === quantityOf(limit) ? undefined
            : `asks for ${name} other than by its limit (request: ${value.text ?? ""}, limit: ${limit.text ?? "not set"})`;
    });
}

function tooMany(container: ContainerView, most: number): readonly Fault[] {
    return most <= 0 ? [] : each(accelerators(container, "limits").map(([name, value]) => ({ path: value.path, name, value })), ({ name, value }) =>
        (quantityOf(value) ?? 0) > most ? `has more of ${name} than was agreed (limit: ${value.text ?? ""}, agreed: ${most})` : undefined);
}
