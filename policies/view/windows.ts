import { Unknown } from "./unfinished";
import type { Value } from "./value";

/**
 * Whether a pod can only run on Windows: it says so, or asks for such a node. The kubelet checks a selector again before
 * it starts a pod, so it holds even where `nodeName` passes the scheduler by.
 * @param spec the pod's; the label was called `beta.kubernetes.io/os` before Kubernetes 1.14
 */
export function isWindows(spec: Value): boolean {
    const named = spec.get("os", "name").text;
    if (named !== undefined) {
        return named === "windows";
    }
    const selector = spec.get("nodeSelector");
    return [selector.get("kubernetes.io/os"), selector.get("beta.kubernetes.io/os")].some(({ text }) => text === "windows");
}

/** As `isWindows`; false where nobody knows yet. */
export function isKnownWindows(spec: Value): boolean {
    try {
        return isWindows(spec);
    } catch (error) {
        if (error instanceof Unknown) {
            return false;
        }
        throw error;
    }
}
