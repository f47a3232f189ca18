import * as path from "node:path";

import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import type { HardenedApplication, HardenedImage } from "../model/hardened";
import { containerName, labelArgs } from "./container-args";
import { engineAddress, Files, ProcessLimit, Start } from "./engine/resources";
import { engineImage } from "./image";
import { SecretDirectory, secretDirectories, secretMount, secretVolumeOptions } from "./secret-directories";

/** An image whose program does nothing for ever. */
export interface HolderImage extends HardenedImage {
    /** Undefined: the image's own. */
    readonly command?: readonly string[];
}

/**
 * The program that holds the namespaces of every Kubernetes pod: it waits for a signal, with neither shell nor root.
 * The digest is the one that published builds (Cilium's among them) pin for this tag.
 */
export const PAUSE: HolderImage = {
    reference: "registry.k8s.io/pause:3.10@sha256:ee6521f290b2168b6e0935a181d4cff9be1ac3f505666ef0e3c98fae8199917a",
    digest: "sha256:ee6521f290b2168b6e0935a181d4cff9be1ac3f505666ef0e3c98fae8199917a",
};

// The user of that image. It owns none of the secrets, so the holder cannot read what it holds.
const NOBODY = 65535;

export interface SecretStoreArgs {
    readonly application: HardenedApplication;
    /** Values by the secret's name; secret outputs. */
    readonly values: Readonly<Record<string, pulumi.Output<string>>>;
    readonly holder: HolderImage;
}

/** What a service needs of the store: mounts for its container, and what must be there before it starts. */
export interface DeliveredSecrets {
    readonly mounts: docker.types.input.ContainerMount[];
    readonly files: Files[];
}

interface Holder {
    readonly id: pulumi.Output<string>;
    readonly image: pulumi.Output<string>;
    readonly start: Start;
}

/**
 * The secrets of an application in the engine's memory: a tmpfs volume for each directory of secrets of a service, which
 * only the service's user can enter, and one container without network, root or rights that keeps them mounted, so that
 * a service finds its secrets again when it restarts. After a reboot they are gone, services fail closed, and the next
 * deployment delivers them again.
 */
export class SecretStore extends pulumi.ComponentResource {
    /** Secrets by the name of their service. */
    readonly delivered: ReadonlyMap<string, DeliveredSecrets>;

    constructor(name: string, args: SecretStoreArgs, opts?: pulumi.ComponentResourceOptions) {
        super("portcullis:docker:SecretStore", name, {}, opts);
        const { application, values } = args;
        const directories = application.services.flatMap(service => secretDirectories(application.name, service));
        const volumes = directories.map(directory => secretVolume(directory, application.name, this));
        const holder = holdVolumes(name, args, volumes, this);
        const delivered = new Map<string, DeliveredSecrets>();
        directories.forEach((directory, at) => {
            const volume = volumes[at] as docker.Volume;
            const files = deliver(directory, volume, values, holder, this);
            const sofar = delivered.get(directory.service) ?? { mounts: [], files: [] };
            delivered.set(directory.service, {
                mounts: [...sofar.mounts, secretMount(volume.name, directory.target)],
                files: [...sofar.files, files],
            });
        });
        this.delivered = delivered;
        this.registerOutputs({});
    }
}

function secretVolume({ volume, owner }: SecretDirectory, system: string, parent: pulumi.Resource): docker.Volume {
    return new docker.Volume(volume, {
        name: volume,
        driver: "local",
        driverOpts: secretVolumeOptions(owner),
        labels: labelArgs({ "portcullis.system": system, "portcullis.role": "secrets" }),
    }, { parent, deleteBeforeReplace: true });
}

function holdVolumes(name: string, { application, holder }: SecretStoreArgs, volumes: docker.Volume[], parent: pulumi.Resource): Holder {
    const image = engineImage(`${name}-image`, holder, undefined, { parent });
    const container = new docker.Container(name, {
        ...holderArgs(application.name, holder.command),
        image: image.reference,
        mounts: volumes.map(volume => ({ ...secretMount(volume.name, ""), target: pulumi.interpolate`/held/${volume.name}` })),
    }, { parent, deleteBeforeReplace: true, dependsOn: image.resource });
    const inputs = { ...engineAddress(), container: container.name, containerId: container.id };
    const limit = new ProcessLimit(name, { ...inputs, pids: 8 }, { parent });
    const start = new Start(name, { ...inputs, job: false, files: [] }, { parent, dependsOn: limit });
    return { id: container.id, image: image.id, start };
}

/** The holder's container but for its image and mounts. */
export function holderArgs(application: string, command: readonly string[] | undefined): Omit<docker.ContainerArgs, "image"> {
    return {
        name: containerName(application, "secrets"),
        ...command === undefined ? {} : { command: [...command] },
        user: `${NOBODY}:${NOBODY}`,
        readOnly: true,
        privileged: false,
        capabilities: { drops: ["ALL"] },
        securityOpts: ["no-new-privileges:true"],
        networkMode: "none",
        memory: 16,
        memorySwap: 16,
        cpus: "0.1",
        init: false,
        restart: "always",
        logDriver: "json-file",
        logOpts: { "max-size": "1m", "max-file": "1" },
        labels: labelArgs({ "portcullis.system": application, "portcullis.role": "secrets" }),
        start: false,
        mustRun: false,
        destroyGraceSeconds: 1,
    };
}

function deliver(
    directory: SecretDirectory, volume: docker.Volume, values: SecretStoreArgs["values"], holder: Holder, parent: pulumi.Resource,
): Files {
    const { uid, gid } = directory.owner;
    return new Files(directory.volume, {
        ...engineAddress(),
        volume: volume.name,
        image: holder.image,
        holder: holder.id,
        held: pulumi.interpolate`/held/${volume.name}`,
        files: directory.files.map(({ secret, target }) => ({
            name: path.posix.basename(target),
            content: pulumi.secret(valueOf(values, secret, directory.service)),
            encoding: "utf8",
            uid,
            gid,
            mode: 0o400,
        })),
    }, { parent, dependsOn: holder.start, deleteBeforeReplace: true });
}

function valueOf(values: SecretStoreArgs["values"], secret: string, service: string): pulumi.Output<string> {
    const value = values[secret];
    if (value === undefined) {
        throw new Error(`services.${service} reads the secret ${secret}, which the application does not have`);
    }
    return value;
}
