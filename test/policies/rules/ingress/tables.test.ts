import { unsupportedController } from "../../../../policies/rules/ingress/controllers";
import { ingressInjection, ingressSnippet } from "../../../../policies/rules/ingress/injection";
import { docker, manifest, ruleTest } from "../../../support/rule-test";
import type { Cases, Subject } from "../../../support/rule-test";

// One case for every entry of the tables: annotations that hand configuration over, and what none of their values may hold.
const ingress = (annotations: Record<string, string>, paths: readonly object[] = []): Subject =>
    manifest(JSON.stringify({ apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata: { name: "i", annotations }, spec: { rules: [{ http: { paths } }] } }));
const path = (text: string, pathType?: string): Subject => ingress({}, [{ path: text, ...pathType === undefined ? {} : { pathType } }]);
const NGINX = "nginx.ingress.kubernetes.io/";
const SAYS = 'Ingress "i"';

const SNIPPETS = [
    ...["configuration", "server", "stream", "auth", "modsecurity", "location", "http", "main"].map(what => `${NGINX}${what}-snippet`),
    ...["nginx.org", "nginx.com"].flatMap(maker => ["server", "location", "http", "stream", "main"].flatMap(what => [`${maker}/${what}-snippet`, `${maker}/${what}-snippets`])),
    ...["backend", "frontend", "global", "defaults", "stats"].map(what => `haproxy.org/${what}-config-snippet`),
    ...["haproxy-ingress.github.io", "ingress.kubernetes.io"].flatMap(maker => ["backend", "frontend", "global", "defaults", "proxy", "sections", "tcp", "tcp-service", "backend-early", "backend-late"]
        .map(what => `${maker}/config-${what}`)),
];

ruleTest(ingressSnippet, {
    passes: { "a name of the same maker": ingress({ [`${NGINX}other-snippet`]: "x" }), "a longer name": ingress({ [`${NGINX}server-snippet-x`]: "x" }) },
    violates: Object.fromEntries(SNIPPETS.map(name => [name, [ingress({ [name]: "x" }), `${SAYS} hands the proxy configuration as it stands (${name})`]])),
});

/** Values of which a brace is no honest part. */
const WITHOUT_BRACES = [
    "auth-url", "auth-signin", "auth-method", "auth-proxy-set-headers", "mirror-target", "mirror-host", "permanent-redirect", "temporal-redirect", "rewrite-target", "app-root", "x-forwarded-prefix", "upstream-vhost",
    "default-backend", "auth-tls-error-page",
];
/** Patterns, in which it may be one. */
const WITH_BRACES = ["auth-tls-match-cn", "server-alias", "auth-realm", "auth-cache-key", "canary-by-header-pattern"];
const ends = (name: string, value: string): readonly [Subject, string] => [ingress({ [NGINX + name]: value }), `${SAYS} has an annotation whose value ends and begins something else (${NGINX}${name})`];
const injected = (names: readonly string[], signs: readonly string[]): Cases["violates"] =>
    Object.fromEntries(names.flatMap(name => signs.map(sign => [`${name} with ${JSON.stringify(sign)}`, ends(name, `a${sign}b`)])));

ruleTest(ingressInjection, {
    passes: Object.fromEntries([...WITH_BRACES.map(name => [`${name} with a brace`, ingress({ [NGINX + name]: "a{2}" })] as const), ...WITHOUT_BRACES.map(name => [`a plain ${name}`, ingress({ [NGINX + name]: "a#b" })] as const)]),
    violates: { ...injected(WITHOUT_BRACES, ["\r", "\n", ";", "{", "}", '"', "`", " #"]), ...injected(WITH_BRACES, ["\r", "\n", ";", '"', "`", " #"]) },
});

const NAMED: Readonly<Record<string, readonly string[]>> = {
    "a file of the proxy's own": ["passwd", "shadow", "group", "nginx", "ingress-controller", "kubernetes"].map(file => `x /etc/${file}`),
    "the proxy's own credentials": ["/run/secrets", "/var/run/secrets", "/run/kubernetes/serviceaccount", "/var/run/kubernetes/serviceaccount"],
    "a script": ["content_by_lua"],
    "a directive": ["alias", "root", "proxy_pass", "load_module", "ssl_engine", "include", "access_log", "error_log"].flatMap(name => [`${name} x;`, `y;${name};`]),
};

ruleTest(ingressInjection, {
    passes: {
        "what only sounds like one": ingress({ a: "/etc/passwords and rooted x;" }), "what the client wrote down": ingress({ "kubectl.kubernetes.io/last-applied-configuration": "/etc/passwd" }),
        "braces of a pattern": path("/a{2}#", "ImplementationSpecific"), "braces where no type is said": path("/a{2}"), "a folder that sounds like one": path("/etcetera"),
        "an annotation of nobody's": ingress({ "example.com/auth-url": "a;b" }), "one that objects have anyway": ingress({ [`${NGINX}toString`]: "a;b" }),
    },
    violates: {
        ...Object.fromEntries(Object.entries(NAMED).flatMap(([what, texts]) => texts.map(text => [text, [ingress({ a: text }), `${SAYS} names ${what} in an annotation (a)`] as const]))),
        ...Object.fromEntries(["/etc", "/root/x", "/proc/1", "/a/etc/b", "/run/secrets", "/var/run/secrets", "/run/kubernetes/serviceaccount", "/var/run/kubernetes/serviceaccount"]
            .map(text => [text, [path(text), `${SAYS} has a path to files of the proxy's own (${JSON.stringify(text)})`] as const])),
        ...Object.fromEntries(["/a b", "/a;", '/a"', "/a`"].map(text => [text, [path(text, "ImplementationSpecific"), `${SAYS} has a path that ends and begins something else (${JSON.stringify(text)})`] as const])),
        ...Object.fromEntries(["Exact", "Prefix"].flatMap(type => ["{", "}", "'", "#"].map(sign => [`${type} ${sign}`, [path(`/a${sign}`, type), `${SAYS} has a path that ends and begins something else ("/a${sign}")`] as const]))),
        "a path of sixty letters": [path(`/${"a".repeat(58)};`), `${SAYS} has a path that ends and begins something else ("/${"a".repeat(58)};")`],
        "a longer path, which is cut": [path(`/;${"a".repeat(59)}`), `${SAYS} has a path that ends and begins something else ("/;${"a".repeat(58)}…")`],
    },
});

const OPEN = "a version of ingress-nginx with known holes, of a project that was retired in March 2026";
const RETIRED = "ingress-nginx, which was retired in March 2026 and is not mended any more";
const OLD = "a version of Traefik that is not mended any more";
const running = (image: string, what: string): readonly [Subject, string] => [docker("c", { image }), `container "c" is ${what} (${image})`];
const images = (what: string, names: readonly string[]) => Object.fromEntries(names.map(name => [name, running(name, what)]));

ruleTest(unsupportedController, {
    passes: Object.fromEntries(["traefik:2.11.0", "traefik:2.11", "library/traefik:3.0", "mirror.example/traefik:v3.1.2", "traefik:latest", "mytraefik:1.7", "my-ingress-nginx-controllers:1.0"].map(image => [image, docker("c", { image })])),
    violates: {
        ...images(OPEN, ["ingress-nginx/controller:1.13.6", "ingress-nginx/controller:1.14.0", "a/ingress-nginx-controller:v0.9", "ingress-nginx/controller:1.13", "a/nginx-ingress-controller-amd64:0.30.0"]),
        ...images(RETIRED, ["ingress-nginx/controller:1.13.7", "ingress-nginx/controller:1.13.8", "ingress-nginx/controller:1.14.3", "ingress-nginx/controller:1.14.4", "ingress-nginx/controller:1.15.0", "ingress-nginx/controller:latest"]),
        ...images(OLD, ["traefik:2.10.9", "traefik:v2.10", "docker.io/traefik:1.7.34", "mirror.example/library/traefik:2.0"]),
    },
});
