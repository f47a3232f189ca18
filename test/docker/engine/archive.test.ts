import * as assert from "node:assert/strict";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";

import { extract, pack } from "tar-stream";

import { archiveOfFiles, firstOwner, ownedBy } from "../../../infra/docker/engine/archive";

/** Entries of an archive as `type name mode uid:gid content`. */
async function listed(archive: Buffer): Promise<string[]> {
    const lines: string[] = [];
    const reader = extract();
    reader.on("entry", (header, content, next) => {
        void buffer(content).then(bytes => {
            lines.push(`${header.type} ${header.name} ${(header.mode ?? 0).toString(8)} ${header.uid}:${header.gid} ${bytes.toString()}`);
            next();
        });
    });
    reader.end(archive);
    await new Promise<void>((resolve, reject) => { reader.once("finish", resolve).once("error", reject); });
    return lines;
}

describe("docker/engine/archive", () => {
    it("packs files with owner and mode, the same bytes every time", async () => {
        const files = [
            { name: "A", content: "one", encoding: "utf8" as const, uid: 5, gid: 6, mode: 0o400 },
            { name: "d/e/B", content: Buffer.from("two").toString("base64"), encoding: "base64" as const, uid: 0, gid: 0, mode: 0o444 },
        ];
        const archive = await archiveOfFiles(files);
        assert.deepEqual(await listed(archive), ["directory d/ 755 0:0 ", "directory d/e/ 755 0:0 ", "file A 400 5:6 one", "file d/e/B 444 0:0 two"]);
        assert.deepEqual(await archiveOfFiles(files), archive);
    });

    it("hands a tree to another owner, without its set-uid bits", async () => {
        const tree = pack();
        tree.entry({ name: "volume/", type: "directory", mode: 0o755, uid: 0, gid: 0, uname: "root", gname: "root" });
        tree.entry({ name: "volume/su", mode: 0o4755, uid: 0, gid: 0 }, "x");
        tree.entry({ name: "volume/link", type: "symlink", linkname: "su", uid: 0, gid: 0 });
        tree.finalize();
        const archive = await buffer(tree);
        assert.deepEqual(await firstOwner(Readable.from([archive])), { uid: 0, gid: 0 });
        const handed = await buffer(ownedBy(Readable.from([archive]), 7, 8));
        assert.deepEqual(await listed(handed), ["directory volume/ 755 7:8 ", "file volume/su 755 7:8 x", "symlink volume/link 644 7:8 "]);
        assert.deepEqual(await firstOwner(Readable.from([handed])), { uid: 7, gid: 8 });
    });

    it("says so when an archive is empty or broken", async () => {
        await assert.rejects(firstOwner(Readable.from([Buffer.alloc(1024)])), /the engine sent an empty archive/);
        await assert.rejects(buffer(ownedBy(Readable.from([Buffer.alloc(2000, "x")]), 1, 1)));
    });
});
