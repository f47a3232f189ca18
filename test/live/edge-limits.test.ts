import assert from "node:assert/strict";

import { ask, sendRaw, valuesOf } from "../support/edge/client";
import type { Answer } from "../support/edge/client";
import { replacing, startEdge, withEdge, without } from "../support/edge/edge";
import type { TestEdge } from "../support/edge/edge";
import { describeWithNginx } from "../support/edge/suite";

const LIMITED = {
    rate_limits: [
        { path: "/login", match: "exact" as const, requests: 5, per: "minute" as const },
        { path: "/api", requests: 10, per: "minute" as const, burst: 2 },
    ],
};

const get = (edge: TestEdge, path: string, more: object = {}): Promise<Answer> =>
    ask({ port: edge.httpsPort, authority: edge.authority, path, ...more });

/** Exactly `figure` requests at once are let through; the next is told in JSON when to come again. */
async function assertLimited(edge: TestEdge, path: string, figure: number, retryAfter: number): Promise<void> {
    const statuses: number[] = [];
    for (let count = 0; count < figure; count++) {
        statuses.push((await get(edge, path)).status);
    }
    assert.deepEqual(statuses, Array.from({ length: figure }, () => 200));
    // A made-up address must not make a new bucket.
    const refused = await get(edge, path, { headers: { "X-Forwarded-For": "203.0.113.9", "X-Real-IP": "203.0.113.9" } });
    assert.equal(refused.status, 429);
    assert.deepEqual(valuesOf(refused, "Retry-After"), [String(retryAfter)]);
    assert.deepEqual(valuesOf(refused, "X-Frame-Options"), ["DENY"]);
    assert.deepEqual(JSON.parse(refused.body), {
        error: "too_many_requests", status: 429, request_id: valuesOf(refused, "X-Request-ID")[0],
    });
}

const SIZED = {
    routes: [{ path: "/", service: "web", max_request: "1kB" }],
    uploads: [{ path: "/upload", max_request: "20MB" }],
};

async function assertBodiesBounded(edge: TestEdge): Promise<void> {
    const post = (path: string, bytes: number): Promise<Answer> => get(edge, path, { method: "POST", body: Buffer.alloc(bytes, "x") });
    assert.equal((await post("/", 1000)).status, 200);
    assert.equal((await post("/", 1001)).status, 413);
    assert.equal((await post("/uploads", 1001)).status, 413);
    assert.equal((await post("/upload", 1001)).status, 200);
    assert.equal((await post("/upload/more", 20_000_000)).status, 200);
    assert.equal(edge.upstream.seen.at(-1)?.bytes, 20_000_000);
    const chunked = await sendRaw(edge.httpsPort, edge.authority,
        `POST / HTTP/1.1\r\nHost: app.example.com\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n7d0\r\n${"x".repeat(2000)}\r\n0\r\n\r\n`);
    assert.match(chunked, /^HTTP\/1\.1 413 /);
}

async function assertHeadersBounded(edge: TestEdge): Promise<void> {
    assert.equal((await get(edge, "/", { headers: { "X-Long": "x".repeat(15_000) } })).status, 200);
    const long = await get(edge, "/", { headers: { "X-Long": "x".repeat(17_000) } });
    assert.deepEqual([long.status, JSON.parse(long.body).error], [400, "bad_request"]);
    assert.equal((await get(edge, `/${"x".repeat(17_000)}`)).status, 414);
}

describeWithNginx("edge, live: limits", () => {
    it("lets exactly the figure through, then says when to come again", () => withEdge(LIMITED, {}, async edge => {
        await assertLimited(edge, "/login", 5, 12);
        await assertLimited(edge, "/api/x", 12, 6);
        assert.equal((await get(edge, "/login/other")).status, 200, "another path");
        assert.equal((await get(edge, "/apix")).status, 200, "another path");
        assert.equal((await get(edge, "/%61pi/y")).status, 429, "the same path in other letters");
        assert.equal((await get(edge, "//api/y")).status, 429, "the same path with other slashes");
        assert.deepEqual(valuesOf(await get(edge, "/"), "Retry-After"), []);
    }));

    it("bounds bodies by route and upload, by length and by chunks", () => withEdge(SIZED, {}, assertBodiesBounded));
    it("bounds headers and addresses", () => withEdge({}, {}, assertHeadersBounded));

    it("hangs up on a client that is slow with its headers", async function () {
        this.timeout(20_000);
        const edge = await startEdge({}, { spoil: replacing("conf.d/client.conf", /client_header_timeout 10s/, "client_header_timeout 1s") });
        try {
            const start = Date.now();
            await sendRaw(edge.httpsPort, edge.authority, "GET / HTTP/1.1\r\nHost: ").catch(() => "reset");
            assert.ok(Date.now() - start < 1900, `${Date.now() - start} ms`);
        } finally {
            await edge.stop();
        }
    });

    describe("without the guarantee the same assertions fail:", () => {
        it("no limit", () => withEdge(LIMITED, { spoil: without("rate-limits.conf", /limit_req zone=edge_limit_1[^;]*;/) },
            async edge => { await assert.rejects(assertLimited(edge, "/login", 5, 12), assert.AssertionError); }));
        it("no burst", () => withEdge(LIMITED, { spoil: without("rate-limits.conf", / burst=4 nodelay/) },
            async edge => { await assert.rejects(assertLimited(edge, "/login", 5, 12), assert.AssertionError); }));
        it("another status", () => withEdge(LIMITED, { spoil: without("conf.d/limits.conf", /limit_req_status 429;/) },
            async edge => { await assert.rejects(assertLimited(edge, "/login", 5, 12), assert.AssertionError); }));
        it("a bucket that the client names", () => withEdge(LIMITED, { spoil: replacing("conf.d/limits.conf", /\$binary_remote_addr/, "$http_x_real_ip$remote_addr") },
            async edge => { await assert.rejects(assertLimited(edge, "/login", 5, 12), assert.AssertionError); }));
        it("no bound of bodies", () => withEdge(SIZED, { spoil: replacing("sites/main.conf", /client_max_body_size 1000;/, "client_max_body_size 0;") },
            async edge => { await assert.rejects(assertBodiesBounded(edge), assert.AssertionError); }));
        it("no bound of headers", () => withEdge({}, { spoil: replacing("conf.d/client.conf", /4 16k/, "4 64k") },
            async edge => { await assert.rejects(assertHeadersBounded(edge)); }));
    });
});
