import { each, objectRule } from "../../rule";
import { INGRESS_TYPES, pathsOf } from "../../view/net/routes";
import type { Value } from "../../view/value";

const NGINX = "nginx.ingress.kubernetes.io/";
/** Annotations whose text becomes configuration of the proxy as it stands, by controller. */
const SNIPPETS = [
    /^nginx\.ingress\.kubernetes\.io\/(?:configuration|server|stream|auth|modsecurity|location|http|main)-snippet$/,
    /^(?:nginx\.org|nginx\.com)\/(?:server|location|http|stream|main)-snippets?$/,
    /^haproxy\.org\/(?:backend|frontend|global|defaults|stats)-config-snippet$/,
    /^(?:haproxy-ingress\.github\.io|ingress\.kubernetes\.io)\/config-(?:backend|frontend|global|defaults|proxy|sections|tcp|tcp-service)(?:-early|-late)?$/,
];
const isSnippet = (name: string): boolean => SNIPPETS.some(pattern => pattern.test(name));

/** Configuration that anybody who may write an Ingress can write makes them whoever the proxy is: its keys, its rights, all its traffic. */
export const ingressSnippet = objectRule({
    id: "ingress-snippet",
    severity: "critical",
    title: "No configuration of the proxy is taken from annotations",
    fix: "take the snippet out and use the annotation made for the purpose; set allow-snippet-annotations to \"false\" in the controller's ConfigMap",
    benchmarks: ["NSA/CISA: Network separation", "Kubernetes: CVE-2021-25742", "Kubernetes: CVE-2023-5043"],
    controls: [],
    types: [...INGRESS_TYPES, "/ConfigMap"],

    check({ type, value }) {
        if (type === "/ConfigMap") {
            return each([value.get("data", "allow-snippet-annotations"), value.get("data", "annotations-risk-level")], switchText);
        }
        const annotations = value.get("metadata", "annotations").entries;
        return each(annotations.map(([name, text]) => ({ name, text, path: text.path })), ({ name, text }) =>
            name === "" && !text.known ? text.text : isSnippet(name) && (!text.known || (text.text ?? "").trim() !== "") ? `hands the proxy configuration as it stands (${name})` : undefined);
    },
});

function switchText(value: Value): string | undefined {
    const name = String(value.path.at(-1));
    const text = (value.text ?? "").toLowerCase();
    return text === (name === "annotations-risk-level" ? "critical" : "true") ? `lets annotations hand the proxy configuration as it stands (${name}: ${text})` : undefined;
}

/** What only somebody writes who wants the proxy's files, keys or its scripting. */
const SEQUENCES: readonly (readonly [what: string, pattern: RegExp])[] = [
    ["a file of the proxy's own", /\/etc\/(?:passwd|shadow|group|nginx|ingress-controller|kubernetes)\b/],
    ["the proxy's own credentials", /\/(?:var\/)?run\/(?:secrets|kubernetes\/serviceaccount)\b/],
    ["a script", /_by_lua/],
    ["a directive", /(?:^|[\r\n;{}])\s*(?:alias|root|proxy_pass|load_module|ssl_engine|include|access_log|error_log)(?:\s[^;]*)?;/],
];

/** Annotations by which configuration was injected before, and what none of their honest values holds. */
const VALUES: Readonly<Record<string, RegExp>> = {
    ...Object.fromEntries(["auth-url", "auth-signin", "auth-method", "auth-proxy-set-headers", "mirror-target", "mirror-host", "permanent-redirect", "temporal-redirect",
        "rewrite-target", "app-root", "x-forwarded-prefix", "upstream-vhost", "default-backend", "auth-tls-error-page"].map(name => [name, /[\r\n;{}"`]|\s#/] as const)),
    ...Object.fromEntries(["auth-tls-match-cn", "server-alias", "auth-realm", "auth-cache-key", "canary-by-header-pattern"].map(name => [name, /[\r\n;"`]|\s#/] as const)),
};

/** A proxy that pastes values into its configuration runs what comes after a quote, a brace or a new line. */
export const ingressInjection = objectRule({
    id: "ingress-injection",
    severity: "high",
    title: "Annotations and paths of an Ingress hold nothing that ends a value and begins configuration",
    fix: "write a plain URL, name or path; what needs more belongs into the controller's own configuration",
    benchmarks: [
        "Kubernetes: CVE-2021-25745", "Kubernetes: CVE-2021-25746", "Kubernetes: CVE-2021-25748", "Kubernetes: CVE-2023-5044", "Kubernetes: CVE-2024-7646",
        "Kubernetes: CVE-2025-1097", "Kubernetes: CVE-2025-1098", "Kubernetes: CVE-2025-24514", "Kubernetes: CVE-2025-15566", "Kubernetes: CVE-2026-24512",
    ],
    controls: [],
    types: INGRESS_TYPES,

    check({ value }) {
        const annotations = value.get("metadata", "annotations").entries.filter(([name]) => name !== "kubectl.kubernetes.io/last-applied-configuration")
            .map(([name, item]) => ({ item, path: item.path, fault: () => annotationFault(name, item) }));
        const paths = value.get("spec", "rules").items.flatMap(pathsOf)
            .map(item => ({ item, path: item.path, fault: () => pathFault(item) }));
        return each([...annotations, ...paths], ({ fault }) => fault());
    },
});

function annotationFault(name: string, item: Value): string | undefined {
    const text = (item.text ?? "").trim();
    const found = SEQUENCES.find(([, pattern]) => pattern.test(text))?.[0];
    const pattern = name.startsWith(NGINX) && Object.hasOwn(VALUES, name.slice(NGINX.length)) ? VALUES[name.slice(NGINX.length)] : undefined;
    return found !== undefined ? `names ${found} in an annotation (${name})`
        : pattern?.test(text) === true ? `has an annotation whose value ends and begins something else (${name})` : undefined;
}

const SEVERAL_SEGMENTS = /^\/(?:etc|root|proc)(?:\/|$)|\/etc\/|\/(?:var\/)?run\/(?:secrets|kubernetes\/serviceaccount)/;

/** A pattern may hold braces; a path that is compared as it is may not. */
function pathFault(item: Value): string | undefined {
    const text = item.get("path").text ?? "";
    const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
    if (SEVERAL_SEGMENTS.test(text)) {
        return `has a path to files of the proxy's own (${shown})`;
    }
    const ends = /[\s;"`]/.test(text) || /[{}'#]/.test(text) && ["Exact", "Prefix"].includes(item.get("pathType").text ?? "");
    return ends ? `has a path that ends and begins something else (${shown})` : undefined;
}
