import type Docker from "dockerode";

import { archiveOfFiles, FileEntry } from "./archive";
import { engineClient, statusOf, withVolume } from "./client";
import { Handler, OnEngine, same } from "./handler";

export interface FilesInputs extends OnEngine {
    readonly volume: string;
    /** An image that the engine has: the archive goes through a container that is never started. */
    readonly image: string;
    readonly files: readonly FileEntry[];
    /** The running container that keeps a memory-backed volume mounted; its files are gone once nobody does. */
    readonly holder?: string;
    /** Where the holder has the volume. */
    readonly held?: string;
}

export interface FilesState extends FilesInputs {
    /** Grows whenever whoever reads the files must start again. */
    readonly version: number;
}

/** Puts files into a volume, again when their content changed and again when a memory-backed volume lost them. */
export const handler: Handler<FilesInputs, FilesState> = {
    async create(inputs) {
        await deliver(inputs, inputs.files);
        return { id: `${inputs.volume}/files`, outs: { ...inputs, version: 1 } };
    },
    async diff(_id, state, inputs) {
        if (state.volume !== inputs.volume) {
            return { changes: true, replaces: ["volume"] };
        }
        const changed = !same(state.files, inputs.files) || state.holder !== inputs.holder || state.held !== inputs.held;
        return { changes: changed || await lost(inputs) };
    },
    async update(_id, state, inputs) {
        const changed = !same(state.files, inputs.files);
        if (!changed && !await lost(inputs)) {
            return { outs: { ...inputs, version: state.version } };
        }
        await deliver(inputs, [...inputs.files, ...emptied(state.files, inputs.files)]);
        return { outs: { ...inputs, version: state.version + 1 } };
    },
};

/** An archive cannot delete: what is no longer wanted stays behind without its content. */
function emptied(before: readonly FileEntry[], after: readonly FileEntry[]): FileEntry[] {
    const kept = new Set(after.map(file => file.name));
    return before.filter(file => !kept.has(file.name)).map(file => ({ ...file, content: "" }));
}

async function deliver({ host, volume, image }: FilesInputs, files: readonly FileEntry[]): Promise<void> {
    const archive = await archiveOfFiles(files);
    await withVolume(engineClient(host), volume, image, async container => {
        await container.putArchive(archive, { path: "/volume" });
    });
}

/** Whether the holder misses any of the files, as it does after a reboot. Only names are looked at, no content. */
async function lost({ host, holder, held, files }: FilesInputs): Promise<boolean> {
    if (holder === undefined || held === undefined) {
        return false;
    }
    const container = engineClient(host).getContainer(holder);
    const there = await Promise.all(files.map(file => isThere(container, `${held}/${file.name}`)));
    return there.includes(false);
}

async function isThere(container: Docker.Container, path: string): Promise<boolean> {
    try {
        await container.infoArchive({ path });
        return true;
    } catch (error) {
        if (statusOf(error) === 404) {
            return false;
        }
        throw error;
    }
}
