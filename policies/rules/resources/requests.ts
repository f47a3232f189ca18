import { each, podContainerRule } from "../../rule";
import { quantityOf } from "../../view/quantity";
import { requested, resourceOf } from "../../view/resource-requests";
import type { Rule } from "../../rule";
import type { ContainerView } from "../../view/types";
import type { Path } from "../../view/unfinished";

const REQUESTS = "Kubernetes: Resource management for pods and containers";

function missingRequest(resource: "cpu" | "memory", noun: string): Rule {
    return podContainerRule({
        id: `no-${resource}-request`,
        severity: "low",
        title: `Every container asks for the ${noun} that it needs`,
        fix: `set resources.requests.${resource}, of the container or of its pod`,
        benchmarks: [REQUESTS],
        controls: ["SC-41"],

        check(container) {
            // What is attached for debugging has no share of its own.
            if (container.slot === "ephemeral" || requested(container, resource)) {
                return undefined;
            }
            return { message: `asks for no ${noun} (request: not set)`, at: [...container.path, "resources"] };
        },
    });
}

/** What asks for nothing is put on a node without a look at what is free there, and is the first to be evicted. */
export const noCpuRequest = missingRequest("cpu", "processor time");

/** As `no-cpu-request`, and memory cannot be shared in time: too many such pods end with the kernel killing one. */
export const noMemoryRequest = missingRequest("memory", "memory");

/** Some houses let containers use idle processors: a limit makes them wait though nobody else wants the time. */
export const cpuLimitSet = podContainerRule({
    id: "cpu-limit-set",
    severity: "low",
    optional: true,
    title: "No container is held back by a processor limit",
    fix: "take resources.limits.cpu out and let requests share the processors; not together with no-cpu-limit",
    benchmarks: [REQUESTS],
    controls: [],
    property: "cpuLimited",

    check(container) {
        const limit = resourceOf(container, "limits", "cpu");
        return limit.present ? `is held back by a processor limit (${limit.text ?? ""})` : undefined;
    },
});

const RESOURCES = ["cpu", "memory", "ephemeral-storage"] as const;

/** Only a pod whose requests are its limits is guaranteed what it asks for: it is the last to be evicted. */
export const requestsDifferFromLimits = podContainerRule({
    id: "requests-differ-from-limits",
    severity: "low",
    optional: true,
    title: "Every container asks for exactly what it may use",
    fix: "set each request to its limit",
    benchmarks: ["Kubernetes: Pod Quality of Service Classes"],
    controls: [],

    check(container) {
        return container.slot === "ephemeral" ? undefined : each(RESOURCES.map(resource => itemOf(container, resource)), item => difference(container, item.resource));
    },
});

function itemOf(container: ContainerView, resource: string): { readonly path: Path; readonly resource: string } {
    return { path: [...container.path, "resources"], resource };
}

function difference(container: ContainerView, resource: string): string | undefined {
    const request = resourceOf(container, "requests", resource);
    const limit = resourceOf(container, "limits", resource);
    // A limit without a request is its own request; scratch space has no part in the guarantee unless it is asked for.
    if (!request.present && (limit.present || resource === "ephemeral-storage") || quantityOf(request) === quantityOf(limit) && limit.present) {
        return undefined;
    }
    return `asks for other than it may use of ${resource} (request: ${request.text ?? "not set"}, limit: ${limit.text ?? "not set"})`;
}

/** A limit far above the request promises the same processor or byte to many: when all want it, the node is short. */
export const limitFarAboveRequest = podContainerRule({
    id: "limit-far-above-request",
    severity: "low",
    title: "No limit exceeds its request by more than was agreed",
    fix: "raise the request or lower the limit",
    benchmarks: [REQUESTS],
    controls: ["SC-41"],
    parameters: {
        cpu: { type: "integer", default: 0, description: "how many times its request a processor limit may be; 0 for any number" },
        memory: { type: "integer", default: 0, description: "how many times its request a memory limit may be; 0 for any number" },
    },

    check(container, settings) {
        return each((["cpu", "memory"] as const).map(resource => itemOf(container, resource)), item => excess(container, item.resource, Number(settings[item.resource])));
    },
});

function excess(container: ContainerView, resource: string, factor: number): string | undefined {
    if (factor <= 0) {
        return undefined;
    }
    const request = resourceOf(container, "requests", resource);
    const limit = resourceOf(container, "limits", resource);
    const most = quantityOf(limit);
    // Without a request the limit is the request; without a limit another rule speaks.
    if (!request.present || most === undefined || most <= factor * (quantityOf(request) ?? 0)) {
        return undefined;
    }
    return `may use more than ${factor} times what it asks for of ${resource} (request: ${request.text ?? ""}, limit: ${limit.text ?? ""})`;
}
