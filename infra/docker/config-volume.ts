import { readFileSync } from "node:fs";
import * as path from "node:path";

import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import type { ConfigFile, HardenedService } from "../model/hardened";
import { containerName, labelArgs } from "./container-args";
import type { FileEntry } from "./engine/archive";
import { engineAddress, Files } from "./engine/resources";
import type { EngineImage } from "./image";

/** Files of configuration in a volume of the engine, and the mounts that put them at their places. */
export interface ConfigMounts {
    readonly files: Files;
    readonly mounts: pulumi.Input<docker.types.input.ContainerMount>[];
}

/**
 * The files of configuration of a service. The provider's own uploads cannot carry them: the engine refuses to write
 * into a container whose root is read-only, even before it starts. So they are written into a volume of their own, of which
 * the container mounts single files, or the edge the whole. Nothing of the deploying machine is mounted, so the engine may
 * be another machine.
 */
export function configMounts(
    system: string, service: HardenedService, image: EngineImage, { subpaths, parent }: { subpaths: pulumi.Input<boolean>; parent: pulumi.Resource },
): ConfigMounts {
    const name = `${containerName(system, service.name)}-config`;
    const { directory, files: entries } = configLayout(service);
    const volume = new docker.Volume(name, {
        name, labels: labelArgs({ "portcullis.system": system, "portcullis.role": "config" }),
    }, { parent, deleteBeforeReplace: true });
    const files = new Files(name, { ...engineAddress(), volume: volume.name, image: image.id, files: entries }, { parent, deleteBeforeReplace: true });
    const mounts = directory === undefined
        ? service.configFiles.map(({ target }) => fileMount(volume, fileName(target), target, subpaths))
        : [{ type: "volume", source: volume.name, target: directory, readOnly: true }];
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

/** How a service's files stand in their volume. */
export interface ConfigLayout {
    /** Where the whole volume is mounted; undefined: every file is mounted by itself. */
    readonly directory?: string;
    readonly files: readonly FileEntry[];
}

/**
 * The edge's configuration is whole: nothing that its image has beside it counts. So its directory is mounted, and a
 * changed file is seen without a restart. Of any other image a directory may hold more, which must not be hidden.
 */
export function configLayout({ role, configFiles }: HardenedService): ConfigLayout {
    const directory = role === "edge" ? commonDirectory(configFiles.map(({ target }) => target)) : undefined;
    return directory === undefined
        ? { files: configFiles.map(file => configEntry(file, fileName(file.target))) }
        : { directory, files: configFiles.map(file => configEntry(file, path.posix.relative(directory, file.target))) };
}

/** The directory below which all files are; undefined where that is the root or a directory right below it. */
function commonDirectory(targets: readonly string[]): string | undefined {
    const [first = [], ...others] = targets.map(target => path.posix.dirname(target).split("/"));
    const shared = first.findIndex((step, at) => others.some(other => other[at] !== step));
    const steps = shared === -1 ? first : first.slice(0, shared);
    return steps.length > 2 ? steps.join("/") : undefined;
}

/** A name for a target's file that no other target has. */
function fileName(target: string): string {
    return encodeURIComponent(target.replace(/^\/+/, ""));
}

/** A file owned by root, which its service can only read. */
function configEntry({ file, content, mode }: ConfigFile, name: string): FileEntry {
    const bytes = file === undefined ? Buffer.from(content ?? "") : readFileSync(file);
    const text = bytes.toString("utf8");
    const isText = Buffer.from(text).equals(bytes);
    return { name, content: isText ? text : bytes.toString("base64"), encoding: isText ? "utf8" : "base64", uid: 0, gid: 0, mode };
}

/** The command that makes a running edge take its changed files; undefined where none of them is a script for it. */
export function reloadCommand({ role, configFiles }: HardenedService): string[] | undefined {
    const script = configFiles.find(({ target }) => path.posix.basename(target) === "reload.sh");
    return role === "edge" && script !== undefined ? ["/bin/sh", script.target] : undefined;
}
