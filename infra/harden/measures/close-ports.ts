import type { PublishedPort } from "../../model/service";
import { type DraftService, perService } from "../draft";

/**
 * A published port is reachable from wherever the host is, past any host firewall (the engine writes its own rules).
 * Only the edge keeps one; with local exposure ports stay, but on the loopback address.
 */
export const closePorts = perService("close-ports", (service, draft) => {
    const { spec, source, declared } = service;
    if (spec.role === "edge") {
        return {};
    }
    const local = draft.declaration.exposure === "local";
    const kept = source.publishes.filter(port => declaredPort(service, port) !== undefined);
    const loopback = local ? source.publishes.filter(port => !kept.includes(port)).map(port => ({ ...port, hostIp: "127.0.0.1" })) : [];
    return {
        spec: { publishes: [...kept.map(port => addressed(service, port)), ...loopback] },
        closed: spec.publishes.filter(port => !kept.includes(port) && !(local && port.hostIp === "127.0.0.1"))
            .map(port => `${describe(port)}${local ? ", now on 127.0.0.1 only" : ""}`),
        opened: [
            ...kept.map(port => ({ what: describe(addressed(service, port)), reason: declaredPort(service, port)?.reason ?? "" })),
            ...loopback.map(port => ({ what: describe(port), reason: "the exposure is local" })),
        ],
        problems: (declared.publish ?? []).filter(wanted => !source.publishes.some(port => port.port === wanted.port)).map(wanted => ({
            subject: `services.${source.name}.publish`, fault: "names a port that the Compose file does not publish", got: String(wanted.port), remedy: "take it out",
        })),
    };
});

function declaredPort({ declared }: DraftService, port: PublishedPort) {
    return declared.publish?.find(wanted => wanted.port === port.port && (wanted.protocol ?? "tcp") === port.protocol);
}

function addressed(service: DraftService, port: PublishedPort): PublishedPort {
    const address = declaredPort(service, port)?.address;
    return address === undefined ? port : { ...port, hostIp: address };
}

function describe(port: PublishedPort): string {
    const address = port.hostIp === undefined || port.hostIp === "0.0.0.0" ? "every address" : port.hostIp;
    return `port ${port.published ?? "any"} → ${port.port}/${port.protocol} on ${address}`;
}
