import { unfinished } from "./known";
import type { WorkloadView } from "../types";

/** The larger whole that a workload says it is part of; undefined where it says nothing. May throw. */
export function systemOf(workload: WorkloadView): string | undefined {
    const names = workload.platform === "kubernetes" ? ["portcullis.system", "app.kubernetes.io/part-of"] : ["portcullis.system", "com.docker.compose.project"];
    for (const name of names) {
        const found = labelOf(workload, name);
        if (found !== undefined && found !== "") {
            return found;
        }
    }
    return undefined;
}

/** A label of a pod, a service or a container; one that is not known hides no other. May throw. */
export function labelOf(workload: WorkloadView, name: string): string | undefined {
    if (workload.platform === "kubernetes") {
        return workload.source.get("metadata", "labels", name).text;
    }
    let doubt: Error | undefined;
    for (const label of workload.containers.flatMap(({ labels }) => labels)) {
        try {
            if (label.name === name) {
                return label.value;
            }
        } catch (error) {
            doubt ??= unfinished(error);
        }
    }
    if (doubt !== undefined) {
        throw doubt;
    }
    return undefined;
}
