import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import type Docker from "dockerode";

import { firstOwner, ownedBy, Owner } from "./archive";
import { engineClient, withVolume } from "./client";
import { Handler, OnEngine, same } from "./handler";

export interface VolumeOwnerInputs extends OnEngine, Owner {
    readonly volume: string;
    /**
     * The container that was made with the volume. Each new one asks for another look: while a volume is empty the engine
     * fills it from the image whenever a container with it is made, owner included.
     */
    readonly containerId: string;
    /** An image that the engine has; nothing of it runs. */
    readonly image: string;
}

/** Gives a volume, with all that is in it, its owner where its root has another one. */
export const handler: Handler<VolumeOwnerInputs, VolumeOwnerInputs> = {
    async create(inputs) {
        await own(inputs);
        return { id: `${inputs.volume}/owner`, outs: inputs };
    },
    async diff(_id, state, inputs) {
        // The image is only a means: another one is no reason to look at the volume again.
        return { changes: !same({ ...state, image: "" }, { ...inputs, image: "" }) };
    },
    async update(_id, _state, inputs) {
        await own(inputs);
        return { outs: inputs };
    },
};

async function own({ host, volume, image, uid, gid }: VolumeOwnerInputs): Promise<void> {
    await withVolume(engineClient(host), volume, image, async container => {
        const root = await firstOwner(await readVolume(container));
        if (root.uid !== uid || root.gid !== gid) {
            await handOver(container, { uid, gid });
        }
    });
}

/** The engine locks a container while it reads from it, so what is read goes to a file before it is written back. */
async function handOver(container: Docker.Container, { uid, gid }: Owner): Promise<void> {
    const directory = await mkdtemp(path.join(tmpdir(), "portcullis-"));
    const file = path.join(directory, "volume.tar");
    try {
        await pipeline(ownedBy(await readVolume(container), uid, gid), createWriteStream(file, { mode: 0o600 }));
        await container.putArchive(createReadStream(file), { path: "/" });
    } finally {
        await rm(directory, { recursive: true, force: true });
    }
}

async function readVolume(container: Docker.Container): Promise<Readable> {
    return await container.getArchive({ path: "/volume" }) as Readable;
}
