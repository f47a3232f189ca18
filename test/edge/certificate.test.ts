import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { connect, createServer } from "node:tls";
import { isIP } from "node:net";
import type { AddressInfo } from "node:net";

import { issueInternalCertificate } from "../../infra/edge/certificate";
import type { CertificateRequest, IssuedCertificate } from "../../infra/edge/certificate";
import { deriveKey } from "../../infra/edge/derived-key";

const DAY_MS = 86_400_000;
const SEED = Buffer.alloc(32, 7);
const AT = new Date("2026-11-21T12:00:00Z");
const HOSTS = ["app.example.com", "*.apps.example.com", "10.0.0.7", "2001:db8::7"];

const issue = (request: Partial<CertificateRequest> = {}): Promise<IssuedCertificate> =>
    issueInternalCertificate({ seed: SEED, hosts: HOSTS, at: AT, ...request });

/** Shakes hands with a server that has this certificate; what a real client says of it. */
async function shake({ chain, key }: IssuedCertificate, authority: string, host: string): Promise<string> {
    const server = createServer({ cert: chain, key }, socket => socket.on("error", () => socket.destroy()).resume());
    server.on("tlsClientError", (_error, socket) => socket.destroy());
    await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
    try {
        return await new Promise<string>(resolve => {
            const socket = connect({ host: "127.0.0.1", port: (server.address() as AddressInfo).port, servername: isIP(host) ? "" : host, ca: authority }, () => {
                resolve("ok");
                socket.destroy();
            });
            socket.on("error", error => {
                resolve(error.message);
                socket.destroy();
            });
        });
    } finally {
        server.close();
    }
}

describe("issueInternalCertificate", () => {
    it("issues what browsers take: P-256, 90 days, the hosts as alternative names, for servers only", async () => {
        const { chain, key, authority, notAfter, renewAfter } = await issue();
        const [leaf, ca] = chain.split(/(?<=-----END CERTIFICATE-----\n)/).map(pem => new X509Certificate(pem));
        assert.deepEqual({
            names: leaf?.subjectAltName, ca: leaf?.ca, usage: leaf?.keyUsage, curve: leaf?.publicKey.asymmetricKeyDetails,
            days: (new Date(leaf!.validTo).getTime() - new Date(leaf!.validFrom).getTime()) / DAY_MS,
            valid: new Date(leaf!.validFrom) <= AT && AT < new Date(leaf!.validTo),
            ends: notAfter.getTime() === new Date(leaf!.validTo).getTime(), renewsBefore: renewAfter > AT && renewAfter < notAfter,
            issued: leaf?.checkIssued(ca!), signed: leaf?.verify(ca!.publicKey), fits: leaf?.checkPrivateKey(createPrivateKey(key)),
            sends: ca?.toString() === new X509Certificate(authority).toString(), isAuthority: ca?.ca,
        }, {
            names: "DNS:app.example.com, DNS:*.apps.example.com, IP Address:10.0.0.7, IP Address:2001:DB8:0:0:0:0:0:7", ca: false,
            usage: ["1.3.6.1.5.5.7.3.1"], curve: { namedCurve: "prime256v1" }, days: 90, valid: true, ends: true, renewsBefore: true,
            issued: true, signed: true, fits: true, sends: true, isAuthority: true,
        });
    });

    it("gives the same texts again within its window of 30 days, so that a second deployment changes nothing", async () => {
        const first = await issue();
        assert.deepEqual(await issue({ at: new Date(first.renewAfter.getTime() - 1) }), first);
    });

    it("gives another key and certificate in the next window, of the same authority", async () => {
        const first = await issue();
        const next = await issue({ at: first.renewAfter });
        assert.notEqual(next.key, first.key);
        assert.notEqual(next.chain, first.chain);
        assert.equal(next.authority, first.authority);
    });

    it("leaves a month between the end of its window and the end of the certificate", async () => {
        const { notAfter, renewAfter } = await issue();
        assert.equal((notAfter.getTime() - renewAfter.getTime()) / DAY_MS, 60);
    });

    it("gives another authority for another seed", async () => {
        const [first, other] = await Promise.all([issue(), issue({ seed: Buffer.alloc(32, 8) })]);
        assert.notEqual(new X509Certificate(first.authority).publicKey, new X509Certificate(other.authority).publicKey);
        assert.match(await shake(await issue({ at: new Date() }), other.authority, "app.example.com"), /self-signed certificate in certificate chain/);
    });

    it("is taken by a real client for its hosts and no other", async () => {
        const now = await issue({ at: new Date() });
        assert.equal(await shake(now, now.authority, "app.example.com"), "ok");
        assert.equal(await shake(now, now.authority, "one.apps.example.com"), "ok");
        assert.match(await shake(now, now.authority, "other.example.com"), /does not match certificate's altnames/);
    });

    it("has an authority that can vouch for no other host, whoever gets its key", async () => {
        const own = await issue({ at: new Date() });
        const foreign = await issue({ at: new Date(), hosts: ["bank.example.net"] });
        // Both are signed by one key: what differs is what each authority's certificate permits.
        assert.match(await shake(foreign, own.authority, "bank.example.net"), /permitted subtree violation/);
        const named = await issue({ at: new Date(), hosts: ["app.example.com"] });
        const address = await issue({ at: new Date(), hosts: ["192.0.2.1"] });
        assert.match(await shake(address, named.authority, "192.0.2.1"), /excluded subtree violation/);
    });

    it("needs a host and 32 bytes of seed", async () => {
        await assert.rejects(issue({ hosts: [] }), /a certificate needs a host/);
        await assert.rejects(issue({ seed: Buffer.alloc(31) }), /a seed needs at least 32 bytes \(31\)/);
    });

    it("keeps keys of one seed apart by their purpose", () => {
        assert.notEqual(deriveKey(SEED, "authority").pem, deriveKey(SEED, "leaf 1").pem);
        assert.equal(deriveKey(SEED, "leaf 1").pem, deriveKey(SEED, "leaf 1").pem);
    });
});
