import assert from "node:assert/strict";

import type { EdgePlan } from "../../infra/edge/plan";
import type { EdgeDeclaration } from "../../infra/model/edge-declaration";
import { IMAGE_LAYOUT } from "../../nginx/layout";
import { renderNginx } from "../../nginx/render";
import type { NginxFile } from "../../nginx/render";
import { planFor } from "../support/edge/edge";
import { assertGolden } from "../support/golden";

const CASES: Readonly<Record<string, EdgeDeclaration>> = {
    least: { hosts: ["localhost"] },
    most: {
        hosts: ["app.example.com", "*.apps.example.com"],
        tls: { profile: "modern" },
        routes: [
            { path: "/", service: "web", headers: { content_security_policy: { value: "legacy-ui", reason: "inline styles" } } },
            { path: "/v1", service: "web", stream: true, websocket: true, timeout: "5m", headers: { content_security_policy: "api" } },
            { path: "/v1", match: "exact", service: "web", scheme: "https" },
        ],
        headers: { permissions_policy: "geolocation=(\"https://maps.example.com\")", x_dns_prefetch_control: { value: false, reason: "test" } },
        rate_limits: [{ path: "/v1/login", match: "exact", requests: 5, per: "minute" }, { path: "/v1", requests: 10, per: "second", burst: 20 }],
        uploads: [{ path: "/v1/upload", max_request: "50MB" }],
    },
};

function contentOf(files: readonly NginxFile[], path: string): string {
    const file = files.find(other => other.path === path);
    assert.ok(file !== undefined, `${path} is not among ${files.map(other => other.path).join(", ")}`);
    return file.content;
}

describe("renderNginx", () => {
    for (const [name, declaration] of Object.entries(CASES)) {
        it(`renders the ${name} that a plan can hold`, () => {
            const files = renderNginx(planFor(80, declaration));
            const generated = files.filter(({ content }) => content.startsWith("# Generated"));
            assertGolden(`nginx-${name}.conf`, generated.map(({ path, content }) => `### ${path}\n${content}`).join("\n"));
        });
    }

    it("gives absolute paths, sorted, once each, read by everybody and written by nobody", () => {
        const files = renderNginx(planFor(80, CASES["most"]));
        const paths = files.map(({ path }) => path);
        assert.deepEqual(paths, [...new Set(paths)].sort());
        assert.ok(files.every(({ path, mode }) => path.startsWith("/etc/nginx/") && mode === 0o444));
    });

    it("gives the same text for the same plan", () => {
        assert.deepEqual(renderNginx(planFor(80, CASES["most"])), renderNginx(planFor(80, CASES["most"])));
    });

    it("includes every file that it gives, and gives every file that it includes", () => {
        const files = renderNginx(planFor(80, CASES["most"]));
        const included = files.flatMap(({ content }) => [...content.matchAll(/include (\S+);/g)].map(([, path]) => path as string));
        const wanted = new Set(included.flatMap(path => path.includes("*") ? files.filter(file => file.path.startsWith("/etc/nginx/sites/")).map(file => file.path) : [path]));
        const entries = ["/etc/nginx/nginx.conf", "/etc/nginx/reload.sh"];
        assert.deepEqual([...wanted, ...entries].sort(), files.map(({ path }) => path).sort());
    });

    it("does not listen for plain HTTP where that is declared", () => {
        assert.ok(!renderNginx(planFor(80, { redirect_http: false })).some(({ path }) => path.endsWith("redirect.conf")));
    });

    it("answers 404 where no route is, and the other half of an exact route", () => {
        const site = contentOf(renderNginx(planFor(80, { routes: [{ path: "/v1", service: "web" }, { path: "/v2", match: "exact", service: "web" }] })), "/etc/nginx/sites/main.conf");
        assert.deepEqual([...site.matchAll(/location ([^{]*) \{/g)].map(([, match]) => match), ["/", "= /v1", "/v1/", "= /v2", "/"]);
        assert.match(site, /location \/ \{\n\s+include [^\n]+guard\.conf;\n\s+return 404;/);
    });

    describe("for a build", () => {
        const site = (build: Parameters<typeof renderNginx>[1]): string => contentOf(renderNginx(planFor(80), build), "/etc/nginx/sites/main.conf");

        it("before 1.25.1 says HTTP/2 in `listen`", () => {
            assert.match(site({ version: "1.22.1", openssl: "3.0.1" }), /listen 8443 ssl http2 default_server;\n {4}server_name/);
            assert.match(site({ version: "1.25.0", openssl: "3.0.1" }), /listen 8443 ssl http2;/);
        });
        it("from 1.25.1 on says it on a line of its own", () => {
            assert.match(site({ version: "1.25.1", openssl: "3.0.1" }), /listen 8443 ssl;\n {4}http2 on;/);
        });
        it("offers the post-quantum group with OpenSSL 3.5 only", () => {
            assert.match(site({ version: "1.30.5", openssl: "3.5.0" }), /ssl_ecdh_curve X25519MLKEM768:X25519:prime256v1:secp384r1;/);
            assert.match(site({ version: "1.30.5", openssl: "3.4.9" }), /ssl_ecdh_curve X25519:prime256v1:secp384r1;/);
        });
        it("keeps idle connections over a reload from 1.27.4 on", () => {
            const connections = (version: string): string => contentOf(renderNginx(planFor(80), { version, openssl: "3" }), "/etc/nginx/conf.d/connections.conf");
            assert.match(connections("1.27.4"), /keepalive_min_timeout 5s;/);
            assert.doesNotMatch(connections("1.27.3"), /keepalive_min_timeout/);
        });
        it("removes `Server` where the module is there", () => {
            const files = renderNginx(planFor(80), { version: "1.30.5", openssl: "3.5.0", headersMore: "/usr/lib/nginx/modules/headers_more.so" });
            assert.match(contentOf(files, "/etc/nginx/build.conf"), /^load_module \/usr\/lib\/nginx\/modules\/headers_more\.so;$/m);
            assert.match(contentOf(files, "/etc/nginx/snippets/response-headers.conf"), /^more_clear_headers Server;$/m);
        });
    });

    it("moves paths, the name server and the log for another layout, and nothing else", () => {
        const layout = { ...IMAGE_LAYOUT, directory: "/x/etc", temporary: "/x/tmp", resolver: "127.0.0.1:5353", accessLog: "/x/log", certificateFile: "/x/c", keyFile: "/x/k", healthPort: 1234 };
        const moved = renderNginx(planFor(80, CASES["most"]), undefined, layout);
        const back = moved.map(({ path, content, mode }) => ({
            path: path.replace("/x/etc", "/etc/nginx"), mode,
            content: content.replaceAll("/x/etc", "/etc/nginx").replaceAll("/x/tmp", "/tmp").replaceAll("127.0.0.1:5353", "127.0.0.11")
                .replaceAll("/x/log", "/dev/stdout").replaceAll("/x/c", IMAGE_LAYOUT.certificateFile).replaceAll("/x/k", IMAGE_LAYOUT.keyFile).replaceAll("1234", "8081"),
        }));
        assert.deepEqual(back, renderNginx(planFor(80, CASES["most"])));
        assert.ok(moved.every(({ content }) => !/\/etc\/nginx\/|\s\/tmp\//.test(content)));
    });

    describe("refuses a plan that did not come from planEdge and holds", () => {
        const plan = planFor(80);
        const [route] = plan.routes;
        const hostile: Readonly<Record<string, EdgePlan>> = {
            "a host that ends the directive": { ...plan, hosts: [{ name: "a; return 200", listener: "main" }] },
            "a path that ends the block": { ...plan, routes: [{ ...route!, path: "/a } location /b {" }] },
            "a path with a variable": { ...plan, routes: [{ ...route!, path: "/$host" }] },
            "a service that is more": { ...plan, routes: [{ ...route!, upstream: { ...route!.upstream, service: "web/;evil" } }] },
            "a header value with a line break": { ...plan, headers: { ...plan.headers, referrer_policy: "x\"; return 200;\n" } },
            "a header value with a variable": { ...plan, headers: { ...plan.headers, referrer_policy: "$http_authorization" } },
            "a limit's path that is a pattern": { ...plan, rateLimits: [{ path: "/(a|b)", match: "exact", requests: 1, per: "minute", atOnce: 1, key: "ip" }] },
            "a limit that nginx cannot count": { ...plan, rateLimits: [{ path: "/a", match: "exact", requests: 1, per: "hour", atOnce: 1, key: "ip" }] },
            "a port that is none": { ...plan, listeners: [{ ...plan.listeners[0]!, containerPort: "8443 proxy_protocol" as unknown as number }] },
            "a section that is not realised": { ...plan, trustedProxies: ["10.0.0.1"] },
        };
        for (const [what, bad] of Object.entries(hostile)) {
            it(what, () => assert.throws(() => renderNginx(bad), /^Error: (not a (word|value) of nginx's configuration|nginx cannot count|the plan asks for what)/));
        }
    });
});
