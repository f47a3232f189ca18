import assert from "node:assert/strict";

import { CSP_PRESETS } from "../../infra/edge/headers";
import type { EdgeService } from "../../infra/edge/infer-route";
import { API, DB, plan } from "../support/edge/plan";

const TIMEOUTS = { connectMs: 5000, readMs: 60_000, sendMs: 60_000 };
const ROUTE = {
    path: "/", match: "prefix", upstream: { service: "web", port: 80, scheme: "http" }, stream: false, websocket: false,
    timeouts: TIMEOUTS, maxRequestBytes: 10 * 1024 ** 2, headers: {},
};

describe("planEdge", () => {
    it("closes everything where nothing is declared", () => {
        assert.deepEqual(plan(undefined), {
            plan: {
                proxy: "nginx",
                listeners: [{ name: "main", profile: "intermediate", containerPort: 8443, publishedPort: 443 }],
                httpRedirect: { containerPort: 8080, publishedPort: 80 },
                hosts: [{ name: "localhost", listener: "main" }],
                routes: [{ ...ROUTE, stream: true, websocket: true, timeouts: { ...TIMEOUTS, readMs: 3_600_000 } }],
                certificate: { mode: "internal" },
                headers: {
                    strict_transport_security: "max-age=63072000; includeSubDomains",
                    content_security_policy: CSP_PRESETS["ui"],
                    x_content_type_options: "nosniff",
                    x_frame_options: "DENY",
                    referrer_policy: "no-referrer",
                    permissions_policy: "camera=(), geolocation=(), microphone=()",
                    cross_origin_opener_policy: "same-origin",
                    cross_origin_embedder_policy: "require-corp",
                    cross_origin_resource_policy: "same-origin",
                    x_permitted_cross_domain_policies: "none",
                    x_dns_prefetch_control: "off",
                },
                rateLimits: [],
                trustedProxies: [],
            },
            problems: [], changes: [],
            notes: [
                "edge.routes is not declared: / goes to web:80, the service that its authors published",
                "edge.hosts is not declared: only https://localhost is answered, every other name is refused",
            ],
        });
    });

    it("publishes on the loopback address alone where the exposure is local", () => {
        const { plan: made } = plan(undefined, { exposure: "local" });
        assert.deepEqual([...made!.listeners, made!.httpRedirect].map(socket => socket?.hostIp), ["127.0.0.1", "127.0.0.1"]);
    });

    it("takes what is declared", () => {
        const { plan: made, changes, notes } = plan({
            hosts: ["App.Example.com", "*.apps.example.com"],
            tls: { profile: "modern", certificate: "files", certificate_file: "tls/chain.pem", key_file: "/etc/key.pem" },
            redirect_http: false,
            headers: { content_security_policy: "api", x_frame_options: { value: false, reason: "framed by the portal" } },
            routes: [
                { path: "/", service: "web" },
                {
                    path: "/v1/", service: "api", stream: true, max_request: "1.5MB", timeout: "2m",
                    headers: { content_security_policy: { value: "legacy-ui", reason: "inline styles" } },
                },
                { path: "/ws", match: "exact", service: "api", port: 9381, scheme: "https", websocket: true },
            ],
            rate_limits: [{ path: "/v1/login", match: "exact", requests: 5, per: "minute" }, { path: "/v1", requests: 10, per: "second", burst: 20 }],
            uploads: [{ path: "/v1/upload", max_request: "50MB" }],
        });
        const api = { service: "api", port: 9380, scheme: "http" };
        const v1 = {
            path: "/v1", match: "prefix", upstream: api, stream: true, websocket: false, timeouts: { ...TIMEOUTS, readMs: 120_000 },
            maxRequestBytes: 1_500_000, headers: { content_security_policy: CSP_PRESETS["legacy-ui"] },
        };
        assert.deepEqual({
            listeners: made?.listeners, redirect: made?.httpRedirect, hosts: made?.hosts.map(({ name }) => name), certificate: made?.certificate,
            csp: made?.headers.content_security_policy, framing: made?.headers.x_frame_options, routes: made?.routes, limits: made?.rateLimits,
            changes, notes,
        }, {
            listeners: [{ name: "main", profile: "modern", containerPort: 8443, publishedPort: 443 }], redirect: undefined,
            hosts: ["app.example.com", "*.apps.example.com"],
            certificate: { mode: "files", certificateFile: "/system/tls/chain.pem", keyFile: "/etc/key.pem" },
            csp: CSP_PRESETS["api"], framing: undefined,
            routes: [
                { ...v1, path: "/v1/upload", maxRequestBytes: 50_000_000 },
                v1,
                {
                    ...ROUTE, path: "/ws", match: "exact", upstream: { service: "api", port: 9381, scheme: "https" }, websocket: true,
                    timeouts: { ...TIMEOUTS, readMs: 3_600_000 },
                },
                ROUTE,
            ],
            limits: [
                { path: "/v1/login", match: "exact", requests: 5, per: "minute", atOnce: 5, key: "ip" },
                { path: "/v1", match: "prefix", requests: 10, per: "second", atOnce: 30, key: "ip" },
            ],
            changes: [
                { measure: "edge-headers", kind: "opened", what: `header Content-Security-Policy: ${CSP_PRESETS["legacy-ui"]}`, reason: "inline styles" },
                { measure: "edge-headers", kind: "opened", what: "header X-Frame-Options not sent", reason: "framed by the portal" },
            ],
            notes: [],
        });
    });

    it("lets a value that protects as much be declared without a reason", () => {
        const { problems, changes } = plan({
            headers: {
                x_frame_options: "SAMEORIGIN", referrer_policy: "same-origin", cross_origin_embedder_policy: "credentialless",
                strict_transport_security: "max-age=31536000; includeSubDomains; preload",
                content_security_policy: "default-src 'self'; img-src 'self' https://cdn.example.com; frame-ancestors 'none'",
            },
        });
        assert.deepEqual({ problems, changes }, { problems: [], changes: [] });
    });

    describe("infers the way in:", () => {
        const service = (name: string, ...published: EdgeService["published"]): EdgeService => ({ name, role: "application", published, listens: [] });

        it("the service on the host's port 80 before others", () => {
            const services = [service("admin", { port: 3000, hostPort: 3000 }), service("site", { port: 8000, hostPort: 80 })];
            assert.deepEqual(plan(undefined, { services }).plan?.routes[0]?.upstream, { service: "site", port: 8000, scheme: "http" });
        });
        it("the service on other than the loopback address", () => {
            const services = [service("app", { port: 3000, hostPort: 3000 }), service("worker", { port: 3030, hostPort: 3030, hostIp: "127.0.0.1" })];
            assert.deepEqual(plan(undefined, { services }).plan?.routes[0]?.upstream, { service: "app", port: 3000, scheme: "http" });
        });
        it("the service whose name says so", () => {
            const services = [service("engine", { port: 7233, hostPort: 7233 }), service("engine-ui", { port: 8080, hostPort: 8080 })];
            assert.deepEqual(plan(undefined, { services }).plan?.routes[0]?.upstream, { service: "engine-ui", port: 8080, scheme: "http" });
        });
        it("the likeliest of several ports", () => {
            const services = [service("site", { port: 9000 }, { port: 8080 }, { port: 443 })];
            assert.deepEqual(plan(undefined, { services }).plan?.routes[0]?.upstream, { service: "site", port: 8080, scheme: "http" });
        });
        it("TLS on a port of TLS", () => {
            assert.deepEqual(plan(undefined, { services: [service("site", { port: 8443 })] }).plan?.routes[0]?.upstream, {
                service: "site", port: 8443, scheme: "https",
            });
        });
        it("none where nothing was published and no edge declared", () => {
            assert.deepEqual(plan(undefined, { services: [API, DB] }), { problems: [], changes: [], notes: [] });
        });
    });
});
