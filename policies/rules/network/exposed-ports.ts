import { across, containerRule, each, exposureRule, stackRule } from "../../rule";
import { isLoopback } from "../../view/net/address";
import type { ExposureView } from "../../view/types";

/** A host has addresses for several networks: a port that names none of them is open on all. */
export const portOnAllAddresses = exposureRule({
    id: "port-on-all-addresses",
    severity: "medium",
    title: "Every published port names the address that it listens on",
    fix: "write the address before the port: `127.0.0.1:8080:80`, or the one of the network that needs it",
    benchmarks: ["CIS Docker 5.14"],
    controls: ["CTM-NET-01", "CTM-NET-02", "SC-02"],
    optional: true,

    check(exposure) {
        if (exposure.how !== "published" && exposure.how !== "all ports") {
            return undefined;
        }
        const { address } = exposure;
        const everywhere = address === undefined || /^(?:|0\.0\.0\.0|::|\[::\]|\*)$/.test(address.trim());
        return everywhere ? `publishes ${exposure.port === undefined ? "a port that the engine chooses" : `port ${exposure.port}`} without an address of the host` : undefined;
    },
});

/** Ports below 1024 are for the system's own services: only root, or who was given the right, may listen on them. */
export const privilegedPort = exposureRule({
    id: "privileged-port",
    severity: "low",
    title: "No port below 1024 is published",
    fix: "publish a port above 1023",
    benchmarks: ["CIS Docker 5.8"],
    controls: ["SC-02"],
    optional: true,

    check(exposure) {
        const { how } = exposure;
        if (how !== "published" && how !== "host port" || exposure.role === "edge") {
            return undefined;
        }
        const { port } = exposure;
        const low = portNumbers(port ?? "").some(number => number < FIRST_FREE);
        return low ? `takes port ${port ?? ""} of its host, which is below ${FIRST_FREE}` : undefined;
    },
});

/** The same inside: what listens below 1024 must be root there, or hold a right for it. */
export const privilegedContainerPort = containerRule({
    id: "privileged-container-port",
    severity: "low",
    title: "No container listens below port 1024",
    fix: "let it listen on a port above 1023, and let its Service keep the low one",
    benchmarks: ["CIS Docker 5.8"],
    controls: ["SC-02"],
    optional: true,
    platforms: ["kubernetes"],

    check(container) {
        return each(container.source.get("ports").items, port => {
            const number = port.get("containerPort").number ?? FIRST_FREE;
            return number > 0 && number < FIRST_FREE ? `listens on port ${number}, which is below ${FIRST_FREE}` : undefined;
        });
    },
});

const FIRST_FREE = 1024;

/** The ports that are published more than once: the second to come up fails, or serves what was meant for the first. */
export const duplicatePublishedPort = stackRule({
    id: "duplicate-published-port",
    severity: "low",
    title: "No two workloads publish the same port of their host",
    fix: "give one of them another port, or let the edge route to both",
    benchmarks: ["Docker: Port publishing and mapping"],
    controls: [],

    check(stack) {
        const taken = new Map<number, ExposureView[]>();
        return across(stack.exposures, "ports", (exposure): string | undefined => {
            if (exposure.how !== "published") {
                return undefined;
            }
            const { port } = exposure;
            for (const number of portNumbers(port ?? "")) {
                const others = taken.get(number) ?? [];
                const rival = others.find(other => collide(other, exposure));
                if (rival !== undefined) {
                    return `publishes port ${number}, which ${rival.subject.name} publishes too`;
                }
                taken.set(number, [...others, exposure]);
            }
            return undefined;
        });
    },
});

function collide(one: ExposureView, other: ExposureView): boolean {
    if (one.subject === other.subject || (one.protocol ?? "tcp") !== (other.protocol ?? "tcp") || !together(one.profiles ?? [], other.profiles ?? [])) {
        return false;
    }
    const [a, b] = [one.address, other.address].map(address => address === undefined || /^(?:0\.0\.0\.0|::|\[::\])$/.test(address) ? "" : isLoopback(address) && !address.includes(":") ? "127.0.0.1" : address);
    return a === b || a === "" || b === "";
}

/** Services of different profiles need not ever run together. */
function together(one: readonly string[], other: readonly string[]): boolean {
    return one.length === 0 || other.length === 0 || one.some(profile => other.includes(profile));
}

/** `80`, `8000-8005`. */
function portNumbers(text: string): readonly number[] {
    const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
    if (match === null) {
        return [];
    }
    const from = Number(match[1]);
    const to = Math.min(Number(match[2] ?? match[1]), 65535);
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
}
