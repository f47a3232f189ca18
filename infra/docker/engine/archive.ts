import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";

import { extract, pack, Pack } from "tar-stream";

/** A file as it must stand in a volume. */
export interface FileEntry {
    /** Path inside the volume, e.g. `conf.d/tls.conf`. */
    readonly name: string;
    readonly content: string;
    readonly encoding: "utf8" | "base64";
    readonly uid: number;
    readonly gid: number;
    /** Permission bits, e.g. 0o400. */
    readonly mode: number;
}

/** Owner of a file or directory. */
export interface Owner {
    readonly uid: number;
    readonly gid: number;
}

// Archives with the same content are the same bytes: no time of their own.
const EPOCH = new Date(0);

/** A tar archive of files. */
export async function archiveOfFiles(files: readonly FileEntry[]): Promise<Buffer> {
    const tar = pack();
    for (const name of directoriesOf(files)) {
        tar.entry({ name, type: "directory", uid: 0, gid: 0, mode: 0o755, mtime: EPOCH });
    }
    for (const { name, content, encoding, uid, gid, mode } of files) {
        tar.entry({ name, uid, gid, mode, mtime: EPOCH }, Buffer.from(content, encoding));
    }
    tar.finalize();
    return buffer(tar);
}

/** Every directory on the way to a file, parents first. */
function directoriesOf(files: readonly FileEntry[]): string[] {
    const steps = files.flatMap(({ name }) => name.split("/").slice(0, -1).map((_, at, all) => `${all.slice(0, at + 1).join("/")}/`));
    return [...new Set(steps)].sort();
}

/**
 * An archive with every entry given to another owner, as `chown -R` does it; like chown it takes set-uid and set-gid off.
 * Streams: nothing is held in memory.
 */
export function ownedBy(archive: Readable, uid: number, gid: number): Pack {
    const reader = extract();
    const writer = pack();
    reader.on("entry", (header, content, next) => {
        const mode = header.mode === undefined ? {} : { mode: header.mode & 0o1777 };
        // Names of owners would win over their numbers.
        pipeline(content, writer.entry({ ...header, ...mode, uid, gid, uname: "", gname: "" })).then(() => next(), next);
    });
    pipeline(archive, reader).then(() => writer.finalize(), (error: Error) => writer.destroy(error));
    return writer;
}

/** Who owns the first entry of an archive, which for a directory is the directory itself. The rest is not read. */
export function firstOwner(archive: Readable): Promise<Owner> {
    return new Promise((resolve, reject) => {
        const reader = extract();
        reader.once("entry", ({ uid, gid }) => {
            resolve({ uid: uid ?? 0, gid: gid ?? 0 });
            archive.destroy();
            reader.destroy();
        });
        reader.once("error", reject);
        reader.once("finish", () => reject(new Error("the engine sent an empty archive")));
        archive.once("error", reject);
        archive.pipe(reader);
    });
}
