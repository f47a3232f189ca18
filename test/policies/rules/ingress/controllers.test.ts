import { exposedWorkload, unsupportedController } from "../../../../policies/rules/ingress/controllers";
import { routeWithoutService } from "../../../../policies/rules/ingress/route-without-service";
import { UNKNOWN, deployment, docker, manifest, resource, ruleTest, service, together } from "../../../support/rule-test";

// The ids of the rules that this file tests: "exposed-workload", "route-without-service", "unsupported-ingress-controller".

const running = (image: string) => deployment("d", { containers: [{ name: "c", image }] });
const OPEN = "a version of ingress-nginx with known holes, of a project that was retired in March 2026";
const RETIRED = "ingress-nginx, which was retired in March 2026 and is not mended any more";

ruleTest(unsupportedController, {
    passes: {
        "another program": running("nginx:1.10"),
        "NGINX's own controller": running("nginx/nginx-ingress:3.4"),
        "Traefik": running("traefik:v3.7.11"),
        "the long-lived Traefik": running("docker.io/library/traefik:2.11"),
        "Traefik of a version that nobody says": running("traefik@sha256:0000"),
        "something of Traefik that is not it": running("traefik/whoami:v1.10"),
        "an image built here": service({ build: "." }),
    },
    violates: {
        "one with known holes": [running("registry.k8s.io/ingress-nginx/controller:v1.11.2@sha256:00"), `container "c" of Deployment "d" is ${OPEN} (registry.k8s.io/ingress-nginx/controller:v1.11.2@sha256:00)`],
        "one of the last branch": [running("registry.k8s.io/ingress-nginx/controller:v1.14.2"), `container "c" of Deployment "d" is ${OPEN} (registry.k8s.io/ingress-nginx/controller:v1.14.2)`],
        "the last one": [running("registry.k8s.io/ingress-nginx/controller:v1.14.3"), `container "c" of Deployment "d" is ${RETIRED} (registry.k8s.io/ingress-nginx/controller:v1.14.3)`],
        "the last of the branch before": [running("registry.k8s.io/ingress-nginx/controller-chroot:v1.13.7"), `container "c" of Deployment "d" is ${RETIRED} (registry.k8s.io/ingress-nginx/controller-chroot:v1.13.7)`],
        "a copy without a version": [running("eu.example.com/ingress-nginx/controller"), `container "c" of Deployment "d" is ${RETIRED} (eu.example.com/ingress-nginx/controller)`],
        "a very old one": [running("quay.io/kubernetes-ingress-controller/nginx-ingress-controller:0.26.1"), `container "c" of Deployment "d" is ${OPEN} (quay.io/kubernetes-ingress-controller/nginx-ingress-controller:0.26.1)`],
        "an old Traefik": [docker("t", { image: "traefik:1.7" }), 'container "t" is a version of Traefik that is not mended any more (traefik:1.7)'],
    },
    unknown: { "the image": [running(UNKNOWN)] },
});
ruleTest(unsupportedController, {
    settings: { accepted: ["registry.k8s.io/ingress-nginx/controller:v1.14."] },
    passes: { "what the house answers for": running("registry.k8s.io/ingress-nginx/controller:v1.14.3") },
    violates: { "another": [running("registry.k8s.io/ingress-nginx/controller:v1.13.7"), `container "c" of Deployment "d" is ${RETIRED} (registry.k8s.io/ingress-nginx/controller:v1.13.7)`] },
});

const backend = (name: string, port: string) => `{ paths: [{ path: /, backend: { service: { name: ${name}, port: ${port} } } }] }`;
const ingress = (name: string, port: string, metadata = "name: i") => manifest(`apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { ${metadata} }\nspec: { rules: [{ host: a.example.com, http: ${backend(name, port)} }] }`);
const named = (spec: string, metadata = "name: web") => manifest(`apiVersion: v1\nkind: Service\nmetadata: { ${metadata} }\nspec: ${spec}`);
const web = named("{ selector: { app: web }, ports: [{ name: http, port: 80, targetPort: 8080 }] }");
const custom = (api: string, kind: string, spec: string) => manifest(`apiVersion: ${api}\nkind: ${kind}\nmetadata: { name: r }\nspec: ${spec}`);
const gone = (kind: string, name: string) => `${kind} leads to a Service that is not given (${name})`;

ruleTest(routeWithoutService, {
    passes: {
        "a port by number": together(web, ingress("web", "{ number: 80 }")),
        "a port by name": together(web, ingress("web", "{ name: http }")),
        "a run without Services": ingress("x", "{ number: 80 }"),
        "a namespace without Services": together(web, ingress("x", "{ number: 80 }", "name: i, namespace: shop")),
        "a resource": together(web, manifest("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: i }\nspec: { defaultBackend: { resource: { kind: B, name: b } } }")),
        "a name outside": together(named("{ type: ExternalName, externalName: a.example.com, ports: [{ port: 1 }] }", "name: out"), ingress("out", "{ number: 80 }")),
        "an old kind": together(web, manifest("apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: { name: i }\nspec: { rules: [{ http: { paths: [{ backend: { serviceName: web, servicePort: http } }] } }] }")),
        "a route of a Gateway to another namespace": together(web, custom("gateway.networking.k8s.io/v1", "HTTPRoute", "{ rules: [{ backendRefs: [{ name: x, namespace: shop, port: 80 }] }] }")),
        "a route of a Gateway to a thing of its maker": together(web, custom("gateway.networking.k8s.io/v1", "HTTPRoute", "{ rules: [{ backendRefs: [{ group: a.b, kind: Bucket, name: x }] }] }")),
        "a service of Traefik's own": together(web, custom("traefik.io/v1alpha1", "IngressRoute", "{ routes: [{ services: [{ kind: TraefikService, name: api@internal }] }] }")),
    },
    violates: {
        "no such Service": [together(web, ingress("x", "{ number: 80 }")), gone('Ingress "i"', "x")],
        "no such port": [together(web, ingress("web", "{ number: 8080 }")), 'Ingress "i" leads to a port that Service "web" has not (8080)'],
        "a default backend": [together(web, manifest("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: i }\nspec: { defaultBackend: { service: { name: x, port: { number: 1 } } } }")), gone('Ingress "i"', "x")],
        "a route of a Gateway": [together(web, custom("gateway.networking.k8s.io/v1", "TCPRoute", "{ rules: [{ backendRefs: [{ name: x, port: 80 }] }] }")), gone('TCPRoute "r"', "x")],
        "a route of Traefik": [together(web, custom("traefik.io/v1alpha1", "IngressRoute", "{ routes: [{ match: 'Host(`a`)', services: [{ name: x, port: 80 }] }] }")), gone('IngressRoute "r"', "x")],
    },
    unknown: {
        "one backend, and still refuses the other": [
            together(web, resource("kubernetes:networking.k8s.io/v1:Ingress", "i", {
                metadata: { name: "i" }, spec: { rules: [{ http: { paths: [{ backend: { service: { name: UNKNOWN } } }, { backend: { service: { name: "x" } } }] } }] },
            })),
            gone('Ingress "i"', "x"),
        ],
    },
});
ruleTest(routeWithoutService, { settings: { complete: true }, passes: {}, violates: { "a route alone": [ingress("x", "{ number: 80 }"), gone('Ingress "i"', "x")] } });

const pod = deployment("web", { containers: [{ name: "web" }] }, { labels: { app: "web" } });
const way = (hops: string) => `pod of Deployment "web" is served to the outside: ${hops}`;
ruleTest(exposedWorkload, {
    passes: { "a Service of the cluster": together(pod, web), "a route to another": together(pod, web, named("{ selector: { app: x } }", "name: x"), ingress("x", "{ number: 80 }")), "a Docker container": docker("a", { publishAllPorts: true }) },
    violates: {
        "an Ingress": [together(pod, web, ingress("web", "{ number: 80 }")), way('internet → Ingress "i" (a.example.com/) → Service "web" → web')],
        "a route of a Gateway": [together(pod, web, custom("gateway.networking.k8s.io/v1", "HTTPRoute", "{ hostnames: [b.example.com], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }")), way('internet → HTTPRoute "r" (b.example.com) → Service "web" → web')],
        "a route of Traefik": [together(pod, web, custom("traefik.io/v1alpha1", "IngressRoute", "{ routes: [{ match: 'Host(`c.example.com`) && PathPrefix(`/x`)', services: [{ name: web, port: 80 }] }] }")), way('internet → IngressRoute "r" (c.example.com/x) → Service "web" → web')],
        "a load balancer": [together(pod, named("{ type: LoadBalancer, selector: { app: web }, ports: [{ port: 80 }] }")), way('internet → load balancer → Service "web" port 80 → web')],
    },
    unknown: { "where a route leads": [together(pod, web, resource("kubernetes:networking.k8s.io/v1:Ingress", "i", { metadata: { name: "i" }, spec: { rules: [{ http: { paths: [{ backend: UNKNOWN }] } }] } }))] },
});
