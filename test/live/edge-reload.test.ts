import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { chmodSync, utimesSync, writeFileSync } from "node:fs";
import { Agent } from "node:https";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "node:tls";

import { issueInternalCertificate } from "../../infra/edge/certificate";
import type { IssuedCertificate } from "../../infra/edge/certificate";
import { ask, valuesOf } from "../support/edge/client";
import type { Answer } from "../support/edge/client";
import { planFor, replacing, startEdge, withEdge } from "../support/edge/edge";
import type { TestEdge } from "../support/edge/edge";
import { findNginx } from "../support/edge/nginx";
import { describeWithNginx } from "../support/edge/suite";
import { hasInheritedCertificates, hasKeepaliveMinTimeout } from "../../nginx/build";

interface Load {
    readonly onNewConnections: number;
    readonly onKeptConnections: number;
    /** Requests on a kept connection that was being closed: a client sends those again (RFC 9112, 9.3.1). */
    readonly sentAgain: number;
    readonly failures: readonly string[];
}

/** Asks without pause, on new connections and on kept ones, quick answers and slow ones, until `stop` resolves. */
async function load(edge: TestEdge, authority: string, stop: Promise<unknown>): Promise<Load> {
    let running = true;
    const counts = { onNewConnections: 0, onKeptConnections: 0, sentAgain: 0 };
    const failures: string[] = [];
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    const once = (path: string, kept: boolean): Promise<Answer> =>
        ask({ port: edge.httpsPort, authority, path, ...(kept && { agent }) });
    const again = (error: NodeJS.ErrnoException, path: string): Promise<Answer> => {
        if (error.code !== "ECONNRESET" && error.code !== "EPIPE") {
            throw error;
        }
        counts.sentAgain++;
        return once(path, true);
    };
    const worker = async (path: string, kept: boolean): Promise<void> => {
        while (running) {
            try {
                const { status } = await (kept ? once(path, true).catch(error => again(error, path)) : once(path, false));
                counts[kept ? "onKeptConnections" : "onNewConnections"]++;
                if (status !== 200) {
                    failures.push(`${path} ${status}`);
                }
            } catch (error) {
                failures.push(`${path} ${kept ? "kept" : "new"} ${String(error)}`);
            }
        }
    };
    const workers = [worker("/", false), worker("/slow", false), worker("/", true), worker("/slow", true), worker("/events", false)];
    await stop;
    running = false;
    await Promise.all(workers);
    agent.destroy();
    return { ...counts, failures };
}

/** Reloads five times under load, each time with another configuration and another certificate. */
async function reloadUnderLoad(edge: TestEdge): Promise<Load> {
    const certificates = await Promise.all([2, 3].map(byte => issueInternalCertificate({
        seed: Buffer.alloc(32, byte), hosts: ["app.example.com"], at: new Date(),
    })));
    const trusted = [edge.authority, ...certificates.map(({ authority }) => authority)].join("");
    const reloads = async (): Promise<void> => {
        for (let count = 0; count < 5; count++) {
            await sleep(400);
            const { chain, key } = certificates[count % 2] as IssuedCertificate;
            edge.install(chain, key);
            edge.write(planFor(edge.upstream.port, { headers: { referrer_policy: count % 2 === 0 ? "same-origin" : "no-referrer" } }));
            assert.deepEqual(edge.reload(), { status: 0, output: "" });
        }
        await sleep(400);
    };
    return load(edge, trusted, reloads());
}

function serialOf(edge: TestEdge): Promise<string> {
    return new Promise((resolve, reject) => {
        const socket = connect({ host: "127.0.0.1", port: edge.httpsPort, servername: "app.example.com", rejectUnauthorized: false }, () => {
            resolve(new X509Certificate(socket.getPeerCertificate().raw).serialNumber);
            socket.destroy();
        });
        socket.on("error", reject);
    });
}

async function until(condition: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; tries < 200 && !await condition(); tries++) {
        await sleep(50);
    }
}

/** A certificate that takes the place of the old one in the same file, with the same time of change, is taken. */
async function assertTakenInPlace(edge: TestEdge): Promise<void> {
    const files = [join(edge.directory, "secrets/chain.pem"), join(edge.directory, "secrets/key.pem")];
    const write = async (byte: number): Promise<string> => {
        const { chain, key } = await issueInternalCertificate({ seed: Buffer.alloc(32, byte), hosts: ["app.example.com"], at: new Date() });
        for (const [file, content] of [[files[0] as string, chain], [files[1] as string, key]] as const) {
            chmodSync(file, 0o600);
            writeFileSync(file, content);
            utimesSync(file, 0, 0);
        }
        assert.equal(edge.reload().status, 0);
        return new X509Certificate(chain).serialNumber;
    };
    for (const byte of [10, 11, 12]) {
        const serial = await write(byte);
        await until(async () => await serialOf(edge) === serial);
        assert.equal(await serialOf(edge), serial);
    }
}

describeWithNginx("edge, live: reload", () => {
    it("drops no request, takes the new configuration and the new certificate", () => withEdge({}, {}, async edge => {
        const serial = await serialOf(edge);
        const result = await reloadUnderLoad(edge);
        console.log(`      ${JSON.stringify({ ...result, failures: result.failures.length })}`);
        assert.deepEqual(result.failures, []);
        assert.ok(result.onNewConnections > 50 && result.onKeptConnections > 50);
        if (hasKeepaliveMinTimeout(findNginx()!.build)) {
            assert.equal(result.sentAgain, 0);
        }
        const { authority } = await issueInternalCertificate({ seed: Buffer.alloc(32, 2), hosts: ["app.example.com"], at: new Date() });
        // The old workers go a moment after the new ones came, and later on a busy machine.
        await until(() => ask({ port: edge.httpsPort, authority }).then(() => true, () => false));
        assert.notEqual(await serialOf(edge), serial);
        const answer = await ask({ port: edge.httpsPort, authority });
        assert.deepEqual(valuesOf(answer, "Referrer-Policy"), ["same-origin"]);
    })).timeout(60_000);

    describe("what nginx does not accept is not taken:", () => {
        let edge: TestEdge;
        before(async () => { edge = await startEdge(); });
        after(() => edge.stop());

        it("a key of another certificate", async () => {
            const serial = await serialOf(edge);
            const seeds = [Buffer.alloc(32, 5), Buffer.alloc(32, 6)];
            const [one, two] = await Promise.all(seeds.map(seed => issueInternalCertificate({ seed, hosts: ["app.example.com"], at: new Date() })));
            edge.install(one!.chain, two!.key);
            const { status, output } = edge.reload();
            assert.equal(status, 1);
            assert.match(output, /key values mismatch/);
            assert.equal(await serialOf(edge), serial);

            process.kill(edge.pid, "SIGHUP");
            await sleep(500);
            assert.equal(await serialOf(edge), serial, "by the bare signal neither");

            edge.install(one!.chain, one!.key);
            assert.equal(edge.reload().status, 0);
            await until(async () => await serialOf(edge) !== serial);
            assert.notEqual(await serialOf(edge), serial);
        });
    });

    it("takes a certificate that was replaced in place", () => withEdge({}, {}, assertTakenInPlace)).timeout(60_000);

    it("without the guarantee the same assertion fails: certificates inherited", function () {
        if (!hasInheritedCertificates(findNginx()!.build)) {
            console.log("      skipped: this nginx inherits no certificates");
            this.skip();
        }
        return withEdge({}, { spoil: replacing("/build.conf", /ssl_object_cache_inheritable off;/, "") },
            async edge => { await assert.rejects(assertTakenInPlace(edge), assert.AssertionError); });
    }).timeout(60_000);

    it("without the guarantee the same load fails: old workers end at once", () => withEdge(
        {}, { spoil: replacing("/nginx.conf", /worker_shutdown_timeout 1h/, "worker_shutdown_timeout 1ms") },
        async edge => { assert.notDeepEqual((await reloadUnderLoad(edge)).failures, []); },
    )).timeout(60_000);
});
