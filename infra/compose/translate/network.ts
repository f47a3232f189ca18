import type { ContainerPort, NetworkAttachment, PublishedPort } from "../../model/service";
import type { DataObject } from "../typed/kind";
import { numberAt, objectAt, objectsAt, present, textAt, textsAt } from "./read";

export function toPublishes(data: DataObject): PublishedPort[] {
    return objectsAt(data, "ports").map(port => present({
        port: numberAt(port, "target") ?? 0,
        protocol: protocolOf(textAt(port, "protocol")),
        hostIp: textAt(port, "host_ip"),
        published: textAt(port, "published"),
        mode: textAt(port, "mode"),
    }));
}

/** The ports of `expose`, ranges written out: `"9200"`, `"8000-8002/udp"`. */
export function toExposes(data: DataObject): ContainerPort[] {
    return textsAt(data, "expose").flatMap(written => {
        const [range = "", protocol] = written.split("/");
        const [first, last] = range.split("-").map(Number);
        const count = Math.min((last ?? first ?? 0) - (first ?? 0), 65535);
        return !Number.isInteger(first) || !(count >= 0) ? []
            : Array.from({ length: count + 1 }, (_, at) => ({ port: (first as number) + at, protocol: protocolOf(protocol) }));
    });
}

function protocolOf(written: string | undefined): ContainerPort["protocol"] {
    const name = written?.toLowerCase();
    return name === "udp" || name === "sctp" ? name : "tcp";
}

export function toAttachments(data: DataObject): NetworkAttachment[] {
    return Object.entries(objectAt(data, "networks")).map(([network, attachment]) => {
        const options = (attachment ?? {}) as DataObject;
        return present({
            network,
            aliases: textsAt(options, "aliases"),
            ipv4Address: textAt(options, "ipv4_address"),
            ipv6Address: textAt(options, "ipv6_address"),
        });
    });
}
