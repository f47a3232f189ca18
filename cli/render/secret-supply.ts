import { randomBytes, randomInt } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import type { IssuedCertificate } from "../../infra/edge/certificate";
import { keptPath } from "../../infra/render/keys";
import type { RenderedFile } from "../../infra/render/rendered";
import type { SecretSupply } from "../../infra/render/secret-values";
import { weakness } from "../../infra/secrets/weak";

/** Public: what browsers and scripts have to trust where the toolkit's own authority issued the certificate. */
export const AUTHORITY_FILE = "authority.pem";

export interface SupplyRequest {
    /** An earlier rendering is looked for here; absolute. */
    readonly out: string;
    /** Values of secrets that the operator gives, by their names. */
    readonly env: Readonly<Record<string, string | undefined>>;
    /** Values that the application's authors published, by the secret's name. */
    readonly examples: Readonly<Record<string, string | null>>;
}

/** Not a name that a secret can have. */
const FINGERPRINT_KEY = ".fingerprint-key";

/** A supply, and what it has to leave beside the files of secrets once all values are had. */
export interface PreparedSupply {
    readonly supply: SecretSupply;
    readonly files: () => readonly RenderedFile[];
    /** For `fingerprints`; kept with the values. */
    readonly fingerprintKey: string;
}

/**
 * What the values of secrets come from on this machine: an earlier rendering, variables of the environment, files, the
 * toolkit's own authority and the machine's source of randomness.
 */
export function prepareSupply({ out, env, examples }: SupplyRequest): PreparedSupply {
    const issued = new Map<string, Promise<IssuedCertificate>>();
    const authorities = new Set<string>();
    const kept = (secret: string): string | undefined => readIfThere(path.join(out, keptPath(secret)));
    const fingerprintKey = kept(FINGERPRINT_KEY) ?? randomBytes(32).toString("hex");
    return {
        fingerprintKey,
        supply: {
            kept,
            given: secret => env[secret] === "" ? undefined : env[secret],
            weakness: (secret, value) => weakness(value, examples[secret]),
            file: readIfThere,
            certificate: async (seed, hosts) => {
                const key = hosts.join(" ");
                issued.set(key, issued.get(key) ?? issue(seed, hosts));
                const certificate = await issued.get(key) as IssuedCertificate;
                authorities.add(certificate.authority);
                return certificate;
            },
            random: (count, bound) => Array.from({ length: count }, () => randomInt(bound)),
        },
        files: () => [
            { path: keptPath(FINGERPRINT_KEY), content: fingerprintKey, mode: 0o400 },
            ...authorities.size === 0 ? [] : [{ path: AUTHORITY_FILE, content: [...authorities].join(""), mode: 0o644 }],
        ],
    };
}

/** The X.509 library is loaded only where a certificate is issued. */
async function issue(seed: string, hosts: readonly string[]): Promise<IssuedCertificate> {
    const { issueInternalCertificate } = await import("../../infra/edge/certificate");
    return issueInternalCertificate({ seed: Buffer.from(seed, "hex"), hosts, at: new Date() });
}

function readIfThere(file: string): string | undefined {
    try {
        return fs.readFileSync(file, "utf8");
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") {
            return undefined;
        }
        throw error;
    }
}
