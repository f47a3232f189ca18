import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The Basic authorization that `docker login` left for a registry, if it left one in its own file. Credential helpers
 * are programs of the desktop's; an image behind one is pinned with `docker login` without a helper.
 */
export function credentialsFor(registry: string): string | undefined {
    const file = join(process.env["DOCKER_CONFIG"] ?? join(homedir(), ".docker"), "config.json");
    if (!existsSync(file)) {
        return undefined;
    }
    try {
        const { auths = {} } = JSON.parse(readFileSync(file, "utf8")) as { auths?: Record<string, { auth?: string }> };
        const names = registry === "docker.io" ? ["https://index.docker.io/v1/", "docker.io"] : [registry, `https://${registry}`];
        const auth = names.map(name => auths[name]?.auth).find(each => each !== undefined && each !== "");
        return auth === undefined ? undefined : `Basic ${auth}`;
    } catch {
        // An unreadable file is like none: the registry then says what it refuses.
        return undefined;
    }
}
