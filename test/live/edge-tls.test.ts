import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { connect as connectHttp2 } from "node:http2";
import { connect } from "node:tls";
import type { ConnectionOptions, TLSSocket } from "node:tls";

import type { NginxFile } from "../../nginx/render";
import { ask, sendRaw, valuesOf } from "../support/edge/client";
import { replacing, startEdge, withEdge } from "../support/edge/edge";
import type { TestEdge } from "../support/edge/edge";
import { describeWithNginx } from "../support/edge/suite";

interface Handshake {
    readonly protocol: string | null;
    readonly cipher: string;
    readonly resumable: boolean;
}

/** Shakes hands and hangs up. Rejects where the server refuses. */
function shake(edge: TestEdge, options: ConnectionOptions = {}): Promise<Handshake> {
    return new Promise((resolve, reject) => {
        const socket: TLSSocket = connect({
            host: "127.0.0.1", port: edge.httpsPort, ca: edge.authority, servername: "app.example.com", ...options,
        }, () => {
            resolve({ protocol: socket.getProtocol(), cipher: socket.getCipher().name, resumable: socket.isSessionReused() });
            socket.destroy();
        });
        socket.on("error", reject);
    });
}

// Node's own OpenSSL must be let down to what the edge must refuse.
const OLD = { ciphers: "DEFAULT:@SECLEVEL=0" };
const TLS11: ConnectionOptions = { ...OLD, minVersion: "TLSv1.1", maxVersion: "TLSv1.1" };
const TLS12: ConnectionOptions = { minVersion: "TLSv1.2", maxVersion: "TLSv1.2" };
const WEAK = ["AES128-SHA", "AES256-GCM-SHA384", "ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES128-SHA256", "DHE-RSA-AES128-GCM-SHA256"];
const STRONG = ["ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305"];

async function assertIntermediate(edge: TestEdge): Promise<void> {
    assert.equal((await shake(edge)).protocol, "TLSv1.3");
    for (const ciphers of STRONG) {
        assert.deepEqual(await shake(edge, { ...TLS12, ciphers }), { protocol: "TLSv1.2", cipher: ciphers, resumable: false });
    }
    for (const cipher of WEAK) {
        await assert.rejects(shake(edge, { ...TLS12, ciphers: `${cipher}:@SECLEVEL=0` }), /alert/, cipher);
    }
    await assert.rejects(shake(edge, TLS11), /alert/);
}

async function assertModern(edge: TestEdge): Promise<void> {
    assert.equal((await shake(edge)).protocol, "TLSv1.3");
    await assert.rejects(shake(edge, TLS12), /alert/);
}

async function assertUnknownRefused(edge: TestEdge): Promise<void> {
    await assert.rejects(shake(edge, { servername: "other.example.com", rejectUnauthorized: false }), /unrecognized name/);
    await assert.rejects(shake(edge, { servername: "", rejectUnauthorized: false }), /unrecognized name/);
    const answer = await ask({
        port: edge.httpsPort, authority: edge.authority, serverName: "app.example.com", host: "other.example.com",
    });
    assert.equal(answer.status, 421);
}

/** The refusing server gets the certificate of the other one. */
function ownCertificateForAll(file: NginxFile): NginxFile {
    const lines = /ssl_certificate .*\n.*ssl_certificate_key .*\n/.exec(file.content)?.[0];
    return lines === undefined ? file : { ...file, content: file.content.replace("ssl_reject_handshake on;", lines) };
}

function http2Status(edge: TestEdge): Promise<number> {
    return new Promise((resolve, reject) => {
        const session = connectHttp2(`https://app.example.com:${edge.httpsPort}`, {
            ca: edge.authority,
            createConnection: () => connect({
                host: "127.0.0.1", port: edge.httpsPort, ca: edge.authority, servername: "app.example.com", ALPNProtocols: ["h2"],
            }),
        });
        session.on("error", reject);
        const stream = session.request({ ":path": "/" });
        stream.on("error", reject);
        stream.on("response", headers => {
            session.destroy();
            resolve(headers[":status"] ?? 0);
        });
    });
}

describeWithNginx("edge, live: TLS", () => {
    describe("intermediate", () => {
        let edge: TestEdge;
        before(async () => { edge = await startEdge({ hosts: ["app.example.com", "*.apps.example.com"] }); });
        after(() => edge.stop());

        it("speaks 1.2 with three suites and 1.3, and nothing else", () => assertIntermediate(edge));
        it("speaks HTTP/2", async () => assert.equal(await http2Status(edge), 200));
        it("refuses an unknown host, and none, in the handshake, and a request for another host on the way", () => assertUnknownRefused(edge));
        it("refuses plain HTTP on the TLS port in JSON", async () => {
            const answer = await ask({ port: edge.httpsPort });
            assert.equal(answer.status, 400);
            assert.equal(JSON.parse(answer.body).error, "bad_request");
        });
        it("answers a host of a wildcard, and no host two levels below", async () => {
            const deep = { port: edge.httpsPort, authority: edge.authority };
            assert.equal((await ask({ ...deep, host: "one.apps.example.com" })).status, 200);
            await assert.rejects(ask({ ...deep, host: "one.two.apps.example.com" }), /ERR_TLS_CERT_ALTNAME_INVALID|does not match/);
        });
        it("starts without a warning", () => assert.doesNotMatch(edge.log(), /\[(warn|error|crit|alert|emerg)\]/));
        it("sends plain HTTP for a known host to HTTPS and refuses any other", async () => {
            const known = await ask({ port: edge.httpPort, path: "/a" });
            assert.deepEqual([known.status, valuesOf(known, "Location")], [308, [`https://app.example.com:${edge.httpsPort}/a`]]);
            const unknown = await ask({ port: edge.httpPort, host: "other.example.com" });
            assert.deepEqual([unknown.status, valuesOf(unknown, "Location")], [421, []]);
        });
        it("gives no session tickets and no renegotiation", function () {
            const { stdout, error } = spawnSync("openssl", [
                "s_client", "-connect", `127.0.0.1:${edge.httpsPort}`, "-servername", "app.example.com", "-tls1_2",
            ], { input: "", encoding: "utf8" });
            if (error !== undefined) {
                console.log("      skipped: no openssl on the PATH");
                this.skip();
            }
            assert.doesNotMatch(stdout, /TLS session ticket:/);
            assert.match(stdout, /Secure Renegotiation IS supported/);
        });
        it("refuses HTTP/2 and HTTP/1.1 to nobody who smuggles a second host", async () => {
            const got = await sendRaw(edge.httpsPort, edge.authority,
                "GET / HTTP/1.1\r\nHost: app.example.com\r\nHost: other.example.com\r\n\r\n");
            assert.match(got, /^HTTP\/1\.1 400 /);
        });
    });

    it("modern speaks 1.3 only", () => withEdge({ tls: { profile: "modern" } }, {}, assertModern));

    it("does not listen for plain HTTP where that is declared", () => withEdge({ redirect_http: false }, {}, async edge => {
        await assert.rejects(ask({ port: edge.httpPort }), /ECONNREFUSED/);
    }));

    describe("without the guarantee the same assertions fail:", () => {
        it("old suites allowed", () => withEdge({}, { spoil: replacing("tls-intermediate.conf", /ssl_ciphers /, "$&AES256-GCM-SHA384:ECDHE-ECDSA-AES128-SHA:") },
            async edge => { await assert.rejects(assertIntermediate(edge), assert.AssertionError); }));
        it("1.2 allowed for modern", () => withEdge({ tls: { profile: "modern" } }, { spoil: replacing("tls-modern.conf", /TLSv1.3;/, "TLSv1.2 TLSv1.3;") },
            async edge => { await assert.rejects(assertModern(edge), assert.AssertionError); }));
        it("handshakes not refused", () => withEdge({}, { spoil: ownCertificateForAll },
            async edge => { await assert.rejects(assertUnknownRefused(edge), assert.AssertionError); }));
        it("a known name enough for every host", () => withEdge({}, { spoil: replacing("sites/main.conf", /return 421;/, "return 200;") },
            async edge => { await assert.rejects(assertUnknownRefused(edge), assert.AssertionError); }));
    });
});
