import { across, each, objectRule, stackRule, textsOf } from "../../rule";
import { isSame } from "../network/services";
import { GATEWAY_ROUTE_TYPES, GATEWAY_TYPES, INGRESS_TYPES, TRAEFIK_ROUTE_TYPES, routeLines, traefikMatch } from "../../view/net/routes";
import type { RouteLine } from "../../view/net/routes";
import type { ObjectView } from "../../view/types";
import type { Value } from "../../view/value";

const HTTP_ROUTES = [...GATEWAY_ROUTE_TYPES.filter(type => /\/(?:HTTP|GRPC|TLS)Route$/.test(type)), ...TRAEFIK_ROUTE_TYPES.filter(type => !type.endsWith("UDP"))];

/** A host that somebody serves, or would: with where it is written. */
interface Host {
    readonly name: () => string;
    readonly path: Value["path"];
}

function hostsOf({ type, value }: ObjectView): readonly Host[] {
    const spec = value.get("spec");
    const named = (item: Value): Host => ({ name: () => item.text ?? "", path: item.path });
    if (INGRESS_TYPES.some(each => each === type)) {
        return spec.get("rules").items.map(rule => ({ name: () => rule.get("host").text ?? "", path: rule.path }));
    }
    if (GATEWAY_TYPES.some(each => each === type)) {
        return spec.get("listeners").items.map(listener => ({ name: () => listener.get("hostname").text ?? "", path: listener.path }));
    }
    if (type.startsWith("gateway.networking.k8s.io/")) {
        return spec.get("hostnames").items.map(named);
    }
    return spec.get("routes").items.flatMap(route => {
        const read = () => traefikMatch(route.get("match").text ?? "").hosts;
        return [{ name: () => read().find(host => host.includes("*")) ?? read()[0] ?? "", path: route.path }];
    });
}

/** Who claims every host under a name answers for those that somebody else makes later, and for any that an attacker makes up. */
export const wildcardHost = objectRule({
    id: "wildcard-host",
    severity: "medium",
    title: "Nothing from outside is routed by a host with a wildcard",
    fix: "name each host",
    benchmarks: ["Kubernetes: Ingress, hostname wildcards"],
    controls: [],
    types: [...INGRESS_TYPES, ...GATEWAY_TYPES, ...HTTP_ROUTES],

    check(view) {
        return each(hostsOf(view), host => {
            const name = host.name();
            return name.includes("*") ? `claims every host like ${name.startsWith("*.") || !name.startsWith("*") ? name : name.slice(1)}` : undefined;
        });
    },
});

/** Without a host it answers for every one: also for those of others, and for a bare address. */
export const ingressWithoutHost = objectRule({
    id: "ingress-without-host",
    severity: "medium",
    title: "Everything that is routed from outside names its host",
    fix: "set `host` in each rule",
    benchmarks: ["Kubernetes: Ingress rules"],
    controls: [],
    types: [...INGRESS_TYPES, ...TRAEFIK_ROUTE_TYPES.filter(type => type.endsWith("/IngressRoute"))],

    check(view) {
        return each(hostsOf(view), host => host.name() === "" ? "has a rule without a host, which is for every host" : undefined);
    },
});

/** What nobody asked for goes to a default backend: it sees every stray request, and often was made for something else. */
export const ingressDefaultBackend = objectRule({
    id: "ingress-default-backend",
    severity: "medium",
    title: "No Ingress has a backend for whatever no rule is for",
    fix: "take the default backend out and write rules with hosts and paths",
    benchmarks: ["Kubernetes: Ingress, default backend"],
    controls: [],
    types: INGRESS_TYPES,

    check({ value }) {
        const found = ["defaultBackend", "backend"].map(key => value.get("spec", key)).find(backend => backend.present);
        return found === undefined ? undefined : { message: "has a backend for everything that no rule is for", at: found.path };
    },
});

/** Which controller serves a route decides who sees its traffic: only those that the house runs for it. */
export const ingressClassNotAllowed = objectRule({
    id: "ingress-class-not-allowed",
    severity: "low",
    title: "Only the agreed classes of ingress are used",
    fix: "set `ingressClassName` (or `gatewayClassName`) to one of the agreed classes",
    benchmarks: ["Kubernetes: Ingress class"],
    controls: [],
    types: [...INGRESS_TYPES, ...GATEWAY_TYPES],
    parameters: {
        classes: { type: "array", items: { type: "string" }, default: [], description: "classes that may be used; none is judged where it is empty" },
    },

    check({ type, value }, settings) {
        const classes = textsOf(settings, "classes");
        if (classes.length === 0) {
            return undefined;
        }
        const spec = value.get("spec");
        const given = type.endsWith("/Gateway") ? spec.get("gatewayClassName").text
            : spec.get("ingressClassName").text ?? value.get("metadata", "annotations").get("kubernetes.io/ingress.class").text;
        return given !== undefined && classes.includes(given) ? undefined
            : given === undefined ? "names no class, so that the cluster's default one serves it" : `is of a class that is not agreed (${given})`;
    },
});

/** Two that claim one host and path: which of them answers is up to the controller, and may change with the next start. */
export const duplicateRoute = stackRule({
    id: "duplicate-route",
    severity: "low",
    title: "No two routes claim the same host and path",
    fix: "give one of them another host or path",
    benchmarks: ["Kubernetes: Ingress, path types and precedence"],
    controls: [],

    check(stack) {
        const claimed = new Map<string, RouteLine>();
        const lines = routeLines(stack).filter(({ view, value }) => INGRESS_TYPES.some(type => type === view.type) && !/^(?:defaultB|b)ackend$/.test(String(value.path.at(-1))));
        const seen = new Map(lines.map(line => [{ ...plain(line), place: () => [...line.value.path] }, line]));
        return across([...seen.keys()], "rules", view => {
            const line = seen.get(view);
            // A canary takes a part of the traffic of another that it repeats.
            if (line === undefined || line.view.value.get("metadata", "annotations").get("nginx.ingress.kubernetes.io/canary").text === "true") {
                return undefined;
            }
            const asked = `${line.hosts()[0] ?? "any host"}${line.path() ?? "/"}`;
            const key = JSON.stringify([asked, line.pathType(), classOf(line)]);
            const other = claimed.get(key);
            if (other !== undefined && (other.view === line.view || !isSame(other.view, line.view))) {
                return `claims ${asked}, as ${other.view === line.view ? "another of its rules" : other.view.label} does`;
            }
            claimed.set(key, line);
            return undefined;
        });
    },
});

function classOf({ view: { value } }: RouteLine): string {
    return value.get("spec", "ingressClassName").text ?? value.get("metadata", "annotations").get("kubernetes.io/ingress.class").text ?? "";
}

/** What `across` needs of a view; spreading it would read getters. */
export function plain({ view: { origin, subject, label, path } }: RouteLine): Pick<ObjectView, "origin" | "subject" | "label" | "path"> {
    return { origin, subject, label, path };
}
