import { once } from "./known";
import { namespaceOf } from "./network-policy";
import { objectsOf } from "../stack";
import type { Stack } from "../stack";
import type { ObjectView } from "../types";
import type { Value } from "../value";

export const INGRESS_TYPES = ["networking.k8s.io/Ingress", "extensions/Ingress"] as const;
export const GATEWAY_TYPES = ["gateway.networking.k8s.io/Gateway"] as const;
export const GATEWAY_ROUTE_TYPES = ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"].map(kind => `gateway.networking.k8s.io/${kind}`);
export const TRAEFIK_ROUTE_TYPES = ["traefik.io", "traefik.containo.us"].flatMap(group => ["IngressRoute", "IngressRouteTCP", "IngressRouteUDP"].map(kind => `${group}/${kind}`));

/** A line of a routing table: what is asked for, and who answers. */
export interface RouteLine {
    readonly view: ObjectView;
    readonly value: Value;
    /** Empty for every host. */
    readonly hosts: () => readonly string[];
    readonly path: () => string | undefined;
    /** How the path is compared. */
    readonly pathType: () => string;
    readonly backends: () => readonly Backend[];
}

/** A Service that a route leads to. */
export interface Backend {
    readonly value: Value;
    readonly name: () => string;
    readonly namespace: () => string;
    readonly port: () => string | undefined;
}

const LINES = new WeakMap<Stack, readonly RouteLine[]>();

/** Lines of every Ingress, route of a Gateway and IngressRoute of a stack, made once. */
export function routeLines(stack: Stack): readonly RouteLine[] {
    const lines = LINES.get(stack) ?? [
        ...objectsOf(stack, ...INGRESS_TYPES).flatMap(ingressLines),
        ...objectsOf(stack, ...GATEWAY_ROUTE_TYPES).flatMap(gatewayLines),
        ...objectsOf(stack, ...TRAEFIK_ROUTE_TYPES).flatMap(traefikLines),
    ];
    LINES.set(stack, lines);
    return lines;
}

export function ingressLines(view: ObjectView): RouteLine[] {
    const spec = view.value.get("spec");
    if (!spec.known) {
        return [unreadable(view, spec)];
    }
    const paths = spec.get("rules").items.flatMap(rule => {
        const host = () => { const text = rule.get("host").text ?? ""; return text === "" ? [] : [text]; };
        return pathsOf(rule).map((path): RouteLine => ({
            view, value: path, hosts: host,
            path: () => path.get("path").text,
            pathType: () => path.get("pathType").text ?? "ImplementationSpecific",
            backends: once(() => ingressBackends(view, path.get("backend"))),
        }));
    });
    const fallback = ["defaultBackend", "backend"].map(key => spec.get(key)).find(value => !value.known || value.present);
    return fallback === undefined ? paths : [...paths, {
        view, value: fallback, hosts: () => [], path: () => undefined, pathType: () => "Prefix", backends: once(() => ingressBackends(view, fallback)),
    }];
}

/** Paths of a rule of an Ingress; what cannot be listed is one, which throws when it is read. */
export function pathsOf(rule: Value): readonly Value[] {
    if (!rule.known || !rule.isMapping) {
        return [rule];
    }
    const http = rule.get("http");
    return http.known ? http.get("paths").items : [http];
}

/** Before networking.k8s.io/v1 a backend had `serviceName` and `servicePort`. */
function ingressBackends(view: ObjectView, backend: Value): Backend[] {
    const service = backend.get("service");
    const old = !service.present;
    if (old && !backend.get("serviceName").present) {
        return [];
    }
    return [{
        value: backend,
        name: () => (old ? backend.get("serviceName") : service.get("name")).text ?? "",
        namespace: () => namespaceOf(view.value),
        port: () => old ? backend.get("servicePort").text : service.get("port", "name").text ?? service.get("port", "number").text,
    }];
}

function gatewayLines(view: ObjectView): RouteLine[] {
    const spec = view.value.get("spec");
    if (!spec.known) {
        return [unreadable(view, spec)];
    }
    const hosts = once(() => spec.get("hostnames").items.map(host => host.text ?? ""));
    return spec.get("rules").items.flatMap(rule => {
        const matches = rule.known && rule.isMapping && rule.get("matches").known ? rule.get("matches").items : [];
        const backends = once(() => rule.get("backendRefs").items.flatMap(ref => gatewayBackends(view, ref)));
        return (matches.length === 0 ? [rule] : matches).map((match): RouteLine => ({
            view, value: match, hosts, backends,
            path: () => match === rule ? undefined : match.get("path", "value").text,
            pathType: () => match.get("path", "type").text ?? "PathPrefix",
        }));
    });
}

function gatewayBackends(view: ObjectView, ref: Value): Backend[] {
    const other = (ref.get("group").text ?? "") !== "" || (ref.get("kind").text ?? "Service") !== "Service";
    return other ? [] : [backendOf(view, ref)];
}

function backendOf(view: ObjectView, value: Value): Backend {
    return {
        value,
        name: () => value.get("name").text ?? "",
        namespace: () => value.get("namespace").text ?? namespaceOf(view.value),
        port: () => value.get("port").text,
    };
}

function traefikLines(view: ObjectView): RouteLine[] {
    const spec = view.value.get("spec");
    if (!spec.known) {
        return [unreadable(view, spec)];
    }
    return spec.get("routes").items.map((route): RouteLine => {
        const match = once(() => traefikMatch(route.get("match").text ?? ""));
        return {
            view, value: route,
            hosts: () => match().hosts,
            path: () => match().path,
            pathType: () => match().pathType,
            backends: once(() => route.get("services").items.flatMap(service => {
                // A TraefikService leads to others, and one of Traefik's own names (`api@internal`) to none.
                const own = (service.get("kind").text ?? "Service") === "Service" && service.get("name").text?.includes("@") !== true;
                return own ? [backendOf(view, service)] : [];
            })),
        };
    });
}

/** Hosts and the path of a matcher of Traefik: `Host(`a`, `b`) && PathPrefix(`/c`)`. */
export function traefikMatch(match: string): { readonly hosts: readonly string[]; readonly path: string | undefined; readonly pathType: string } {
    const quoted = (text: string): string[] => [...text.matchAll(/[`"']([^`"']*)[`"']/g)].map(each => each[1] ?? "");
    const calls = [...match.matchAll(/(!?)\s*\b(\w+)\(([^)]*)\)/g)];
    const hosts = calls.filter(([, not, name = ""]) => not === "" && /^(?:Host|HostSNI|HostHeader)$/.test(name)).flatMap(([, , , inside = ""]) => quoted(inside));
    const patterns = calls.filter(([, not, name = ""]) => not === "" && /^Host(?:SNI)?Regexp$/.test(name)).flatMap(([, , , inside = ""]) => quoted(inside));
    const path = calls.find(([, , name = ""]) => /^Path(?:Prefix)?$/.test(name));
    return { hosts: [...hosts, ...patterns.map(pattern => `*${pattern}`)], path: path === undefined ? undefined : quoted(path[3] ?? "")[0], pathType: path?.[2] ?? "" };
}

/** Stands for lines that cannot be read yet. */
function unreadable(view: ObjectView, value: Value): RouteLine {
    return {
        view, value,
        hosts: () => value.items.map(item => item.text ?? ""),
        path: () => value.text,
        pathType: () => value.text ?? "",
        backends: () => value.items.map(item => backendOf(view, item.get("service"))),
    };
}
