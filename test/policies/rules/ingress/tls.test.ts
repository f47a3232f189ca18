import assert from "node:assert/strict";

import { coversHost, defaultTlsOptions, gatewayWithoutTls, ingressWithoutTls } from "../../../../policies/rules/ingress/tls";
import { UNKNOWN, manifest, resource, ruleTest, together } from "../../../support/rule-test";

// The ids of the rules that this file tests: "default-tls-options", "gateway-without-tls", "ingress-without-tls".

const custom = (api: string, kind: string, spec: string, name = "r") => manifest(`apiVersion: ${api}\nkind: ${kind}\nmetadata: { name: ${name} }\nspec: ${spec}`);
const ingress = (spec: string, annotations = "{}") => manifest(`apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: i, annotations: ${annotations} }\nspec: ${spec}`);
const pulumi = (spec: object) => resource("kubernetes:networking.k8s.io/v1:Ingress", "i", { metadata: { name: "i" }, spec });
const serving = (host: string, tls: string) => ingress(`{ tls: [${tls}], rules: [{ host: '${host}' }] }`);
const traefik = (spec: string, kind = "IngressRoute") => custom("traefik.io/v1alpha1", kind, spec);

describe("hosts that a certificate is for", () => {
    const cases: readonly (readonly [pattern: string, host: string, covers: boolean])[] = [
        ["a.example.com", "a.example.com", true], ["*.example.com", "a.example.com", true], ["*.example.com", "a.b.example.com", false],
        ["*.example.com", "example.com", false], ["*.example.com", "*.example.com", true], ["a.example.com", "*.example.com", false],
        ["*.com", "example.com", true], ["*", "example.com", false], ["*.example.com", "aexample.com", false],
        ["*.b.example.com", "*.a.b.example.com", false], ["*.example.com", "*.a.example.com", false],
    ];
    for (const [pattern, host, covers] of cases) {
        it(`${pattern} ${covers ? "is" : "is not"} for ${host}`, () => assert.equal(coversHost(pattern, host), covers));
    }
});

ruleTest(ingressWithoutTls, {
    passes: {
        "an entry for the host": serving("a.example.com", "{ hosts: [a.example.com], secretName: s }"),
        "a wildcard": serving("a.example.com", "{ hosts: ['*.example.com'] }"),
        "letters of any case": serving("a.example.com", "{ hosts: [A.example.com] }"),
        "an entry for all hosts": serving("a.example.com", "{ secretName: s }"),
        "a rule without a host, which is another rule's": ingress("{ tls: [{ hosts: [a.example.com] }], rules: [{ http: {} }] }"),
        "plain HTTP that is sent on by force": ingress("{ tls: [{}] }", "{ nginx.ingress.kubernetes.io/ssl-redirect: 'false', nginx.ingress.kubernetes.io/force-ssl-redirect: 'true' }"),
        "a route of Traefik": traefik("{ tls: { secretName: s }, routes: [] }"),
        "a route of Traefik with the default certificate": traefik("{ tls: {}, routes: [] }"),
        "a route that only redirects": traefik("{ entryPoints: [web], routes: [{ match: 'Host(`a`)', middlewares: [{ name: redirect-https }], services: [{ name: web }] }] }"),
        "UDP": traefik("{ routes: [{ services: [] }] }", "IngressRouteUDP"),
    },
    violates: {
        "none": [ingress("{ rules: [{ host: a.example.com }] }"), 'Ingress "i" is served without TLS'],
        "an entry for another host": [serving("a.example.com", "{ hosts: [b.example.com] }"), 'Ingress "i" serves the host a.example.com without TLS: no entry of `tls` is for it'],
        "a wildcard for two labels": [serving("a.b.example.com", "{ hosts: ['*.example.com'] }"), 'Ingress "i" serves the host a.b.example.com without TLS: no entry of `tls` is for it'],
        "plain HTTP besides": [ingress("{ tls: [{}] }", "{ nginx.ingress.kubernetes.io/ssl-redirect: 'false' }"), 'Ingress "i" answers without TLS too (ssl-redirect: false)'],
        "plain HTTP that is allowed": [ingress("{ tls: [{}] }", "{ kubernetes.io/ingress.allow-http: 'true' }"), 'Ingress "i" answers without TLS too (allow-http: true)'],
        "a route of Traefik": [traefik("{ routes: [{ match: 'Host(`a`)', services: [{ name: web }] }] }"), 'IngressRoute "r" is served without TLS'],
        "TCP": [traefik("{ routes: [{ match: 'HostSNI(`*`)', services: [{ name: db }] }] }", "IngressRouteTCP"), 'IngressRouteTCP "r" is served without TLS'],
    },
    unknown: {
        "the entries": [pulumi({ tls: UNKNOWN, rules: [{ host: "a" }] })],
        "one host, and still refuses the other": [pulumi({ tls: [{ hosts: ["c"] }], rules: [{ host: UNKNOWN }, { host: "b" }] }), 'Ingress "i" serves the host b without TLS: no entry of `tls` is for it'],
        "hosts of an entry, which may be for it": [pulumi({ tls: [{ hosts: UNKNOWN }], rules: [{ host: "a" }] })],
    },
});

const gateway = (listeners: string) => custom("gateway.networking.k8s.io/v1", "Gateway", `{ gatewayClassName: x, listeners: ${listeners} }`, "g");
const HTTP = "[{ name: http, port: 80, protocol: HTTP }]";
const route = (spec: string, name = "r") => custom("gateway.networking.k8s.io/v1", "HTTPRoute", spec, name);
const REDIRECT = "rules: [{ filters: [{ type: RequestRedirect, requestRedirect: { scheme: https } }] }]";

ruleTest(gatewayWithoutTls, {
    passes: {
        "HTTPS": gateway("[{ name: https, port: 443, protocol: HTTPS }]"),
        "HTTP that redirects": together(gateway(HTTP), route(`{ parentRefs: [{ name: g }], ${REDIRECT} }`)),
        "a route of another listener": together(gateway("[{ name: http, port: 80, protocol: HTTP }, { name: https, port: 443, protocol: HTTPS }]"),
            route(`{ parentRefs: [{ name: g, sectionName: http }], ${REDIRECT} }`), route("{ parentRefs: [{ name: g, sectionName: https }], rules: [{ backendRefs: [{ name: web }] }] }", "s")),
    },
    violates: {
        "HTTP": [gateway(HTTP), 'Gateway "g" has a listener without TLS (http, port 80)'],
        "HTTP with a backend": [together(gateway(HTTP), route(`{ parentRefs: [{ name: g }], ${REDIRECT} }`), route("{ parentRefs: [{ name: g }], rules: [{ backendRefs: [{ name: web }] }] }", "s")), 'Gateway "g" has a listener without TLS (http, port 80)'],
        "a redirect to elsewhere": [together(gateway(HTTP), route("{ parentRefs: [{ name: g }], rules: [{ filters: [{ requestRedirect: { hostname: b } }] }] }")), 'Gateway "g" has a listener without TLS (http, port 80)'],
        "a redirect of another Gateway": [together(gateway(HTTP), route(`{ parentRefs: [{ name: other }], ${REDIRECT} }`)), 'Gateway "g" has a listener without TLS (http, port 80)'],
    },
    unknown: {
        "the protocol": [resource("kubernetes:gateway.networking.k8s.io/v1:Gateway", "g", { metadata: { name: "g" }, spec: { listeners: [{ name: "x", port: 80, protocol: UNKNOWN }] } })],
    },
});

ruleTest(defaultTlsOptions, {
    passes: { "a name of their own": custom("traefik.io/v1alpha1", "TLSOption", "{ minVersion: VersionTLS13 }", "modern") },
    violates: {
        "the default": [custom("traefik.io/v1alpha1", "TLSOption", "{ minVersion: VersionTLS10 }", "default"), 'TLSOption "default" sets the TLS options of every route that names none'],
        "of an old group": [custom("traefik.containo.us/v1alpha1", "TLSOption", "{}", "default"), 'TLSOption "default" sets the TLS options of every route that names none'],
    },
    unknown: { "the name": [resource("kubernetes:traefik.io/v1alpha1:TLSOption", "t", { metadata: { name: UNKNOWN } })] },
});
