import assert from "node:assert/strict";
import { request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";

import { ask, sendRaw, valuesOf } from "../support/edge/client";
import type { Answer } from "../support/edge/client";
import { replacing, startEdge, withEdge, without } from "../support/edge/edge";
import type { TestEdge } from "../support/edge/edge";
import { describeWithNginx } from "../support/edge/suite";
import { startUpstream } from "../support/edge/upstream";

const get = (edge: TestEdge, path: string, more: object = {}): Promise<Answer> =>
    ask({ port: edge.httpsPort, authority: edge.authority, path, ...more });

/** Milliseconds until the first event of ten that are 100 ms apart, and between the first and the last. */
function streamTimes(edge: TestEdge, path: string): Promise<{ first: number; spread: number }> {
    const start = Date.now();
    return new Promise((resolve, reject) => {
        const times: number[] = [];
        const sent = request({
            host: "127.0.0.1", port: edge.httpsPort, ca: edge.authority, servername: "app.example.com", path, headers: { Host: "app.example.com" },
        }, response => {
            response.on("data", () => times.push(Date.now() - start));
            response.on("end", () => resolve({ first: times[0] ?? NaN, spread: (times.at(-1) ?? NaN) - (times[0] ?? NaN) }));
        });
        sent.on("error", reject);
        sent.end();
    });
}

async function assertStreams(edge: TestEdge): Promise<void> {
    const { first, spread } = await streamTimes(edge, "/stream/events");
    assert.ok(first < 300, `first event after ${first} ms`);
    assert.ok(spread > 600, `all events within ${spread} ms`);
}

function upgradeRequest(path: string, protocol: string): string {
    return `GET ${path} HTTP/1.1\r\nHost: app.example.com\r\nUpgrade: ${protocol}\r\nConnection: Upgrade\r\n`
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
}

async function assertNoTunnel(edge: TestEdge): Promise<void> {
    for (const [path, protocol] of [["/", "websocket"], ["/socket", "h2c"]] as const) {
        const got = await sendRaw(edge.httpsPort, edge.authority, upgradeRequest(path, protocol), /\r\n\r\n./);
        assert.match(got, /^HTTP\/1\.1 200 /, `${path} ${protocol}`);
    }
}

const LIES: Readonly<Record<string, string>> = {
    "X-Forwarded-For": "10.1.2.3", "X-Real-IP": "10.1.2.3", "X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil.example.com",
    "X-Forwarded-Port": "1", "Forwarded": "for=10.1.2.3", "X-Original-URL": "/admin", "X-Rewrite-URL": "/admin", "Proxy": "http://evil",
    "Remote-User": "root", "X-Forwarded-User": "root", "X-Auth-Request-User": "root", "X_Real_IP": "10.1.2.3", "X-Request-ID": "mine",
};

async function assertTruthPassedOn(edge: TestEdge): Promise<void> {
    await get(edge, "/headers?q=1", { headers: LIES });
    const { headers, url } = edge.upstream.seen.at(-1)!;
    assert.equal(url, "/headers?q=1");
    const { "x-request-id": id, ...rest } = headers;
    assert.match(String(id), /^[0-9a-f]{32}$/);
    const host = `app.example.com:${edge.httpsPort}`;
    assert.deepEqual(rest, {
        "host": host, "x-real-ip": "127.0.0.1", "x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "https",
        "x-forwarded-host": host, "x-forwarded-port": String(edge.httpsPort), "connection": "close",
    });
}

const DOT_SEGMENTS = ["/public/../admin", "/public/%2e%2e/admin", "/public/..%2fadmin", "/public%2f..%2fadmin", "/public/..%5cadmin", "/public/./x", "/..;/admin", "/.."];

async function assertDotSegmentsRefused(edge: TestEdge): Promise<void> {
    for (const path of DOT_SEGMENTS) {
        const got = await sendRaw(edge.httpsPort, edge.authority, `GET ${path} HTTP/1.1\r\nHost: app.example.com\r\nConnection: close\r\n\r\n`);
        assert.match(got, /^HTTP\/1\.1 400 /, path);
    }
}

async function assertNothingSecretLogged(edge: TestEdge): Promise<void> {
    const token = "planted-token-4711";
    const headers = { Authorization: `Bearer ${token}`, Cookie: `session=${token}`, Referer: `https://app.example.com/?t=${token}` };
    for (const path of ["/?t=", "/404?t=", "/nowhere/502?t=", "/small?t=", "/limited?t=", "/limited?t=", "/%00?t=", "/a/../b?t="]) {
        const post = path.startsWith("/small") ? { method: "POST", body: "x".repeat(100) } : {};
        await get(edge, path + token, { headers, ...post });
    }
    edge.names.names.delete("web");
    await sleep(2200);
    assert.equal((await get(edge, `/?t=${token}`, { headers })).status, 502);
    edge.names.names.set("web", "127.0.0.1");
    await sleep(100);
    assert.ok(!edge.log().includes(token), edge.log().split("\n").find(line => line.includes(token)));
}

describeWithNginx("edge, live: proxy", () => {
    let edge: TestEdge;
    const declaration = {
        routes: [
            { path: "/", service: "web" },
            { path: "/stream", service: "web", stream: true },
            { path: "/socket", service: "web", websocket: true },
            { path: "/small", service: "web", max_request: 10 },
            { path: "/quick", service: "web", timeout: "200ms" },
        ],
        rate_limits: [{ path: "/limited", requests: 1, per: "minute" as const }],
    };
    before(async () => { edge = await startEdge(declaration); });
    after(() => edge.stop());

    it("passes a stream on as it comes", () => assertStreams(edge));

    it("opens a WebSocket where one is declared", async () => {
        const got = await sendRaw(edge.httpsPort, edge.authority, `${upgradeRequest("/socket", "websocket")}hello`, /hello$/);
        assert.match(got, /^HTTP\/1\.1 101 /);
        assert.match(got, /Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=/);
        assert.match(got, /\r\n\r\nhello$/);
    });
    it("opens no WebSocket elsewhere and no h2c anywhere", () => assertNoTunnel(edge));
    it("tells a service the truth about the client", () => assertTruthPassedOn(edge));
    it("refuses paths that the service could read as another", () => assertDotSegmentsRefused(edge));
    it("passes on a path as it was sent", async () => {
        await get(edge, "/a%20b/%E2%82%AC//c..d/.well-known/x?y=%2e%2e/");
        assert.equal(edge.upstream.seen.at(-1)?.url, "/a%20b/%E2%82%AC//c..d/.well-known/x?y=%2e%2e/");
    });
    it("gives up a service that is silent for too long", async () => {
        const answer = await get(edge, "/quick/slow");
        assert.deepEqual([answer.status, JSON.parse(answer.body).error], [504, "gateway_timeout"]);
    });
    it("does not let a service choose another location", async () => {
        const answer = await get(edge, "/elsewhere-inside");
        assert.deepEqual([answer.status, answer.body, valuesOf(answer, "X-Accel-Redirect")], [200, "passed on", []]);
    });
    it("logs a line of JSON a request, and no token", async () => {
        await assertNothingSecretLogged(edge);
        const lines = edge.log().split("\n").filter(line => line.startsWith("{")).map(line => JSON.parse(line) as { details: { path: string } });
        assert.ok(lines.some(({ details }) => details.path === "/a/../b"));
    });

    describe("request smuggling", () => {
        const cases: readonly (readonly [what: string, request: string, status: RegExp])[] = [
            ["both lengths", "POST / HTTP/1.1\r\nHost: app.example.com\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", /^HTTP\/1\.1 400 /],
            ["two lengths", "POST / HTTP/1.1\r\nHost: app.example.com\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde", /^HTTP\/1\.1 400 /],
            ["an unknown coding", "POST / HTTP/1.1\r\nHost: app.example.com\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", /^HTTP\/1\.1 501 /],
            ["two codings", "POST / HTTP/1.1\r\nHost: app.example.com\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", /^HTTP\/1\.1 (400|501) /],
            ["a space before the colon", "POST / HTTP/1.1\r\nHost: app.example.com\r\nContent-Length : 4\r\n\r\nabcd", /^HTTP\/1\.1 400 /],
            ["a chunk that is none", "POST / HTTP/1.1\r\nHost: app.example.com\r\nTransfer-Encoding: chunked\r\n\r\nZ\r\n\r\n", /^HTTP\/1\.1 400 /],
            ["a length that is none", "POST / HTTP/1.1\r\nHost: app.example.com\r\nContent-Length: +4\r\n\r\nabcd", /^HTTP\/1\.1 400 /],
            ["no host", "GET / HTTP/1.1\r\n\r\n", /^HTTP\/1\.1 400 /],
            ["TRACE", "TRACE / HTTP/1.1\r\nHost: app.example.com\r\n\r\n", /^HTTP\/1\.1 405 /],
            ["CONNECT", "CONNECT app.example.com:443 HTTP/1.1\r\nHost: app.example.com\r\n\r\n", /^HTTP\/1\.1 40[05] /],
        ];
        for (const [what, bytes, status] of cases) {
            it(`is refused: ${what}`, async () => {
                const before_ = edge.upstream.seen.length;
                assert.match(await sendRaw(edge.httpsPort, edge.authority, bytes), status);
                assert.equal(edge.upstream.seen.length, before_);
            });
        }
    });

    it("finds a service that comes back at another address", async () => {
        const other = await startUpstream("127.0.0.2", edge.upstream.port);
        try {
            edge.names.names.set("web", "127.0.0.2");
            await sleep(2200);
            assert.equal((await get(edge, "/moved")).status, 200);
            assert.equal(other.seen.at(-1)?.url, "/moved");
        } finally {
            edge.names.names.set("web", "127.0.0.1");
            await other.close();
            await sleep(2200);
        }
    });

    describe("without the guarantee the same assertions fail:", () => {
        const spoiled = [
            ["streams buffered", without("snippets/stream.conf", /proxy_buffering off;/), assertStreams],
            ["every upgrade passed on", replacing("conf.d/proxy.conf", /"~\*\^1:websocket\$" websocket;/, "\"~*^[01]:(?<edge_any>.+)$\" $edge_any;"), assertNoTunnel],
            ["the client's word passed on", replacing("proxy-request.conf", /X-Forwarded-For \$remote_addr/, "X-Forwarded-For $proxy_add_x_forwarded_for"), assertTruthPassedOn],
            ["a sign-in header passed on", without("proxy-request.conf", /proxy_set_header Remote-User "";/), assertTruthPassedOn],
            ["dot segments let through", without("snippets/guard.conf", /return 400;/), assertDotSegmentsRefused],
            ["queries logged", replacing("conf.d/log.conf", /\$edge_log_path"/, "$request_uri\""), assertNothingSecretLogged],
            ["the error log not bounded", replacing("conf.d/log.conf", /error_log stderr crit/, "error_log stderr info"), assertNothingSecretLogged],
        ] as const;
        for (const [what, spoil, assertion] of spoiled) {
            it(what, () => withEdge(declaration, { spoil }, async bad => {
                await assert.rejects(assertion(bad), assert.AssertionError);
            }));
        }
    });
});
