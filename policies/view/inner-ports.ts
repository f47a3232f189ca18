import type { ContainerView, Item } from "./types";
import type { Value } from "./value";

/** The ports that a container is said to listen on, published or not. */
export function innerPorts({ source, workload }: ContainerView): readonly Item[] {
    switch (workload.platform) {
        case "kubernetes":
            return source.get("ports").items.map(port => item(port, () => port.get("containerPort").text));
        case "compose":
            return [
                ...source.get("ports").items.map(port => item(port, () => port.isMapping ? port.get("target").text : inner(port.text))),
                ...source.get("expose").items.map(port => item(port, () => inner(port.text))),
            ];
        case "docker":
            return source.get("ports").items.map(port => item(port, () => port.get("internal").text));
        case "swarm":
            return source.get("endpointSpec", "ports").items.map(port => item(port, () => port.get("targetPort").text));
        default:
            return [];
    }
}

function item(value: Value, read: () => string | undefined): Item {
    return { get text() { return read() ?? ""; }, path: value.path };
}

/** `[[address:]published:]target[/protocol]`. */
function inner(port: string | undefined): string | undefined {
    return port?.split("/", 1)[0]?.split(":").at(-1);
}
