import assert from "node:assert/strict";
import { generateKeyPairSync, webcrypto } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as x509 from "@peculiar/x509";

import { issueInternalCertificate } from "../../infra/edge/certificate";
import { checkCertificateFiles } from "../../infra/edge/certificate-files";
import type { EdgePlan } from "../../infra/edge/plan";
import { formatProblem } from "../../infra/model/problem";
import { planFor } from "../support/edge/edge";

const AT = new Date("2026-11-21T12:00:00Z");

describe("checkCertificateFiles", () => {
    let folder: string;
    before(() => { folder = mkdtempSync(join(tmpdir(), "certificate-")); });
    after(() => rmSync(folder, { recursive: true }));

    const file = (name: string, content?: string): string => {
        const path = join(folder, name);
        if (content !== undefined) {
            writeFileSync(path, content);
        }
        return path;
    };
    const check = (certificateFile: string, keyFile: string, hosts = ["app.example.com"], at = AT): string[] => {
        const plan: EdgePlan = { ...planFor(80, { hosts }), certificate: { mode: "files", certificateFile, keyFile } };
        return checkCertificateFiles(plan, at, () => undefined).map(formatProblem).map(line => line.replaceAll(`${folder}/`, ""));
    };
    const issue = (hosts: readonly string[], seed = 1) => issueInternalCertificate({ seed: Buffer.alloc(32, seed), hosts, at: AT });

    it("passes a chain and its key", async () => {
        const { chain, key } = await issue(["app.example.com", "*.apps.example.com"]);
        assert.deepEqual(check(file("a.pem", chain), file("a.key", key), ["app.example.com", "*.apps.example.com", "one.apps.example.com"]), []);
    });
    it("reads nothing for other modes", () => {
        assert.deepEqual(checkCertificateFiles(planFor(80), AT, () => undefined), []);
    });
    it("refuses files that are not there", () => {
        assert.deepEqual(check(file("none.pem"), file("none.key")), [
            "edge.tls.certificate_file cannot be read (\"none.pem: ENOENT\"); name a file that can be read here",
            "edge.tls.key_file cannot be read (\"none.key: ENOENT\"); name a file that can be read here",
        ]);
    });
    it("refuses files that hold something else, and does not quote them", () => {
        const text = "-----BEGIN CERTIFICATE-----\nc2VjcmV0\n-----END CERTIFICATE-----\n";
        assert.deepEqual(check(file("x.pem", text), file("x.key", "hunter2")), [
            "edge.tls.certificate_file holds no certificate in PEM (\"x.pem\"); name the chain in PEM, the leaf first",
            "edge.tls.key_file holds no private key in PEM (\"x.key\"); name the private key in PEM",
        ]);
    });
    it("refuses a key with a passphrase", async () => {
        const { chain } = await issue(["app.example.com"]);
        const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
        const pem = privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" }) as string;
        assert.deepEqual(check(file("p.pem", chain), file("p.key", pem)), [
            "edge.tls.key_file holds a key with a passphrase (\"p.key\"); take the passphrase off: the edge starts without anybody to type it",
        ]);
    });
    it("refuses the key of another certificate", async () => {
        const [one, two] = await Promise.all([issue(["app.example.com"], 1), issue(["app.example.com"], 2)]);
        const [problem, ...others] = check(file("o.pem", one.chain), file("o.key", two.key));
        assert.match(problem ?? "", /^edge\.tls\.key_file is not the key of the certificate \("o\.key"\); /);
        assert.deepEqual(others, []);
    });
    it("refuses one that has expired, and one of the future", async () => {
        const { chain, key } = await issue(["app.example.com"]);
        const [pem, pemKey] = [file("e.pem", chain), file("e.key", key)];
        assert.match(check(pem, pemKey, undefined, new Date("2027-06-01")).join(), /^edge\.tls\.certificate_file has expired \("\w{3} .* GMT"\); renew it$/);
        assert.match(check(pem, pemKey, undefined, new Date("2026-01-01")).join(), /^edge\.tls\.certificate_file is not yet valid \("\w{3} .* GMT"\); /);
    });
    it("refuses one that does not cover every host", async () => {
        const { chain, key } = await issue(["app.example.com", "*.apps.example.com"]);
        assert.deepEqual(check(file("c.pem", chain), file("c.key", key), ["app.example.com", "other.example.com", "*.example.com"]), [
            "edge.tls.certificate_file does not cover every host (\"other.example.com, *.example.com\"); use a certificate that names them, or remove them from edge.hosts",
        ]);
    });
    it("refuses a chain out of order", async () => {
        const [one, two] = await Promise.all([issue(["app.example.com"], 1), issue(["app.example.com"], 2)]);
        const leaf = one.chain.slice(0, one.chain.length - one.authority.length);
        assert.deepEqual(check(file("r.pem", leaf + two.authority), file("r.key", one.key)), [
            "edge.tls.certificate_file is not in order (\"certificate 1 is not issued by certificate 2\"); put the leaf first, then the one that issued it, and so on",
        ]);
    });
    it("refuses a weak key", async () => {
        const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 1024 };
        const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
        const certificate = await x509.X509CertificateGenerator.createSelfSigned({
            keys, signingAlgorithm: algorithm, serialNumber: "01", name: "CN=weak", notBefore: new Date("2026-01-01"), notAfter: new Date("2027-01-01"),
            extensions: [new x509.SubjectAlternativeNameExtension([{ type: "dns", value: "app.example.com" }])],
        }, webcrypto);
        const key = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
        assert.deepEqual(check(file("w.pem", certificate.toString("pem")), file("w.key", `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`)), [
            "edge.tls.certificate_file has a weak key (\"RSA 1024\"); use ECDSA P-256, or RSA of 2048 bits or more",
        ]);
    });
});
