import { buffer } from "node:stream/consumers";

import { extract, pack } from "tar-stream";

/** A file as it must stand in a volume. */
export interface FileEntry {
    /** Name inside the volume's root; no directories. */
    readonly name: string;
    readonly content: string;
    readonly encoding: "utf8" | "base64";
    readonly uid: number;
    readonly gid: number;
    /** Permission bits, e.g. 0o400. */
    readonly mode: number;
}

/** Owner and permission bits of a directory. */
export interface DirectoryEntry {
    readonly uid: number;
    readonly gid: number;
    readonly mode: number;
}

// Archives with the same content are the same bytes: no time of their own.
const EPOCH = new Date(0);

/** A tar archive of files. */
export async function archiveOfFiles(files: readonly FileEntry[]): Promise<Buffer> {
    const tar = pack();
    for (const { name, content, encoding, uid, gid, mode } of files) {
        tar.entry({ name, uid, gid, mode, mtime: EPOCH }, Buffer.from(content, encoding));
    }
    tar.finalize();
    return buffer(tar);
}

/** A tar archive that holds only a directory's own entry: unpacking it sets the owner and the mode. */
export async function archiveOfDirectory(name: string, { uid, gid, mode }: DirectoryEntry): Promise<Buffer> {
    const tar = pack();
    tar.entry({ name: `${name}/`, type: "directory", uid, gid, mode, mtime: EPOCH });
    tar.finalize();
    return buffer(tar);
}

/** The first entry of an archive, which for a directory is the directory itself. The rest is not read. */
export function firstEntry(archive: NodeJS.ReadableStream): Promise<DirectoryEntry> {
    return new Promise((resolve, reject) => {
        const reader = extract();
        reader.once("entry", header => {
            resolve({ uid: header.uid ?? 0, gid: header.gid ?? 0, mode: (header.mode ?? 0o755) & 0o7777 });
            reader.destroy();
            (archive as NodeJS.ReadableStream & { destroy?(): void }).destroy?.();
        });
        reader.once("error", reject);
        reader.once("finish", () => reject(new Error("the engine sent an empty archive")));
        archive.once("error", reject);
        archive.pipe(reader);
    });
}
