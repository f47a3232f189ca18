import { engineClient } from "./engine/client";

/** What a deployment must know of the engine before it declares anything. */
export interface EngineFacts {
    /** Docker 26 (API 1.45) and later mount a part of a volume. */
    readonly subpaths: boolean;
    /** Whether the host confines containers by AppArmor. */
    readonly apparmor: boolean;
}

/** Asks the engine at `host`, or the environment's. Throws where none answers. */
export async function engineFacts(host?: string): Promise<EngineFacts> {
    const docker = engineClient(host);
    const [version, info] = await Promise.all([docker.version(), docker.info() as Promise<{ SecurityOptions?: string[] }>]);
    const [major = 0, minor = 0] = version.ApiVersion.split(".").map(Number);
    return {
        subpaths: major > 1 || (major === 1 && minor >= 45),
        apparmor: info.SecurityOptions?.some(option => option.startsWith("name=apparmor")) ?? false,
    };
}
