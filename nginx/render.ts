import { readdirSync } from "node:fs";
import { join } from "node:path";

import type { EdgeListener, EdgePlan } from "../infra/edge/plan";
import { hasHttp2Directive, hasInheritedCertificates, hasKeepaliveMinTimeout, hasMlKem, IMAGE_BUILD } from "./build";
import type { NginxBuild } from "./build";
import { errorsSnippet } from "./errors";
import { IMAGE_LAYOUT, relocate } from "./layout";
import type { NginxLayout } from "./layout";
import { locations } from "./locations";
import { rateLimitsSnippet, rateLimitZones } from "./rate-limits";
import { headerMaps, hideHeadersSnippet, responseHeadersSnippet } from "./response-headers";
import { fill, read } from "./template";
import { word } from "./words";

export interface NginxFile {
    /** Absolute path in the container. */
    readonly path: string;
    readonly content: string;
    /** Permission bits. Nothing here is secret. */
    readonly mode: number;
}

const GENERATED = "# Generated from the EdgePlan; changes here are lost.\n";

/**
 * Every file of the edge's configuration, sorted by path. Throws on a plan that asks for what is not realised here and
 * on values that nginx would read as more than a value: `planEdge` makes no such plan.
 */
export function renderNginx(
    plan: EdgePlan, build: NginxBuild = IMAGE_BUILD, layout: NginxLayout = IMAGE_LAYOUT,
): readonly NginxFile[] {
    refuseUnrealised(plan);
    const generated: Readonly<Record<string, string>> = {
        "build.conf": processSettings(build),
        "conf.d/connections.conf": connections(build),
        "conf.d/header-values.conf": headerMaps(plan),
        "conf.d/limits.conf": rateLimitZones(plan.rateLimits),
        "snippets/errors.conf": errorsSnippet(),
        "snippets/response-headers.conf": responseHeadersSnippet(build.headersMore !== undefined),
        "snippets/hide-headers.conf": hideHeadersSnippet(),
        "snippets/rate-limits.conf": rateLimitsSnippet(plan.rateLimits),
        "sites/health.conf": fill("health.conf", { port: word(layout.healthPort) }),
        ...redirect(plan),
        ...Object.fromEntries(plan.listeners.map(listener =>
            [`sites/${word(listener.name)}.conf`, site(plan, listener, build, layout)])),
    };
    const files = Object.entries(generated).map(([name, content]) => [name, GENERATED + content] as const);
    return [...files, ...fixedFiles(Object.values(generated).join("\n"))]
        .map(([name, content]) => ({ path: `/etc/nginx/${name}`, content, mode: 0o444 }))
        .sort((a, b) => a.path < b.path ? -1 : 1)
        .map(file => relocate(file, layout));
}

function refuseUnrealised(plan: EdgePlan): void {
    if (plan.proxy !== "nginx" || plan.cors !== undefined || plan.waf !== undefined || plan.authentication !== undefined
        || plan.trustedProxies.length > 0) {
        throw new Error("the plan asks for what this version of nginx/ does not realise");
    }
}

/** The files that are the same for every plan, without the snippets that this plan does not use. */
function fixedFiles(generated: string): [string, string][] {
    const list = (folder: string): string[] => readdirSync(join(__dirname, folder)).filter(name => name.endsWith(".conf"));
    const snippets = list("snippets").map(name => `snippets/${name}`).filter(name => generated.includes(`/etc/nginx/${name};`));
    return ["nginx.conf", "reload.sh", ...list("conf.d").map(name => `conf.d/${name}`), ...snippets].map(name => [name, read(name)]);
}

/** Main level: what only some builds know. */
function processSettings(build: NginxBuild): string {
    return (build.headersMore === undefined ? "" : `load_module ${word(build.headersMore)};\n`)
        + (hasInheritedCertificates(build) ? "ssl_object_cache_inheritable off;\n" : "");
}

function connections(build: NginxBuild): string {
    const keep = hasKeepaliveMinTimeout(build) ? "keepalive_min_timeout 5s;\n" : "";
    return `keepalive_timeout 65s;\nkeepalive_requests 1000;\n${keep}`;
}

function redirect(plan: EdgePlan): Record<string, string> {
    if (plan.httpRedirect === undefined) {
        return {};
    }
    const content = fill("redirect.conf", {
        listen: word(plan.httpRedirect.containerPort),
        names: plan.hosts.map(({ name }) => word(name)).join(" "),
        port: portSuffix(plan.listeners[0]?.publishedPort ?? 443),
    });
    return { "sites/redirect.conf": content };
}

function site(plan: EdgePlan, listener: EdgeListener, build: NginxBuild, layout: NginxLayout): string {
    const directive = hasHttp2Directive(build);
    return fill("site.conf", {
        listen: `${word(listener.containerPort)} ssl${directive ? "" : " http2"}`,
        http2: directive ? "    http2 on;\n" : "",
        profile: word(listener.profile),
        curves: `${hasMlKem(build) ? "X25519MLKEM768:" : ""}X25519:prime256v1:secp384r1`,
        names: plan.hosts.filter(host => host.listener === listener.name).map(({ name }) => word(name)).join(" "),
        certificate: word(layout.certificateFile),
        key: word(layout.keyFile),
        port: portSuffix(listener.publishedPort),
        publishedPort: word(listener.publishedPort),
        locations: locations(plan),
    });
}

/** What must follow the host in a URL. */
function portSuffix(port: number): string {
    return port === 443 ? "" : `:${word(port)}`;
}
