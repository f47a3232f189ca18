import { across, each, objectRule, stackRule } from "../../rule";
import { all, any } from "../../view/net/known";
import { GATEWAY_TYPES, INGRESS_TYPES, TRAEFIK_ROUTE_TYPES } from "../../view/net/routes";
import { namespaceOf } from "../../view/net/network-policy";
import { objectsOf } from "../../view/stack";
import type { Verdict } from "../../rule";
import type { Stack } from "../../view/stack";
import type { ObjectView } from "../../view/types";
import type { Value } from "../../view/value";

/** Whoever is on the way reads and changes what comes in plain text: passwords, sessions, answers. */
export const ingressWithoutTls = objectRule({
    id: "ingress-without-tls",
    severity: "high",
    title: "Everything that is routed from outside is encrypted, with a certificate for its host",
    fix: "add the host to `tls` with the Secret of its certificate",
    benchmarks: ["Kubernetes: Ingress, TLS"],
    controls: ["RAGAMUFFIN-NET-01", "RAGAMUFFIN-NET-02", "ORCHESTRATOR-TLS-03"],
    types: [...INGRESS_TYPES, ...TRAEFIK_ROUTE_TYPES.filter(type => !type.endsWith("UDP"))],

    check(view) {
        return view.type.endsWith("/Ingress") ? ingress(view) : traefik(view);
    },
});

function ingress({ value }: ObjectView): Verdict {
    const tls = value.get("spec", "tls").items;
    const path = value.get("spec").path;
    if (tls.length === 0) {
        return { message: "is served without TLS", at: path };
    }
    const annotations = value.get("metadata", "annotations");
    const redirect = annotations.get("nginx.ingress.kubernetes.io/ssl-redirect");
    const allowed = annotations.get("kubernetes.io/ingress.allow-http");
    const hosts = value.get("spec", "rules").items.map(rule => ({ path: rule.path, fault: () => hostFault(rule, tls) }));
    return each([
        ...hosts,
        { path: redirect.path, fault: () => redirect.text === "false" && !forced(value) ? "answers without TLS too (ssl-redirect: false)" : undefined },
        { path: allowed.path, fault: () => allowed.text === "true" ? "answers without TLS too (allow-http: true)" : undefined },
    ], ({ fault }) => fault());
}

function hostFault(rule: Value, tls: readonly Value[]): string | undefined {
    const host = rule.get("host").text ?? "";
    return host === "" || any(tls, entry => covers(entry, host)) ? undefined : `serves the host ${host} without TLS: no entry of \`tls\` is for it`;
}

function forced(value: Value): boolean {
    return value.get("metadata", "annotations").get("nginx.ingress.kubernetes.io/force-ssl-redirect").text === "true";
}

/** An entry without hosts is for all of them; a wildcard stands for one label. */
function covers(entry: Value, host: string): boolean {
    const hosts = entry.get("hosts").items;
    return hosts.length === 0 || any(hosts, item => coversHost((item.text ?? "").toLowerCase(), host.toLowerCase()));
}

export function coversHost(pattern: string, host: string): boolean {
    return pattern === host || pattern.startsWith("*.") && host.includes(".") && host.slice(host.indexOf(".")) === pattern.slice(1) && !host.startsWith("*");
}

/** A route of Traefik is encrypted if it says `tls`; one for the entry point of plain HTTP may only send its askers to the other. */
function traefik({ type, value }: ObjectView): Verdict {
    const spec = value.get("spec");
    if (spec.get("tls").present) {
        return undefined;
    }
    const routes = spec.get("routes").items;
    const redirects = !type.endsWith("TCP") && routes.length > 0 && routes.every(redirectsOnly);
    return redirects ? undefined : { message: "is served without TLS", at: spec.path };
}

function redirectsOnly(route: Value): boolean {
    const middlewares = route.get("middlewares").items.map(item => item.get("name").text ?? "");
    return middlewares.some(name => /redirect|https/i.test(name)) || route.get("services").items.some(service => service.get("name").text === "noop@internal");
}

/** A listener of a Gateway for plain HTTP is there to send its askers to the other one, and for nothing else. */
export const gatewayWithoutTls = stackRule({
    id: "gateway-without-tls",
    severity: "high",
    title: "Listeners of Gateways are encrypted, or only redirect",
    fix: "make it a listener of the protocol HTTPS with `tls.certificateRefs`, or route it to a RequestRedirect with the scheme https only",
    benchmarks: ["Kubernetes: Gateway API, TLS"],
    controls: ["RAGAMUFFIN-NET-01", "RAGAMUFFIN-NET-02", "ORCHESTRATOR-TLS-03"],

    check(stack) {
        const listeners = objectsOf(stack, ...GATEWAY_TYPES).flatMap(gateway => gateway.value.get("spec", "listeners").items
            .map(listener => ({ origin: gateway.origin, subject: gateway.subject, label: gateway.label, path: gateway.path, place: () => [...listener.path], gateway, listener })));
        return across(listeners, "listeners", ({ gateway, listener }) => {
            if (listener.get("protocol").text !== "HTTP" || onlyRedirects(stack, gateway, listener)) {
                return undefined;
            }
            return `has a listener without TLS (${listener.get("name").text ?? ""}, port ${listener.get("port").text ?? ""})`;
        });
    },
});

/** Whether there are routes for a listener, and each of them only redirects. */
function onlyRedirects(stack: Stack, gateway: ObjectView, listener: Value): boolean {
    const routes = objectsOf(stack, "gateway.networking.k8s.io/HTTPRoute", "gateway.networking.k8s.io/GRPCRoute");
    const found = (redirecting: boolean): boolean => any(routes, route =>
        all([() => attaches(route, gateway, listener), () => redirects(route) === redirecting], holds => holds()));
    return all([() => !found(false), () => found(true)], holds => holds());
}

function redirects(route: ObjectView): boolean {
    return all(route.value.get("spec", "rules").items, rule =>
        rule.get("backendRefs").items.length === 0 && any(rule.get("filters").items, filter => filter.get("requestRedirect", "scheme").text === "https"));
}

function attaches(route: ObjectView, gateway: ObjectView, listener: Value): boolean {
    return any(route.value.get("spec", "parentRefs").items, ref => all([
        () => ref.get("name").text === gateway.value.get("metadata", "name").text,
        () => (ref.get("namespace").text ?? namespaceOf(route.value)) === namespaceOf(gateway.value),
        () => !ref.get("sectionName").present || ref.get("sectionName").text === listener.get("name").text,
        () => !ref.get("port").present || ref.get("port").text === listener.get("port").text,
    ], holds => holds()));
}

/** The options called `default` are for every route of Traefik that names no others, in every namespace. */
export const defaultTlsOptions = objectRule({
    id: "default-tls-options",
    severity: "medium",
    title: "The edge's own defaults for TLS are kept",
    fix: "give the options a name of their own and let the routes that need them name them",
    benchmarks: ["Traefik: TLS options, default"],
    controls: [],
    types: ["traefik.io/TLSOption", "traefik.containo.us/TLSOption"],

    check({ value }) {
        return value.get("metadata", "name").text === "default" ? "sets the TLS options of every route that names none" : undefined;
    },
});
