import type { RouteDeclaration } from "../model/edge-declaration";
import type { Role } from "../model/hardened";

/** What the edge must know of a service. */
export interface EdgeService {
    readonly name: string;
    readonly role: Role;
    /** TCP ports of the container that its authors published, with the port of the host where they fixed one. */
    readonly published: readonly { readonly port: number; readonly hostPort?: number }[];
    /** TCP ports that it is known to listen on. */
    readonly listens: readonly number[];
}

/** Ports of a user interface, the likeliest first. */
const FRONT_PORTS: readonly number[] = [80, 8080, 3000, 8000, 5000, 8888, 443, 8443];
const TLS_PORTS: readonly number[] = [443, 8443];

export type Inferred =
    | { readonly kind: "route"; readonly route: RouteDeclaration }
    /** No service published anything: there is nothing to put an edge in front of. */
    | { readonly kind: "nothing" }
    | { readonly kind: "ambiguous"; readonly choices: readonly { readonly service: string; readonly port: number }[] };

/**
 * The route `/` of an application that declares none: to the service that was published on the host's port 80 or 443,
 * and without such a one to the only application service that published a port.
 */
export function inferRoute(services: readonly EdgeService[]): Inferred {
    const published = services.filter(({ role, published }) => (role === "application" || role === "edge") && published.length > 0);
    const fronts = published.filter(service => service.published.some(({ hostPort }) => hostPort === 80 || hostPort === 443));
    const candidates = fronts.length > 0 ? fronts : published;
    const [first] = candidates;
    if (first === undefined) {
        return { kind: "nothing" };
    }
    if (candidates.length > 1) {
        return { kind: "ambiguous", choices: candidates.map(service => ({ service: service.name, port: frontPort(service) })) };
    }
    const port = frontPort(first);
    const scheme = TLS_PORTS.includes(port) ? "https" : "http";
    return { kind: "route", route: { path: "/", service: first.name, port, scheme, stream: true, websocket: true } };
}

function frontPort(service: EdgeService): number {
    const ports = service.published.map(({ port }) => port);
    return FRONT_PORTS.find(port => ports.includes(port)) ?? Math.min(...ports);
}
