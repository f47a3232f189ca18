import { archiveOfDirectory, firstEntry } from "./archive";
import { engineClient, withVolume } from "./client";
import { Handler, OnEngine, same } from "./handler";

export interface VolumeOwnerInputs extends OnEngine {
    readonly volume: string;
    /** An image that the engine has; nothing of it runs. */
    readonly image: string;
    readonly uid: number;
    readonly gid: number;
}

/** Gives the root directory of a volume its owner, where it has another one. */
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
        const root = await firstEntry(await container.getArchive({ path: "/volume" }));
        if (root.uid !== uid || root.gid !== gid) {
            await container.putArchive(await archiveOfDirectory("volume", { uid, gid, mode: root.mode }), { path: "/" });
        }
    });
}
