import { randomBytes, randomInt } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import { issueInternalCertificate } from "../../infra/edge/certificate";
import type { HardenedApplication } from "../../infra/model/hardened";
import { keptPath, SEED_PATH } from "../../infra/render/keys";
import type { RenderedFile } from "../../infra/render/rendered";
import type { SecretSupply } from "../../infra/render/secret-values";

/** Where the values come from, and the files with which the next rendering finds them again. */
export interface PreparedSupply {
    readonly supply: SecretSupply;
    readonly files: readonly RenderedFile[];
}

/**
 * Prepares what the values of an application's secrets come from: an earlier rendering in `out`, variables of the
 * environment, files of this machine, the toolkit's own authority, the machine's source of randomness.
 */
export async function prepareSupply(application: HardenedApplication, out: string, env: Readonly<Record<string, string | undefined>>): Promise<PreparedSupply> {
    const requests = application.secrets.flatMap(({ source }) => source.kind === "certificate" ? [source.hosts] : []);
    const seed = readIfThere(path.join(out, SEED_PATH)) ?? randomBytes(32).toString("hex");
    const issued = new Map(await Promise.all(requests.map(async hosts =>
        [hosts.join(" "), await issueInternalCertificate({ seed: Buffer.from(seed, "hex"), hosts, at: new Date() })] as const)));
    const authority = [...issued.values()][0]?.authority;
    return {
        supply: {
            kept: secret => readIfThere(path.join(out, keptPath(secret))),
            given: secret => env[secret] === "" ? undefined : env[secret],
            file: readIfThere,
            certificate: (part, hosts) => issued.get(hosts.join(" "))?.[part] ?? "",
            random: (count, bound) => Array.from({ length: count }, () => randomInt(bound)),
        },
        files: authority === undefined ? [] : [
            { path: SEED_PATH, content: seed, mode: 0o400 },
            // Public: what browsers and scripts have to trust.
            { path: "authority.pem", content: authority, mode: 0o644 },
        ],
    };
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
