import { createHmac } from "node:crypto";

import type { HardenedApplication } from "../model/hardened";

/** The label by which Compose notices that files of a service changed: of a file it looks at the path alone. */
export const FILES_LABEL = "portcullis.files";

/**
 * What stands for the content of each service's secrets and configuration, by service; none for a service without any.
 * @param values by the secret's name
 * @param key secret and kept, so that nobody can try values against what an engine shows
 */
export function fingerprints({ services }: HardenedApplication, values: ReadonlyMap<string, string>, key: string): ReadonlyMap<string, string> {
    return new Map(services.flatMap(({ name, secretFiles, configFiles }) => {
        const contents = [
            ...secretFiles.map(({ secret, target }) => [target, values.get(secret) ?? ""]),
            ...configFiles.map(({ target, file, content }) => [target, file ?? "", content ?? ""]),
        ];
        const digest = createHmac("sha256", key).update(JSON.stringify(contents)).digest("hex");
        return contents.length === 0 ? [] : [[name, digest.slice(0, 16)] as const];
    }));
}
