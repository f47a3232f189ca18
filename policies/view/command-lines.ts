import { wordsOf } from "./docker";
import { along, maybe } from "./way";
import type { ContainerView, Entry } from "./types";
import type { Value } from "./value";

/** Every command that a container is told to run: its own, and those of a pod's probes and hooks. */
export function commandLines(container: ContainerView): readonly (readonly Entry[])[] {
    return container.workload.platform === "kubernetes"
        ? [container.arguments, ...handlers(container.source).map(handler => wordsOf(along(handler, "exec", "command")))] : [container.arguments];
}

/** Headers that a pod's probes and hooks send. */
export function probeHeaders(container: ContainerView): readonly Entry[] {
    return container.workload.platform !== "kubernetes" ? [] : handlers(container.source).flatMap(handler => along(handler, "httpGet", "httpHeaders").items).map(header => ({
        get name() { return header.get("name").text ?? ""; },
        get value() { return header.get("value").text; },
        get secret() { return header.secret || header.known && header.get("value").secret; },
        path: header.path,
    }));
}

function handlers(container: Value): readonly Value[] {
    const ways = [["livenessProbe"], ["readinessProbe"], ["startupProbe"], ["lifecycle", "postStart"], ["lifecycle", "preStop"]];
    return ways.map(way => along(container, ...way)).filter(maybe);
}
