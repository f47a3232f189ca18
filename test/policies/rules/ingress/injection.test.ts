import { ingressInjection, ingressSnippet } from "../../../../policies/rules/ingress/injection";
import { UNKNOWN, manifest, resource, ruleTest } from "../../../support/rule-test";

// The ids of the rules that this file tests: "ingress-injection", "ingress-snippet".

const object = (root: object) => manifest(JSON.stringify(root));
const ingress = (annotations: Record<string, string>, paths: readonly object[] = []) =>
    object({ apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata: { name: "i", annotations }, spec: { rules: [{ http: { paths } }] } });
const nginx = (name: string, value: string) => ingress({ [`nginx.ingress.kubernetes.io/${name}`]: value });
const path = (text: string, pathType = "Prefix") => ingress({}, [{ path: text, pathType }]);
const configMap = (data: object) => object({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c" }, data });
const pulumi = (inputs: object) => resource("kubernetes:networking.k8s.io/v1:Ingress", "i", inputs);

ruleTest(ingressSnippet, {
    passes: {
        "other annotations": nginx("rewrite-target", "/"),
        "an empty snippet": nginx("configuration-snippet", " "),
        "an annotation of somebody else that sounds like one": ingress({ "example.com/configuration-snippet": "x" }),
        "a switch that is off": configMap({ "allow-snippet-annotations": "false", "annotations-risk-level": "High" }),
        "another ConfigMap": configMap({ a: "b" }),
    },
    violates: {
        ...Object.fromEntries(["configuration", "server", "stream", "auth", "modsecurity"].map(name => [
            `${name}-snippet`, [nginx(`${name}-snippet`, "return 200;"), `Ingress "i" hands the proxy configuration as it stands (nginx.ingress.kubernetes.io/${name}-snippet)`] as const,
        ])),
        "one of NGINX's own controller": [ingress({ "nginx.org/server-snippets": "x" }), 'Ingress "i" hands the proxy configuration as it stands (nginx.org/server-snippets)'],
        "one of HAProxy's": [ingress({ "haproxy.org/backend-config-snippet": "x" }), 'Ingress "i" hands the proxy configuration as it stands (haproxy.org/backend-config-snippet)'],
        "one of HAProxy Ingress": [ingress({ "haproxy-ingress.github.io/config-backend": "x" }), 'Ingress "i" hands the proxy configuration as it stands (haproxy-ingress.github.io/config-backend)'],
        "a switch that is on": [configMap({ "allow-snippet-annotations": "true" }), 'ConfigMap "c" lets annotations hand the proxy configuration as it stands (allow-snippet-annotations: true)'],
        "a level for all risks": [configMap({ "annotations-risk-level": "Critical" }), 'ConfigMap "c" lets annotations hand the proxy configuration as it stands (annotations-risk-level: critical)'],
    },
    unknown: { "the annotations": [pulumi({ metadata: { annotations: UNKNOWN } })], "the switch": [resource("kubernetes:core/v1:ConfigMap", "c", { data: { "allow-snippet-annotations": UNKNOWN } })] },
});

const broken = (name: string) => `Ingress "i" has an annotation whose value ends and begins something else (nginx.ingress.kubernetes.io/${name})`;

ruleTest(ingressInjection, {
    passes: {
        "a URL with the proxy's variables": nginx("auth-signin", "https://auth.example.com/start?rd=$scheme://$host$request_uri"),
        "a rewrite": nginx("rewrite-target", "/$1/$2"),
        "a common name with choices": nginx("auth-tls-match-cn", "CN=(client|server){1,2}"),
        "a cookie path, which ends with a semicolon": nginx("proxy-cookie-path", "/ \"/; Secure\""),
        "a pattern of paths": path("/api/v[0-9]{1,2}/(.*)", "ImplementationSpecific"),
        "a path that begins so": path("/etcetera"),
        "what kubectl remembers": ingress({ "kubectl.kubernetes.io/last-applied-configuration": "alias /etc/passwd;" }),
        "words that are none": ingress({ "example.com/note": "the root of it; an alias for it" }),
    },
    violates: {
        "a new line in a URL": [nginx("auth-url", "http://a/\n}\nx"), broken("auth-url")],
        "a brace in a mirror": [nginx("mirror-target", "http://a}"), broken("mirror-target")],
        "a quote in a redirect": [nginx("permanent-redirect", "https://a/\";x"), broken("permanent-redirect")],
        "a carriage return in a name": [nginx("auth-tls-match-cn", "CN=a\rb"), broken("auth-tls-match-cn")],
        "a semicolon in a list of headers": [nginx("auth-proxy-set-headers", "a/b;c"), broken("auth-proxy-set-headers")],
        "a comment in a method": [nginx("auth-method", "GET #"), broken("auth-method")],
        "a directive": [ingress({ "example.com/x": "} location /a { alias /srv/; }" }), 'Ingress "i" names a directive in an annotation (example.com/x)'],
        "a directive without a value": [ingress({ "example.com/x": "alias; " }), 'Ingress "i" names a directive in an annotation (example.com/x)'],
        "the first directive": [ingress({ "example.com/x": "root /srv;" }), 'Ingress "i" names a directive in an annotation (example.com/x)'],
        "a file": [ingress({ "example.com/x": "/etc/passwd" }), 'Ingress "i" names a file of the proxy\'s own in an annotation (example.com/x)'],
        "credentials": [ingress({ "example.com/x": "/var/run/secrets/kubernetes.io" }), 'Ingress "i" names the proxy\'s own credentials in an annotation (example.com/x)'],
        "a script": [ingress({ "example.com/x": "content_by_lua_block" }), 'Ingress "i" names a script in an annotation (example.com/x)'],
        "a path to files": [path("/etc/nginx"), 'Ingress "i" has a path to files of the proxy\'s own ("/etc/nginx")'],
        "a path to credentials": [path("/x/var/run/secrets/y"), 'Ingress "i" has a path to files of the proxy\'s own ("/x/var/run/secrets/y")'],
        "a path with a brace": [path("/a{b"), 'Ingress "i" has a path that ends and begins something else ("/a{b")'],
        "a pattern with a new line": [path("/a\n;", "ImplementationSpecific"), 'Ingress "i" has a path that ends and begins something else ("/a\\n;")'],
    },
    unknown: {
        "one path, and still refuses the other": [pulumi({ spec: { rules: [{ http: { paths: [{ path: UNKNOWN }, { path: "/etc" }] } }, UNKNOWN] } }), 'Ingress "i" has a path to files of the proxy\'s own ("/etc")'],
    },
});
