import type { ContainerArgs, types } from "@pulumi/docker";

import type { HardenedService, Identity } from "../model/hardened";
import type { Mount } from "../model/service";
import { some } from "./units";

/**
 * Volumes, host paths and memory-backed scratch of a container. Volumes are named as the application names them.
 */
export function storageArgs(service: HardenedService): Pick<ContainerArgs, "tmpfs"> & { mounts: types.input.ContainerMount[] } {
    const scratch = service.mounts.filter(mount => mount.type === "tmpfs");
    return {
        mounts: service.mounts.filter(mount => mount.type !== "tmpfs").map(mountArgs),
        tmpfs: some(Object.fromEntries(scratch.map(mount => [mount.target, tmpfsOptions(mount, service.user)]))),
    };
}

function mountArgs(mount: Mount): types.input.ContainerMount {
    const { type, source, target, readOnly, noCopy, subpath, propagation } = mount;
    return {
        type,
        target,
        ...source === undefined ? {} : { source },
        readOnly,
        // The provider refuses any of these options on engines before 26, so they are given only where they are needed.
        ...type === "volume" && (noCopy === true || subpath !== undefined)
            ? { volumeOptions: { ...noCopy === true ? { noCopy } : {}, ...subpath === undefined ? {} : { subpath } } }
            : {},
        ...type === "bind" && propagation !== undefined ? { bindOptions: { propagation } } : {},
    };
}

// Scratch without a size of its own; unbounded, the engine would allow half of the host's memory.
const SCRATCH_BYTES = 64 * 1024 * 1024;

/** The provider's `mounts` know no `noexec`: scratch goes by the `tmpfs` map, whose values are options of mount(8). */
export function tmpfsOptions(mount: Mount, user: Identity | undefined): string {
    const owner = user === undefined ? [] : [`uid=${user.uid}`, `gid=${user.gid}`];
    const mode = mount.mode ?? (user === undefined ? 0o1777 : 0o700);
    return [
        mount.readOnly ? "ro" : "rw", mount.executable === true ? "exec" : "noexec", "nosuid", "nodev",
        `size=${mount.sizeBytes ?? SCRATCH_BYTES}`, ...owner, `mode=${mode.toString(8).padStart(4, "0")}`,
    ].join(",");
}
