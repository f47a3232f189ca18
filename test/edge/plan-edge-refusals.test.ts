import assert from "node:assert/strict";

import type { EdgeInput } from "../../infra/edge/plan-edge";
import type { EdgeDeclaration } from "../../infra/model/edge-declaration";
import { formatProblem } from "../../infra/model/problem";
import { API, DB, plan, WEB } from "../support/edge/plan";

function problemsOf(declaration: EdgeDeclaration | undefined, more: Partial<EdgeInput> = {}): string[] {
    const { plan: made, problems } = plan(declaration, more);
    assert.equal(made, undefined);
    return problems.map(formatProblem);
}

describe("planEdge refuses", () => {
    const cases: Readonly<Record<string, readonly [declaration: EdgeDeclaration, ...problems: string[]]>> = {
        "what this version does not realise": [
            {
                proxy: "traefik", cors: { origins: ["https://a.example"] }, waf: { paranoia: 1 }, authentication: { mode: "oidc" },
                trusted_proxies: ["10.0.0.1"], access_log: {},
            },
            "edge.cors is not yet supported by this version; remove it",
            "edge.waf is not yet supported by this version; remove it",
            "edge.authentication is not yet supported by this version; remove it",
            "edge.trusted_proxies is not yet supported by this version; remove it",
            "edge.access_log is not yet supported by this version; remove it",
            "edge.proxy is not yet supported by this version (\"traefik\"); use nginx",
        ],
        "certificates that it cannot get": [
            { tls: { certificate: "acme" } },
            "edge.tls.certificate is not yet supported by this version (\"acme\"); use internal or files",
        ],
        "files without names": [
            { tls: { certificate: "files" } },
            "edge.tls.certificate_file is not declared; name the PEM file, or use certificate: internal",
            "edge.tls.key_file is not declared; name the PEM file, or use certificate: internal",
        ],
        "files that nobody would read": [
            { tls: { key_file: "k.pem" } },
            "edge.tls.key_file is only used with certificate: files (\"k.pem\"); remove it, or write certificate: files",
        ],
        "hosts that are none": [
            { hosts: ["10.0.0.1", "a b", "a.example.com", "A.example.com", "*", "exa$mple.com", "x;}"] },
            "edge.hosts[0] is not a host name (\"10.0.0.1\"); write a DNS name such as app.example.com (clients send no name for an address), in punycode",
            "edge.hosts[1] is not a host name (\"a b\"); write a DNS name such as app.example.com (clients send no name for an address), in punycode",
            "edge.hosts[3] is declared twice (\"A.example.com\"); keep one of them",
            "edge.hosts[4] is not a host name (\"*\"); write a DNS name such as app.example.com (clients send no name for an address), in punycode",
            "edge.hosts[5] is not a host name (\"exa$mple.com\"); write a DNS name such as app.example.com (clients send no name for an address), in punycode",
            "edge.hosts[6] is not a host name (\"x;}\"); write a DNS name such as app.example.com (clients send no name for an address), in punycode",
        ],
        "no hosts": [{ hosts: [] }, "edge.hosts is empty; name the hosts, e.g. [app.example.com], or remove it for localhost"],
        "routes to nowhere": [
            { routes: [{ path: "/", service: "nobody" }, { path: "/a", service: "web", port: 70_000 }] },
            "edge.routes[0].service is not a service of the application (\"nobody\"); use one of web, api, db",
            "edge.routes[1].port is not a port (70000); write a number from 1 to 65535",
        ],
        "a way to what must stay apart": [
            { routes: [{ path: "/", service: "db" }] },
            "edge.routes[0].service is of role data, which the edge does not meet (\"db\"); route to an application, or write services: { db: { role: application } }",
        ],
        "one path twice": [
            { routes: [{ path: "/v1", service: "web" }, { path: "/v1/", service: "api" }] },
            "edge.routes[1].path is declared twice (\"/v1/\"); keep one of them",
        ],
        "sizes and times that are none": [
            { routes: [{ path: "/", service: "web", max_request: "much", timeout: "soon" }] },
            "edge.routes[0].max_request is not a size (\"much\"); write bytes or a text such as 50MB, up to 100GB",
            "edge.routes[0].timeout is not a time (\"soon\"); write seconds or a text such as 90s or 5m, up to 24h",
        ],
        "weaker headers without a reason": [
            { headers: { x_frame_options: "ALLOWALL", referrer_policy: { value: false, reason: " " }, content_security_policy: "default-src *; frame-ancestors 'none'" } },
            "edge.headers.x_frame_options weakens X-Frame-Options without a reason (\"ALLOWALL\"); write { value: \"ALLOWALL\", reason: \"…\" }",
            "edge.headers.referrer_policy removes Referrer-Policy without a reason (false); write { value: false, reason: \"…\" }",
            "edge.headers.content_security_policy weakens Content-Security-Policy without a reason (\"default-src *; frame-ancestors 'none'\"); write { value: \"default-src *; frame-ancestors 'none'\", reason: \"…\" }",
        ],
        "a policy that is a misspelt name": [
            { headers: { content_security_policy: "legacy" } },
            "edge.headers.content_security_policy is not a content security policy (\"legacy\"); write directives, or one of ui, api, legacy-ui",
        ],
        "limits that nginx cannot count": [
            { rate_limits: [{ path: "/a", requests: 3, per: "hour" }, { path: "/b", requests: 0.5, per: "minute", key: "user" }] },
            "edge.rate_limits[0].per is not yet supported by this version (\"hour\"); use second or minute",
            "edge.rate_limits[1].requests is not a number of requests (0.5); write a whole number from 1 to 100000",
            "edge.rate_limits[1].key is not yet supported by this version (\"user\"); use ip",
        ],
        "uploads that no route covers, and rules for files": [
            { routes: [{ path: "/v1", service: "api" }], uploads: [{ path: "/v10", types: ["pdf"] }] },
            "edge.uploads[0].types is not yet supported by this version; remove it",
            "edge.uploads[0].path is on no route (\"/v10\"); add a route that covers it to edge.routes",
        ],
    };
    for (const [what, [declaration, ...problems]] of Object.entries(cases)) {
        it(what, () => assert.deepEqual(problemsOf(declaration), problems));
    }

    it("paths that are more than a path", () => {
        for (const path of ["", "v1", "/a b", "/a;}", "/a{", "/$uri", "/a\nb", "/a\"", "/a'", "/../a", "/a/./b", "/a//b", "/a/..", "/a?b", "/a#b", "/%61", "/ä", "/a\\b", `/${"x".repeat(2000)}`]) {
            const [problem, ...others] = problemsOf({ routes: [{ path, service: "web" }] });
            assert.match(problem ?? "", /^edge\.routes\[0\]\.path is not a path \(/, path);
            assert.deepEqual(others, []);
        }
    });

    it("header values that are more than a value", () => {
        for (const value of ["a\nb", "a\r\nSet-Cookie: x=1", "$host", "a\0", "ä", " a", "", "x".repeat(4000)]) {
            const [problem, ...others] = problemsOf({ headers: { permissions_policy: { value, reason: "test" } } });
            assert.match(problem ?? "", /^edge\.headers\.permissions_policy is not a header's value \(/, JSON.stringify(value));
            assert.deepEqual(others, []);
        }
        assert.match(problemsOf({ headers: { "x_evil; return 200": "1" } })[0] ?? "", /is not a header that the edge sets; use one of/);
    });

    it("to guess between two services, and names the line to write", () => {
        const services = [{ ...WEB, name: "shop" }, { ...API, published: [{ port: 9380, hostPort: 9380 }] }];
        assert.deepEqual(problemsOf(undefined, { services }), [
            "edge.routes is not declared and more than one service was published (\"shop:80, api:9380\"); write routes: [{ path: /, service: shop, port: 80 }]",
        ]);
    });

    it("a declared edge in front of nothing", () => {
        assert.deepEqual(problemsOf({}, { services: [DB] }), [
            "edge.routes is not declared and no service was published; write routes: [{ path: /, service: <name>, port: <number> }]",
        ]);
    });

    it("a route without a port where it cannot be known", () => {
        const services = [{ ...WEB, listens: [80, 443] }];
        assert.deepEqual(problemsOf({ routes: [{ path: "/", service: "web" }] }, { services }), [
            "edge.routes[0] names no port and the service does not listen on exactly one (\"80, 443\"); write port: <number>",
        ]);
    });

    it("with the place of the value, or of what it should stand in", () => {
        const locate: EdgeInput["locate"] = path => path.join(".") === "edge.tls" ? { file: "hardening.yaml", line: 4, column: 3 } : undefined;
        assert.match(problemsOf({ tls: { certificate: "files", key_file: "k" } }, { locate })[0] ?? "", /^hardening\.yaml:4:3 edge\.tls\.certificate_file /);
    });
});
