import type { Value } from "./value";
import type { ContainerView } from "./types";

/** A container's three probes, each absent where it has none. */
export function probesOf({ source }: ContainerView): Readonly<Record<"livenessProbe" | "readinessProbe" | "startupProbe", Value>> {
    return { livenessProbe: source.get("livenessProbe"), readinessProbe: source.get("readinessProbe"), startupProbe: source.get("startupProbe") };
}

/** Whether a container of a pod is meant to stay up: no job's, none that only prepares, none for debugging. */
export function mayServe(container: ContainerView): boolean {
    return !container.workload.job && ["container", "sidecar"].includes(container.slot);
}

/** What the API server fills in, by the way below a probe. */
const DEFAULTS: Readonly<Record<string, string>> = {
    initialDelaySeconds: "0", timeoutSeconds: "1", periodSeconds: "10", successThreshold: "1", failureThreshold: "3",
    "httpGet.scheme": "HTTP", "httpGet.path": "/", "grpc.service": "",
};

/** Whether two probes ask for the same in the same way, defaults filled in. */
export function sameProbe(one: Value, other: Value): boolean {
    const [these, those] = [leaves(one), leaves(other)];
    return these.size === those.size && [...these].every(([way, text]) => those.get(way) === text);
}

function leaves(value: Value, way = "", found = new Map<string, string>()): Map<string, string> {
    if (value.isMapping) {
        for (const [key, child] of value.entries) {
            leaves(child, way === "" ? key : `${way}.${key}`, found);
        }
    } else if (value.isList) {
        value.items.forEach((item, at) => leaves(item, `${way}.${at}`, found));
    } else if (value.text !== undefined && value.text !== DEFAULTS[way]) {
        found.set(way, value.text);
    }
    return found;
}
