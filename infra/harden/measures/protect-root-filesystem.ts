import type { HardenedVolume } from "../../model/hardened";
import type { Mount } from "../../model/service";
import { type Draft, type DraftService, perService } from "../draft";
import type { WritableNeed } from "../knowledge";
import { slug } from "../size";

/** Bytes of a scratch directory where nobody says: enough for temporary files, little enough for the memory limit. */
const SCRATCH_BYTES = 64 * 1024 ** 2;
const TMP: WritableNeed = { path: "/tmp", kind: "tmpfs", owned: true };

/**
 * An intruder who cannot write to the root filesystem can neither keep a tool there nor change the program that runs.
 * What the program must write gets a place of its own: memory for scratch, a volume for data.
 */
export const protectRootFilesystem = perService("protect-root-filesystem", (service, draft) => {
    const { declared, spec, known } = service;
    if (declared.writable_root !== undefined) {
        return { spec: { readOnlyRoot: false }, opened: [{ what: "a writable root filesystem", reason: declared.writable_root.reason }] };
    }
    const mounts = spec.mounts.map(mount => mount.type === "tmpfs" ? bounded(mount) : mount);
    const needs = [...known.writable, TMP].filter((need, index, all) =>
        !mounts.some(mount => !mount.readOnly && covers(mount.target, need.path)) && all.findIndex(({ path }) => path === need.path) === index);
    const added = needs.map(need => place(need, service, draft));
    return {
        spec: { readOnlyRoot: true, mounts: [...mounts, ...added.map(({ mount }) => mount)] },
        opened: needs.flatMap(({ path, kind, executable }) => kind === "tmpfs" && executable !== undefined ? [{ what: `running programs from ${path}`, reason: executable }] : []),
        closed: spec.readOnlyRoot ? [] : ["writing to the root filesystem"],
        volumes: added.flatMap(({ volume }) => volume !== undefined && !draft.volumes.some(({ key }) => key === volume.key) ? [volume] : []),
    };
});

/** Whether a mount at `target` makes `path` writable too. */
function covers(target: string, path: string): boolean {
    return path === target || path.startsWith(`${target.replace(/\/$/, "")}/`);
}

function bounded(mount: Mount): Mount {
    return { ...mount, sizeBytes: mount.sizeBytes ?? SCRATCH_BYTES };
}

function place(need: WritableNeed, { source }: DraftService, draft: Draft): { mount: Mount; volume?: HardenedVolume } {
    if (need.kind === "tmpfs") {
        const sizeBytes = need.sizeBytes ?? SCRATCH_BYTES;
        const mode = need.path === "/tmp" || need.path === "/var/tmp" ? 0o1777 : 0o700;
        return { mount: { type: "tmpfs", target: need.path, readOnly: false, sizeBytes, mode, ...(need.executable !== undefined && { executable: true }) } };
    }
    const key = `${source.name}-${slug(need.path)}`;
    const volume = { key, name: `${draft.application.name}_${key}`, external: false, driverOpts: {} };
    return { mount: { type: "volume", source: key, target: need.path, readOnly: false }, volume };
}
