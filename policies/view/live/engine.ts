import { networkPiece, servicePiece, volumePiece } from "../compose";
import { NOTHING } from "../types";
import { Value } from "../value";
import { OWN_NETWORKS, containerInComposeWords, nameOf } from "./container";
import { at, below, said, textAt } from "./sent";
import { serviceInComposeWords } from "./service";
import type { ExposureView, Origin, Piece, Subject } from "../types";
import type { EngineFacts, Sent } from "./facts";

/** What an engine and all that it has show to rules. Containers are told in Compose's words, the engine in its own. */
export function enginePieces(origin: Origin, facts: EngineFacts): Piece[] {
    const { containers = [], networks = [], volumes = [], services = [] } = facts;
    return [
        engine(origin, facts),
        // What a Swarm runs is judged at the service that it is of.
        ...containers.filter(container => textAt(container, "Config", "Labels", "com.docker.swarm.task.id") === "").map(container => containerPiece(origin, container, facts)),
        ...services.map(service => servicePiece(origin, textAt(service, "Spec", "Name"), new Value(serviceInComposeWords(service, facts), []), "Swarm service")),
        ...networks.filter(network => !isOwn(network)).map(network => networkPiece(origin, textAt(network, "Name"), new Value(networkInComposeWords(network), []))),
        ...volumes.map(volume => volumePiece(origin, textAt(volume, "Name"), new Value(said({ driver: volume["Driver"], driver_opts: volume["Options"] }), []))),
    ];
}

/** Networks that the engine and its Swarm make by themselves. */
function isOwn(network: Sent): boolean {
    return OWN_NETWORKS.has(textAt(network, "Name")) || textAt(network, "Name") === "docker_gwbridge" || network["Ingress"] === true;
}

function networkInComposeWords(network: Sent): Sent {
    return said({
        driver: network["Driver"], internal: network["Internal"], attachable: network["Attachable"], enable_ipv6: network["EnableIPv6"] === true || undefined,
        driver_opts: network["Options"], labels: network["Labels"],
    });
}

function containerPiece(origin: Origin, container: Sent, facts: EngineFacts): Piece {
    const piece = servicePiece(origin, nameOf(container), new Value(containerInComposeWords(container, facts), []), "container");
    const { workloads: [workload] } = piece;
    if (workload === undefined || at(container, "HostConfig", "PublishAllPorts") !== true) {
        return piece;
    }
    const { label, path, place, role, subject } = workload;
    const all: ExposureView = { origin, subject, label, path, place, role, how: "all ports", port: undefined, address: undefined };
    return { ...piece, exposures: [...piece.exposures, all] };
}

/** A view of the engine for each part of it that could be read: a rule about another part is not asked. */
function engine(origin: Origin, facts: EngineFacts): Piece {
    const name = textAt(facts.info, "Name");
    const subject: Subject = { kind: "engine", name, namespace: "", container: "" };
    const value = new Value(facts, []);
    const parts = ["info", ...(["config", "files", "host", "swarm", "networks"] as const).filter(part => facts[part] !== undefined && (part !== "swarm" || textAt(below(facts.info, "Swarm"), "LocalNodeState") === "active"))];
    return {
        ...NOTHING, origin, subject,
        objects: parts.map(part => ({
            origin, subject, value,
            platform: "engine", type: `engine:${part}`,
            label: `engine "${name}"`,
            path: [part],
            place: property => [part, property],
        })),
    };
}
