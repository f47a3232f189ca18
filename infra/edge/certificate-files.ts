import { createPrivateKey, X509Certificate } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";

import type { Locate, Problem } from "../model/problem";
import type { EdgePlan } from "./plan";
import { reportTo } from "./report";
import type { Report } from "./report";

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const LEAST_RSA_BITS = 2048;

/**
 * Reads the certificate and the key of a plan with `certificate: files` and gives what would keep clients out: a file
 * that is not there, a key of another certificate, an expired or foreign one. Nothing for other modes. A key's content
 * is in no problem.
 */
export function checkCertificateFiles({ certificate, hosts }: EdgePlan, at: Date, locate: Locate): readonly Problem[] {
    if (certificate.mode !== "files") {
        return [];
    }
    const problems: Problem[] = [];
    const report = reportTo(problems, locate);
    const chain = readChain(certificate.certificateFile, report);
    const key = readKey(certificate.keyFile, report);
    const [leaf] = chain;
    if (leaf !== undefined) {
        checkLeaf(leaf, hosts.map(({ name }) => name), at, report);
        checkOrder(chain, report);
    }
    if (leaf !== undefined && key !== undefined && !leaf.checkPrivateKey(key)) {
        report(["tls", "key_file"], "is not the key of the certificate", {
            got: certificate.keyFile, remedy: `name the key that ${certificate.certificateFile} was made for, and put the leaf first in it`,
        });
    }
    return problems;
}

function readChain(file: string, report: Report): X509Certificate[] {
    const text = readText(file, "certificate_file", report);
    if (text === undefined) {
        return [];
    }
    try {
        const certificates = [...text.matchAll(PEM_CERTIFICATE)].map(([pem]) => new X509Certificate(pem));
        if (certificates.length > 0) {
            return certificates;
        }
    } catch {
        // Said below: a block that is no certificate is as good as none.
    }
    report(["tls", "certificate_file"], "holds no certificate in PEM", { got: file, remedy: "name the chain in PEM, the leaf first" });
    return [];
}

function readKey(file: string, report: Report): KeyObject | undefined {
    const text = readText(file, "key_file", report);
    if (text === undefined) {
        return undefined;
    }
    try {
        return createPrivateKey(text);
    } catch {
        const encrypted = /ENCRYPTED/.test(text);
        report(["tls", "key_file"], encrypted ? "holds a key with a passphrase" : "holds no private key in PEM", {
            got: file,
            remedy: encrypted ? "take the passphrase off: the edge starts without anybody to type it" : "name the private key in PEM",
        });
        return undefined;
    }
}

function readText(file: string, key: "certificate_file" | "key_file", report: Report): string | undefined {
    try {
        return readFileSync(file, "utf8");
    } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        report(["tls", key], "cannot be read", { got: `${file}: ${code ?? "unknown"}`, remedy: "name a file that can be read here" });
        return undefined;
    }
}

function checkLeaf(leaf: X509Certificate, hosts: readonly string[], at: Date, report: Report): void {
    const path = ["tls", "certificate_file"];
    if (at > new Date(leaf.validTo)) {
        report(path, "has expired", { got: leaf.validTo, remedy: "renew it" });
    }
    if (at < new Date(leaf.validFrom)) {
        report(path, "is not yet valid", { got: leaf.validFrom, remedy: "use one that is valid now" });
    }
    const { asymmetricKeyType: type, asymmetricKeyDetails: details } = leaf.publicKey;
    if (type?.startsWith("rsa") === true && (details?.modulusLength ?? 0) < LEAST_RSA_BITS) {
        report(path, "has a weak key", { got: `RSA ${details?.modulusLength}`, remedy: `use ECDSA P-256, or RSA of ${LEAST_RSA_BITS} bits or more` });
    }
    const missing = hosts.filter(host => !covers(leaf, host));
    if (missing.length > 0) {
        report(path, "does not cover every host", { got: missing.join(", "), remedy: "use a certificate that names them, or remove them from edge.hosts" });
    }
}

/** A wildcard host needs that very wildcard in the certificate. */
function covers(leaf: X509Certificate, host: string): boolean {
    return host.startsWith("*.")
        ? (leaf.subjectAltName ?? "").toLowerCase().split(", ").includes(`dns:${host}`)
        : leaf.checkHost(host, { subject: "never" }) !== undefined;
}

/** Each certificate must be issued by the next: some clients do not look further. */
function checkOrder(chain: readonly X509Certificate[], report: Report): void {
    const broken = chain.findIndex((certificate, at) => {
        const next = chain[at + 1];
        return next !== undefined && !certificate.checkIssued(next);
    });
    if (broken >= 0) {
        report(["tls", "certificate_file"], "is not in order", {
            got: `certificate ${broken + 1} is not issued by certificate ${broken + 2}`,
            remedy: "put the leaf first, then the one that issued it, and so on",
        });
    }
}
