import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

import type { HardenedImage } from "../model/hardened";

/** An image on the engine, and how a container of it names it. */
export interface EngineImage {
    readonly resource: docker.RemoteImage;
    /** By content: the pinned reference, known at preview, or else the id of what the engine has. */
    readonly reference: pulumi.Input<string>;
    readonly id: pulumi.Output<string>;
}

/** Pulls or builds an image. It stays on the engine when the stack goes: others may use it. */
export function engineImage(name: string, image: HardenedImage, platform: string | undefined, opts: pulumi.CustomResourceOptions): EngineImage {
    const { build, reference, digest } = image;
    const resource = new docker.RemoteImage(name, {
        name: reference,
        keepLocally: true,
        ...platform === undefined ? {} : { platform },
        ...build === undefined ? {} : {
            build: {
                context: build.context,
                ...build.dockerfile === undefined ? {} : { dockerfile: build.dockerfile },
                ...build.target === undefined ? {} : { target: build.target },
                buildArgs: Object.fromEntries(Object.entries(build.args).filter((entry): entry is [string, string] => entry[1] !== null)),
            },
        },
    }, opts);
    return { resource, reference: digest === undefined ? resource.imageId : reference, id: resource.imageId };
}
