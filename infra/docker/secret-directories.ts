import * as path from "node:path";

import type { types } from "@pulumi/docker";

import type { HardenedService, Identity, SecretFile } from "../model/hardened";

/** The secret files of one service that stand in one directory; a volume of the engine's memory each. */
export interface SecretDirectory {
    readonly service: string;
    readonly owner: Identity;
    /** The volume's name. */
    readonly volume: string;
    /** Absolute path of the directory in the container. */
    readonly target: string;
    readonly files: readonly SecretFile[];
}

/** The directories of a service's secrets, in the order of their first file. */
export function secretDirectories(application: string, service: HardenedService): SecretDirectory[] {
    const byDirectory = new Map<string, SecretFile[]>();
    for (const file of service.secretFiles) {
        const directory = path.posix.dirname(file.target);
        byDirectory.set(directory, [...byDirectory.get(directory) ?? [], file]);
    }
    return [...byDirectory].map(([target, files], at) => ({
        service: service.name,
        owner: service.user ?? { uid: 0, gid: 0 },
        volume: `${application}-${service.name}-secrets${at === 0 ? "" : at + 1}`,
        target,
        files,
    }));
}

/** Memory that only the owner can enter; 1 MiB is far more than any set of keys and passwords. */
export function secretVolumeOptions({ uid, gid }: Identity): Record<string, string> {
    return { type: "tmpfs", device: "tmpfs", o: `size=1m,mode=0500,uid=${uid},gid=${gid},noexec,nosuid,nodev` };
}

/** How the service sees a directory of its secrets. */
export function secretMount(volume: types.input.ContainerMount["source"], target: string): types.input.ContainerMount {
    return { type: "volume", source: volume, target, readOnly: true };
}
