import type { RouteDeclaration } from "../model/edge-declaration";
import type { Role } from "../model/hardened";

/** What the edge must know of a service. */
export interface EdgeService {
    readonly name: string;
    readonly role: Role;
    /** TCP ports of the container that its authors published, with the port and the address of the host where they fixed one. */
    readonly published: readonly { readonly port: number; readonly hostPort?: number; readonly hostIp?: string }[];
    /** TCP ports that it is known to listen on. */
    readonly listens: readonly number[];
}

/** Ports of a user interface, the likeliest first. */
const FRONT_PORTS: readonly number[] = [80, 8080, 3000, 8000, 5000, 5601, 8888, 443, 8443];
const TLS_PORTS: readonly number[] = [443, 8443];

export type Inferred =
    | { readonly kind: "route"; readonly route: RouteDeclaration }
    /** No service published anything: there is nothing to put an edge in front of. */
    | { readonly kind: "nothing" }
    | { readonly kind: "ambiguous"; readonly choices: readonly { readonly service: string; readonly port: number }[] };

/** What people call the service that users see: a part of its name. */
const FRONT_NAME = /(^|[-_.])(web|webui|ui|frontend|front|front-end|www|site|portal|nginx|proxy)([-_.]|$)/;

/** Evidence that a published service is the way in, the strongest first: those for which it holds go before all others. */
const EVIDENCE: readonly ((service: EdgeService) => boolean)[] = [
    ({ published }) => published.some(({ hostPort }) => hostPort === 80 || hostPort === 443),
    ({ published }) => published.some(({ hostIp }) => !isLoopback(hostIp)),
    ({ name }) => FRONT_NAME.test(name.toLowerCase()),
];

/**
 * The route `/` of an application that declares none: to the only application service that was published, and of several
 * to the one that was on the host's port 80 or 443, on other than its loopback address, or has a name that says so. What
 * is chosen was published by its authors, so that a route opens nothing that they had closed.
 */
export function inferRoute(services: readonly EdgeService[]): Inferred {
    const published = services.filter(({ role, published }) => (role === "application" || role === "edge") && published.length > 0);
    if (published.length === 0) {
        return { kind: "nothing" };
    }
    const candidates = EVIDENCE.reduce<readonly EdgeService[]>((left, holds) => left.some(holds) ? left.filter(holds) : left, published);
    const choices = candidates.map(service => ({ service: service.name, port: frontPort(service) })).sort((a, b) => rank(a.port) - rank(b.port));
    const [first] = choices;
    if (first === undefined || choices.length > 1) {
        return { kind: "ambiguous", choices };
    }
    const scheme = TLS_PORTS.includes(first.port) ? "https" : "http";
    return { kind: "route", route: { path: "/", ...first, scheme, stream: true, websocket: true } };
}

function isLoopback(address: string | undefined): boolean {
    return address !== undefined && (address.startsWith("127.") || address === "::1" || address === "localhost");
}

function rank(port: number): number {
    const at = FRONT_PORTS.indexOf(port);
    return at < 0 ? FRONT_PORTS.length : at;
}

function frontPort(service: EdgeService): number {
    const ports = service.published.map(({ port }) => port);
    return FRONT_PORTS.find(port => ports.includes(port)) ?? Math.min(...ports);
}
