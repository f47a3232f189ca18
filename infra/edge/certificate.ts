import { createHash } from "node:crypto";
import type { webcrypto } from "node:crypto";
import { isIPv4, isIPv6 } from "node:net";

import { AsnConvert } from "@peculiar/asn1-schema";
import { GeneralName, GeneralSubtree, GeneralSubtrees, NameConstraints } from "@peculiar/asn1-x509";
import * as x509 from "@peculiar/x509";

import { deriveKey } from "./derived-key";
import type { DerivedKey } from "./derived-key";

export interface CertificateRequest {
    /** At least 32 random bytes, secret. Who holds it can issue for the hosts; whoever keeps it keeps the authority. */
    readonly seed: Uint8Array;
    /** DNS names, `*.` may lead, and addresses; at least one. */
    readonly hosts: readonly string[];
    /** When it is issued. */
    readonly at: Date;
}

/** In PEM. Only `key` is secret. */
export interface IssuedCertificate {
    /** What the server sends: the leaf, then the authority's certificate. */
    readonly chain: string;
    readonly key: string;
    /** What clients trust. */
    readonly authority: string;
    readonly notAfter: Date;
    /** From when on a request gives the next certificate. */
    readonly renewAfter: Date;
}

const DAY_MS = 86_400_000;
/** A leaf lives 90 days, the most that Mozilla's modern profile recommends, and is replaced after 30. */
const LEAF_DAYS = 90;
const RENEW_DAYS = 30;
const AUTHORITY_YEARS = 10;
const AUTHORITY_RENEW_YEARS = 5;
const AUTHORITY_NAME = "CN=Portcullis internal authority";
const ECDSA = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/**
 * Issues a certificate of the toolkit's own authority. It follows from the request alone: asked again with the same seed
 * and hosts within a window of 30 days it gives the same texts, so that a second deployment changes nothing, and the
 * seed is all that has to be kept. The authority may sign for these hosts only, so that trusting it trusts nothing else.
 */
export async function issueInternalCertificate({ seed, hosts, at }: CertificateRequest): Promise<IssuedCertificate> {
    if (hosts.length === 0) {
        throw new Error("a certificate needs a host");
    }
    const window = Math.floor(at.getTime() / (RENEW_DAYS * DAY_MS));
    const notBefore = new Date(window * RENEW_DAYS * DAY_MS);
    const notAfter = new Date(notBefore.getTime() + LEAF_DAYS * DAY_MS);
    const authorityKey = deriveKey(seed, "authority");
    const leafKey = deriveKey(seed, `leaf ${window}`);
    const authority = await issueAuthority(authorityKey, hosts, at);
    const leaf = await issue({
        subject: "CN=Portcullis edge", subjectKey: leafKey, signer: authorityKey, notBefore, notAfter,
        extensions: [
            new x509.BasicConstraintsExtension(false, undefined, true),
            new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
            new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
            new x509.SubjectAlternativeNameExtension(hosts.map(host => ({ type: isAddress(host) ? "ip" : "dns", value: host }))),
        ],
    });
    const renewAfter = new Date(notBefore.getTime() + RENEW_DAYS * DAY_MS);
    return { chain: leaf + authority, key: leafKey.pem, authority, notAfter, renewAfter };
}

async function issueAuthority(key: DerivedKey, hosts: readonly string[], at: Date): Promise<string> {
    const year = Math.floor(at.getUTCFullYear() / AUTHORITY_RENEW_YEARS) * AUTHORITY_RENEW_YEARS;
    return issue({
        subject: AUTHORITY_NAME, subjectKey: key, signer: key,
        notBefore: new Date(Date.UTC(year, 0, 1)), notAfter: new Date(Date.UTC(year + AUTHORITY_YEARS, 0, 1)),
        extensions: [
            new x509.BasicConstraintsExtension(true, 0, true),
            new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
            new x509.Extension("2.5.29.30", true, AsnConvert.serialize(nameConstraints(hosts))),
        ],
    });
}

interface Issue {
    readonly subject: string;
    readonly subjectKey: DerivedKey;
    readonly signer: DerivedKey;
    readonly notBefore: Date;
    readonly notAfter: Date;
    readonly extensions: readonly x509.Extension[];
}

async function issue({ subject, subjectKey, signer, notBefore, notAfter, extensions }: Issue): Promise<string> {
    const serial = createHash("sha256").update(subjectKey.spki).update(notBefore.toISOString())
        .update(Buffer.concat(extensions.map(({ rawData }) => Buffer.from(rawData)))).digest("hex");
    const certificate = await x509.X509CertificateGenerator.create({
        // A positive number whatever the hash: the first bits are 01.
        serialNumber: (0x40 | Number.parseInt(serial.slice(0, 2), 16) & 0x3f).toString(16) + serial.slice(2, 32),
        subject, issuer: AUTHORITY_NAME, notBefore, notAfter,
        publicKey: subjectKey.spki,
        signingKey: { algorithm: ECDSA } as unknown as webcrypto.CryptoKey,
        signingAlgorithm: ECDSA,
        extensions: [
            ...extensions,
            new x509.SubjectKeyIdentifierExtension(keyIdentifier(subjectKey)),
            new x509.AuthorityKeyIdentifierExtension(keyIdentifier(signer)),
        ],
    }, signsWith(signer));
    return `${certificate.toString("pem")}\n`;
}

/** All of WebCrypto that the generator uses when everything else is given. */
function signsWith(key: DerivedKey): webcrypto.Crypto {
    const sign = (_algorithm: unknown, _key: unknown, data: ArrayBuffer): Promise<Uint8Array> =>
        Promise.resolve(key.sign(new Uint8Array(data)));
    return { subtle: { sign } } as unknown as webcrypto.Crypto;
}

function keyIdentifier(key: DerivedKey): string {
    return createHash("sha256").update(key.spki).digest("hex").slice(0, 40);
}

/** Kinds of names that no host is of are excluded as a whole: a kind that is not mentioned is not constrained. */
function nameConstraints(hosts: readonly string[]): NameConstraints {
    const addresses = hosts.filter(isAddress);
    const permitted = hosts.map(host => new GeneralSubtree({ base: subtreeOf(host) }));
    const none = ["0.0.0.0/0", "::/0"].filter((_net, at) => !addresses.some(at === 0 ? isIPv4 : isIPv6))
        .map(net => new GeneralSubtree({ base: new GeneralName({ iPAddress: net }) }));
    return new NameConstraints({
        permittedSubtrees: new GeneralSubtrees(permitted),
        ...(none.length === 0 ? {} : { excludedSubtrees: new GeneralSubtrees(none) }),
    });
}

function subtreeOf(host: string): GeneralName {
    if (isAddress(host)) {
        return new GeneralName({ iPAddress: `${host}/${isIPv4(host) ? 32 : 128}` });
    }
    return new GeneralName({ dNSName: host.replace(/^\*\./, "") });
}

function isAddress(host: string): boolean {
    return isIPv4(host) || isIPv6(host);
}
