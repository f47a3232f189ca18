import assert from "node:assert/strict";

import { CSP_PRESETS, HEADERS, HEADER_OPTIONS } from "../../infra/edge/headers";
import { ask, valuesOf } from "../support/edge/client";
import type { Answer } from "../support/edge/client";
import { replacing, startEdge, withEdge, without } from "../support/edge/edge";
import type { TestEdge } from "../support/edge/edge";
import { describeWithNginx } from "../support/edge/suite";

const SAFE: Readonly<Record<string, string>> = Object.fromEntries(HEADER_OPTIONS.map(option => {
    const [header, value] = HEADERS[option];
    return [header, option === "content_security_policy" ? CSP_PRESETS[value] as string : value];
}));

function safeBut(header: string): Record<string, string> {
    return Object.fromEntries(Object.entries(SAFE).filter(([name]) => name !== header));
}

/** Each header of the table exactly once and with the expected value, a request id once, and nothing that reveals. */
function assertHeadersOnce(answer: Answer, expected: Readonly<Record<string, string>> = SAFE): void {
    const got = Object.fromEntries(Object.keys(SAFE).map(header => [header, valuesOf(answer, header)]));
    assert.deepEqual(got, Object.fromEntries(Object.keys(SAFE).map(header => [header, expected[header] === undefined ? [] : [expected[header]]])));
    assert.equal(valuesOf(answer, "X-Request-ID").length, 1);
    assert.match(valuesOf(answer, "X-Request-ID")[0] as string, /^[0-9a-f]{32}$/);
    for (const header of ["X-Powered-By", "X-AspNet-Version", "Content-Security-Policy-Report-Only"]) {
        assert.deepEqual(valuesOf(answer, header), [], header);
    }
    assert.ok(valuesOf(answer, "Server").every(value => value === "nginx"), valuesOf(answer, "Server").join());
}

describeWithNginx("edge, live: headers", () => {
    let edge: TestEdge;
    const get = (path: string, more: object = {}): Promise<Answer> =>
        ask({ port: edge.httpsPort, authority: edge.authority, path, ...more });

    before(async () => {
        edge = await startEdge({
            routes: [
                { path: "/", service: "web" },
                { path: "/api", service: "web", headers: { content_security_policy: "api", x_frame_options: { value: false, reason: "test" } } },
                { path: "/small", service: "web", max_request: 10 },
            ],
        });
    });
    after(() => edge.stop());

    const cases: readonly (readonly [what: string, path: string, status: number])[] = [
        ["an answer of a service that sends them all itself", "/rival", 200],
        ["a service's redirect", "/redirect", 302],
        ["a service's 404", "/404", 404],
        ["a service's 500", "/500", 500],
        ["the edge's own 400", "/%00", 400],
    ];
    for (const [what, path, status] of cases) {
        it(`are sent once on ${what}`, async () => {
            const answer = await get(path);
            assert.equal(answer.status, status);
            assertHeadersOnce(answer);
        });
    }

    it("are sent once on the edge's own 413, as JSON without a version", async () => {
        const answer = await get("/small", { method: "POST", body: "x".repeat(100) });
        assert.equal(answer.status, 413);
        assertHeadersOnce(answer);
        assert.deepEqual(JSON.parse(answer.body), {
            error: "content_too_large", status: 413, request_id: valuesOf(answer, "X-Request-ID")[0],
        });
        assert.deepEqual(valuesOf(answer, "Content-Type"), ["application/json"]);
        assert.deepEqual(valuesOf(answer, "Cache-Control"), ["no-store"]);
    });

    it("are sent once on a 502, as JSON", async () => {
        edge.names.names.set("web", "127.0.0.9");
        try {
            await new Promise(resolve => setTimeout(resolve, 2200));
            const answer = await get("/");
            assert.equal(answer.status, 502);
            assertHeadersOnce(answer);
            assert.equal(JSON.parse(answer.body).error, "bad_gateway");
        } finally {
            edge.names.names.set("web", "127.0.0.1");
            await new Promise(resolve => setTimeout(resolve, 2200));
        }
    });

    it("are sent once on the redirect from HTTP, but for HSTS", async () => {
        const answer = await ask({ port: edge.httpPort, path: "/a?b=c" });
        assert.equal(answer.status, 308);
        assert.deepEqual(valuesOf(answer, "Location"), [`https://app.example.com:${edge.httpsPort}/a?b=c`]);
        assertHeadersOnce(answer, safeBut("Strict-Transport-Security"));
    });

    it("differ on a route that overrides them, its errors included", async () => {
        const expected = { ...safeBut("X-Frame-Options"), "Content-Security-Policy": CSP_PRESETS["api"] as string };
        assertHeadersOnce(await get("/api/rival"), expected);
        assertHeadersOnce(await get("/api/404"), expected);
        assertHeadersOnce(await get("/apis/rival"), SAFE);
    });

    it("make every cookie one for HTTPS only", async () => {
        assert.deepEqual(valuesOf(await get("/cookie"), "Set-Cookie"), ["session=1; HttpOnly; Secure"]);
    });

    describe("without the guarantee the same assertions fail:", () => {
        const spoiled: readonly (readonly [what: string, spoil: ReturnType<typeof without>, path: string])[] = [
            ["a service's duplicates not hidden", without("hide-headers.conf", /proxy_hide_header X-Frame-Options;/), "/rival"],
            ["X-Powered-By not hidden", without("hide-headers.conf", /proxy_hide_header X-Powered-By;/), "/rival"],
            ["no `always`", replacing("response-headers.conf", /nosniff always|(x_content_type_options) always/, "$1"), "/404"],
            ["a header added in a location", replacing("sites/main.conf", /set \$edge_route route-1;/, "$& add_header X-Other 1;"), "/rival"],
        ];
        for (const [what, spoil, path] of spoiled) {
            it(what, () => withEdge({}, { spoil }, async bad => {
                const answer = await ask({ port: bad.httpsPort, authority: bad.authority, path });
                assert.throws(() => assertHeadersOnce(answer), assert.AssertionError);
            }));
        }
    });
});
