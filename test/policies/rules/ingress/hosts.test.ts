import { duplicateRoute, ingressClassNotAllowed, ingressDefaultBackend, ingressWithoutHost, wildcardHost } from "../../../../policies/rules/ingress/hosts";
import { UNKNOWN, manifest, resource, ruleTest, together } from "../../../support/rule-test";

// The ids of the rules that this file tests: "duplicate-route", "ingress-class-not-allowed", "ingress-default-backend", "ingress-without-host", "wildcard-host".

const BACKEND = "backend: { service: { name: web, port: { number: 80 } } }";
const rule = (host: string, path = "/") => `{ ${host === "" ? "" : `host: '${host}', `}http: { paths: [{ path: ${path}, pathType: Prefix, ${BACKEND} }] } }`;
const ingress = (spec: string, metadata = "name: i") => manifest(`apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { ${metadata} }\nspec: ${spec}`);
const routed = (...rules: string[]) => ingress(`{ rules: [${rules.join(", ")}] }`);
const pulumi = (spec: object, metadata: object = { name: "i" }) => resource("kubernetes:networking.k8s.io/v1:Ingress", "i", { metadata, spec });
const custom = (api: string, kind: string, spec: string) => manifest(`apiVersion: ${api}\nkind: ${kind}\nmetadata: { name: r }\nspec: ${spec}`);
const traefik = (match: string) => custom("traefik.io/v1alpha1", "IngressRoute", `{ routes: [{ match: '${match}', services: [{ name: web, port: 80 }] }] }`);

ruleTest(wildcardHost, {
    passes: {
        "a host": routed(rule("a.example.com")),
        "no host, which is another rule's": routed(rule("")),
        "a listener with a host": custom("gateway.networking.k8s.io/v1", "Gateway", "{ listeners: [{ hostname: a.example.com }, {}] }"),
        "a matcher of hosts": traefik("Host(`a.example.com`) && PathPrefix(`/x`)"),
        "a host that is ruled out": traefik("Host(`a.example.com`) && !HostRegexp(`.+`)"),
    },
    violates: {
        "a wildcard": [routed(rule("a.example.com"), rule("*.example.com")), 'Ingress "i" claims every host like *.example.com'],
        "of an old kind": [manifest("apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: { name: i }\nspec: { rules: [{ host: '*.example.com' }] }"), 'Ingress "i" claims every host like *.example.com'],
        "a listener": [custom("gateway.networking.k8s.io/v1", "Gateway", "{ listeners: [{ hostname: '*.example.com' }] }"), 'Gateway "r" claims every host like *.example.com'],
        "a route": [custom("gateway.networking.k8s.io/v1", "HTTPRoute", "{ hostnames: [a.example.com, '*.example.com'] }"), 'HTTPRoute "r" claims every host like *.example.com'],
        "a pattern": [traefik("HostRegexp(`^.+[.]example[.]com$`)"), 'IngressRoute "r" claims every host like ^.+[.]example[.]com$'],
    },
    unknown: { "one host, and still refuses the other": [pulumi({ rules: [{ host: UNKNOWN }, { host: "*.a" }] }), 'Ingress "i" claims every host like *.a'] },
});

ruleTest(ingressWithoutHost, {
    passes: { "a host": routed(rule("a.example.com")), "a matcher of hosts": traefik("Host(`a.example.com`)") },
    violates: {
        "none": [routed(rule("a.example.com"), rule("")), 'Ingress "i" has a rule without a host, which is for every host'],
        "an empty one": [ingress("{ rules: [{ host: '' }] }"), 'Ingress "i" has a rule without a host, which is for every host'],
        "a matcher of paths only": [traefik("PathPrefix(`/`)"), 'IngressRoute "r" has a rule without a host, which is for every host'],
    },
    unknown: { "the host": [pulumi({ rules: [{ host: UNKNOWN }] })] },
});

ruleTest(ingressDefaultBackend, {
    passes: { "rules only": routed(rule("a.example.com")) },
    violates: {
        "a default": [ingress("{ defaultBackend: { service: { name: web } } }"), 'Ingress "i" has a backend for everything that no rule is for'],
        "of an old kind": [manifest("apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: { name: i }\nspec: { backend: { serviceName: web } }"), 'Ingress "i" has a backend for everything that no rule is for'],
    },
    unknown: { "whether there is one": [pulumi({ defaultBackend: UNKNOWN })] },
});

ruleTest(ingressClassNotAllowed, { passes: { "any class where none is agreed": ingress("{ ingressClassName: x }") }, violates: {} });
ruleTest(ingressClassNotAllowed, {
    settings: { classes: ["internal"] },
    passes: {
        "an agreed class": ingress("{ ingressClassName: internal }"),
        "by annotation": ingress("{}", "name: i, annotations: { kubernetes.io/ingress.class: internal }"),
        "a Gateway": custom("gateway.networking.k8s.io/v1", "Gateway", "{ gatewayClassName: internal }"),
    },
    violates: {
        "another": [ingress("{ ingressClassName: public }"), 'Ingress "i" is of a class that is not agreed (public)'],
        "none": [ingress("{}"), "Ingress \"i\" names no class, so that the cluster's default one serves it"],
        "a Gateway of another": [custom("gateway.networking.k8s.io/v1", "Gateway", "{ gatewayClassName: public }"), 'Gateway "r" is of a class that is not agreed (public)'],
    },
    unknown: { "the class": [pulumi({ ingressClassName: UNKNOWN })] },
});

const named = (name: string, spec: string, more = "") => ingress(spec, `name: ${name}${more}`);
ruleTest(duplicateRoute, {
    passes: {
        "paths of their own": routed(rule("a.example.com"), rule("a.example.com", "/x"), rule("b.example.com")),
        "the same object for two stages": together(routed(rule("a.example.com")), routed(rule("a.example.com"))),
        "a canary": together(routed(rule("a.example.com")), named("c", `{ rules: [${rule("a.example.com")}] }`, ", annotations: { nginx.ingress.kubernetes.io/canary: 'true' }")),
        "classes of their own": together(named("a", `{ ingressClassName: x, rules: [${rule("a.example.com")}] }`), named("b", `{ ingressClassName: y, rules: [${rule("a.example.com")}] }`)),
    },
    violates: {
        "two objects": [together(routed(rule("a.example.com")), named("j", `{ rules: [${rule("a.example.com")}] }`)), 'Ingress "j" claims a.example.com/, as Ingress "i" does'],
        "two namespaces": [together(routed(rule("a.example.com")), named("i", `{ rules: [${rule("a.example.com")}] }`, ", namespace: shop")), 'Ingress "i" claims a.example.com/, as Ingress "i" does'],
        "two rules of one": [routed(rule("", "/x"), rule("", "/x")), 'Ingress "i" claims any host/x, as another of its rules does'],
    },
    unknown: { "a path": [together(routed(rule("a.example.com")), pulumi({ rules: [{ host: "a.example.com", http: { paths: [{ path: UNKNOWN }] } }] }))] },
});
