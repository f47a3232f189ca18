import type { HardenedService } from "../../model/hardened";
import type { Service } from "../../model/service";
import type { Draft, DraftService, EdgeParts, Measure, ServiceSpec } from "../draft";
import { EDGE_NETWORK, INGRESS_NETWORK } from "./split-networks";

export const EDGE_SERVICE = "edge";

/**
 * One door, in front of everything: the edge is the only service that publishes a port. It is as confined as the rest.
 * It comes first of all measures, so that the others see it like any service.
 */
export const placeEdge: Measure = {
    name: "place-edge",
    apply: draft => draft.options.edge === undefined ? draft : withEdge(draft, draft.options.edge),
};

function withEdge(draft: Draft, edge: EdgeParts): Draft {
    const networks = [
        { key: INGRESS_NETWORK, name: `${draft.application.name}_${INGRESS_NETWORK}`, internal: false, external: false, subnets: [] },
    ];
    const published = edge.ports.map(({ published: outside, port, hostIp }) => `${outside} → ${port}/tcp on ${hostIp ?? "every address"}`);
    return {
        ...draft,
        services: [...draft.services, edgeService(edge)],
        networks: [...draft.networks, ...networks],
        secrets: [...draft.secrets, ...edge.secrets.map(({ secret }) => secret)],
        changes: [...draft.changes, ...published.map(what => ({ service: EDGE_SERVICE, measure: "place-edge", kind: "opened" as const, what: `port ${what}`, reason: "the edge is the way in" }))],
    };
}

function edgeService(edge: EdgeParts): DraftService {
    const spec: ServiceSpec = {
        ...EMPTY_SPEC,
        name: EDGE_SERVICE,
        role: "edge",
        image: { reference: edge.image },
        user: edge.user,
        networks: [{ network: INGRESS_NETWORK, aliases: [] }, { network: EDGE_NETWORK, aliases: [] }],
        publishes: edge.ports.map(({ published, port, hostIp }) => ({ port, protocol: "tcp", published: String(published), ...(hostIp !== undefined && { hostIp }) })),
        listens: edge.ports.map(({ port }) => ({ port, protocol: "tcp" })),
        dependsOn: edge.upstreams.map(service => ({ service, condition: "service_started", required: true, restart: false })),
        ...(edge.health && { health: { test: edge.health, intervalMs: 10_000, timeoutMs: 5_000, retries: 6 } }),
        secretFiles: edge.secrets.flatMap(({ secret, target }) => target === undefined ? [] : [{ secret: secret.name, target }]),
        configFiles: edge.files,
    };
    return {
        source: sourceOf(spec), declared: {}, spec,
        known: {
            role: "edge", roleReason: "the toolkit's edge", user: edge.user, capabilities: [], ports: spec.listens,
            writable: edge.writable.map(path => ({ path, kind: "tmpfs", owned: true })),
        },
    };
}

const EMPTY_SPEC: Omit<ServiceSpec, "name" | "role" | "image"> = {
    supplementaryGroups: [], environment: {}, readOnlyRoot: false, mounts: [], dropAllCapabilities: false, capabilities: [], privileged: false,
    namespaces: {}, noNewPrivileges: false, seccomp: "default", limits: {}, ulimits: {}, sysctls: {}, networks: [], publishes: [], listens: [],
    dependsOn: [], init: false, tty: false, stdinOpen: false, dns: [], dnsSearch: [], dnsOptions: [], extraHosts: [], labels: {}, secretFiles: [],
    configFiles: [], deviceRequests: [], devices: [], replicas: 1,
} satisfies Partial<HardenedService>;

/** What the measures would read of a Compose file, for a service that no Compose file has. */
function sourceOf(spec: ServiceSpec): Service {
    return {
        name: spec.name, image: spec.image.reference, groupAdd: [], environment: {}, fromEnvFile: [], mounts: [], publishes: spec.publishes, exposes: [],
        networks: spec.networks, dependsOn: spec.dependsOn, capAdd: [], capDrop: [], securityOpt: [], privileged: false, readOnly: false, devices: [],
        deviceRequests: [], limits: {}, ulimits: {}, sysctls: {}, tty: false, stdinOpen: false, dns: [], dnsSearch: [], dnsOptions: [], extraHosts: [],
        labels: {}, secrets: [], configs: [], replicas: 1, profiles: [], unsupported: [],
    };
}
