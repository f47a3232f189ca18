import { readFileSync } from "node:fs";
import * as path from "node:path";

import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import type { ConfigFile, HardenedService } from "../model/hardened";
import { containerName, labelArgs } from "./container-args";
import type { FileEntry } from "./engine/archive";
import { engineAddress, Files } from "./engine/resources";
import type { EngineImage } from "./image";

/** Files of configuration in a volume of the engine, and the mounts that put each at its place. */
export interface ConfigMounts {
    readonly files: Files;
    readonly mounts: pulumi.Input<docker.types.input.ContainerMount>[];
}

/**
 * The files of configuration of a service. The provider's own uploads cannot carry them: the engine refuses to write
 * into a container whose root is read-only, even before it starts. So they are written into a volume of their own, of which
 * the container mounts single files. Nothing of the deploying machine is mounted, so the engine may be another machine.
 */
export function configMounts(
    system: string, service: HardenedService, image: EngineImage, { subpaths, parent }: { subpaths: pulumi.Input<boolean>; parent: pulumi.Resource },
): ConfigMounts {
    const name = containerName(system, service.name);
    const entries = service.configFiles.map(configEntry);
    const volume = new docker.Volume(`${name}-config`, {
        name: `${name}-config`, labels: labelArgs({ "portcullis.system": system, "portcullis.role": "config" }),
    }, { parent, deleteBeforeReplace: true });
    const files = new Files(`${name}-config`, {
        ...engineAddress(), volume: volume.name, image: image.id, files: entries,
    }, { parent, deleteBeforeReplace: true });
    const mounts = service.configFiles.map(({ target }, at) =>
        fileMount(volume, (entries[at] as FileEntry).name, target, subpaths));
    return { files, mounts };
}

/** Before 26 the engine cannot mount a part of a volume; there the file is mounted from where the engine keeps volumes. */
function fileMount(
    volume: docker.Volume, file: string, target: string, subpaths: pulumi.Input<boolean>,
): pulumi.Input<docker.types.input.ContainerMount> {
    return pulumi.output(subpaths).apply(can => can
        ? { type: "volume", source: volume.name, target, readOnly: true, volumeOptions: { subpath: file, noCopy: true } }
        : { type: "bind", source: pulumi.interpolate`${volume.mountpoint}/${file}`, target, readOnly: true });
}

/** A file owned by root that its service can only read. Numbered, since two targets may share their last name. */
export function configEntry({ target, file, content, mode }: ConfigFile, at: number): FileEntry {
    const bytes = file === undefined ? Buffer.from(content ?? "") : readFileSync(file);
    const text = bytes.toString("utf8");
    const isText = Buffer.from(text).equals(bytes);
    return {
        name: `${at}-${path.posix.basename(target)}`,
        content: isText ? text : bytes.toString("base64"),
        encoding: isText ? "utf8" : "base64",
        uid: 0,
        gid: 0,
        mode,
    };
}
