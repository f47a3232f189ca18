import { createPrivateKey, createPublicKey, hkdfSync } from "node:crypto";

import { p256 } from "@noble/curves/nist";

/** A P-256 key that follows from a seed: the same seed and purpose give the same key, so no key needs to be kept. */
export interface DerivedKey {
    /** PKCS #8 in PEM. Secret. */
    readonly pem: string;
    /** SubjectPublicKeyInfo in DER. */
    readonly spki: Buffer;
    /**
     * Signs with a nonce that follows from key and message (RFC 6979), so that a certificate issued twice is the same
     * text. Takes the message, gives r and s in 32 bytes each.
     */
    readonly sign: (message: Uint8Array) => Uint8Array;
}

/**
 * Derives a key. `seed` has at least 32 random bytes; `purpose` keeps keys of one seed apart. The scalar comes from 48
 * bytes reduced by the group's order, as FIPS 186-5 A.2.1 has it, so that it is uniform.
 */
export function deriveKey(seed: Uint8Array, purpose: string): DerivedKey {
    if (seed.length < 32) {
        throw new Error(`a seed needs at least 32 bytes (${seed.length})`);
    }
    const bits = Buffer.from(hkdfSync("sha256", seed, "portcullis", purpose, 48)).toString("hex");
    const scalar = (BigInt(`0x${bits}`) % (p256.CURVE.n - 1n) + 1n).toString(16).padStart(64, "0");
    const secret = Buffer.from(scalar, "hex");
    const point = Buffer.from(p256.getPublicKey(secret, false));
    const key = createPrivateKey({
        format: "jwk",
        key: {
            kty: "EC", crv: "P-256",
            d: secret.toString("base64url"),
            x: point.subarray(1, 33).toString("base64url"),
            y: point.subarray(33).toString("base64url"),
        },
    });
    return {
        pem: key.export({ type: "pkcs8", format: "pem" }) as string,
        spki: createPublicKey(key).export({ type: "spki", format: "der" }),
        sign: message => p256.sign(message, secret, { prehash: true, lowS: false }).toCompactRawBytes(),
    };
}
