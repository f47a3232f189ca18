import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { writeRendering } from "../../../cli/render/output-directory";
import type { RenderedFile } from "../../../infra/render/rendered";

const PASS = () => Promise.resolve([]);

describe("the output directory of a rendering", () => {
    let parent: string;
    let out: string;
    beforeEach(() => {
        parent = fs.mkdtempSync(path.join(os.tmpdir(), "output-"));
        out = path.join(parent, "out");
    });
    afterEach(() => {
        fs.rmSync(parent, { recursive: true });
    });

    /** Every file with its mode and content. */
    const tree = (directory: string): Record<string, string> => Object.fromEntries(fs.readdirSync(directory, { recursive: true, encoding: "utf8" }).sort()
        .map(name => [name, fs.statSync(path.join(directory, name))] as const)
        .map(([name, stat]) => [name, (stat.mode & 0o777).toString(8) + (stat.isFile() ? ` ${fs.readFileSync(path.join(directory, name), "utf8")}` : "")]));

    const file = (name: string, content: string, mode = 0o644): RenderedFile => ({ path: name, content, mode });
    const manifest = (...files: string[]): string => `${JSON.stringify({ by: "portcullis render --target docker", files }, null, 4)}\n`;

    it("is made with its files, those of secrets out of everybody's reach", async () => {
        await writeRendering(out, [file("compose.yaml", "c"), file("secrets/web/A", "s", 0o400), file("configs/web/0-x", "x", 0o444)], PASS);
        assert.deepEqual(tree(out), {
            ".rendered.json": `644 ${manifest("compose.yaml", "configs/web/0-x", "secrets/web/A")}`,
            "compose.yaml": "644 c",
            "configs": "755", "configs/web": "755", "configs/web/0-x": "444 x",
            "secrets": "700", "secrets/web": "700", "secrets/web/A": "400 s",
        });
    });

    it("has what the check adds, which the next rendering replaces as well", async () => {
        await writeRendering(out, [file("a", "1")], () => Promise.resolve([file("b", "2")]));
        assert.deepEqual(tree(out), { ".rendered.json": `644 ${manifest("a", "b")}`, "a": "644 1", "b": "644 2" });
        await writeRendering(out, [file("a", "1")], PASS);
        assert.deepEqual(tree(out), { ".rendered.json": `644 ${manifest("a")}`, "a": "644 1" });
    });

    it("is replaced as a whole by the next rendering", async () => {
        await writeRendering(out, [file("old", "1"), file("both", "1")], PASS);
        await writeRendering(out, [file("both", "2")], PASS);
        assert.deepEqual(tree(out), { ".rendered.json": `644 ${manifest("both")}`, "both": "644 2" });
        assert.deepEqual(fs.readdirSync(parent), ["out"]);
    });

    it("stays what it was when the check fails", async () => {
        await writeRendering(out, [file("both", "1")], PASS);
        const before = tree(out);
        await assert.rejects(writeRendering(out, [file("both", "2")], () => Promise.reject(new Error("reads differently"))), /reads differently/);
        assert.deepEqual(tree(out), before);
        assert.deepEqual(fs.readdirSync(parent), ["out"]);
    });

    it("is not made at all when the first check fails, and the check sees what would be there", async () => {
        let seen = "";
        await assert.rejects(writeRendering(out, [file("a", "1")], directory => {
            seen = fs.readFileSync(path.join(directory, "a"), "utf8");
            return Promise.reject(new Error("no"));
        }), /no/);
        assert.equal(seen, "1");
        assert.deepEqual(fs.readdirSync(parent), []);
    });

    it("is refused when another hand put something there", async () => {
        await writeRendering(out, [file("a", "1")], PASS);
        fs.mkdirSync(path.join(out, "notes"));
        fs.writeFileSync(path.join(out, "notes", "mine"), "");
        await assert.rejects(writeRendering(out, [file("a", "2")], PASS), {
            message: `--out holds what no rendering wrote (${path.join(out, "notes", "mine")}); move it away, or name another directory`,
        });
        assert.equal(fs.readFileSync(path.join(out, "a"), "utf8"), "1");
    });

    it("is refused when it is somebody's project, or no directory", async () => {
        fs.mkdirSync(out);
        fs.writeFileSync(path.join(out, "docker-compose.yml"), "");
        await assert.rejects(writeRendering(out, [], PASS), /--out holds what no rendering wrote/);
        await assert.rejects(writeRendering(path.join(out, "docker-compose.yml"), [], PASS), /--out is not a directory/);
    });

    it("may be there already, empty", async () => {
        fs.mkdirSync(out);
        await writeRendering(out, [], PASS);
        assert.deepEqual(fs.readdirSync(out), [".rendered.json"]);
    });

    it("has files of another user only when root renders", async () => {
        const owned = { ...file("secrets/web/A", "s", 0o400), owner: { uid: 4321, gid: 4321 } };
        const getuid = process.getuid;
        process.getuid = () => 4322;
        try {
            await assert.rejects(writeRendering(out, [owned], PASS), {
                message: "the files of secrets must belong to the users of the containers (rendered by the user 4322); run the same command with sudo",
            });
        } finally {
            process.getuid = getuid;
        }
        assert.deepEqual(fs.readdirSync(parent), []);
        if (process.getuid?.() === 0) {
            await writeRendering(out, [owned], PASS);
            const { uid, gid } = fs.statSync(path.join(out, "secrets/web/A"));
            assert.deepEqual({ uid, gid }, { uid: 4321, gid: 4321 });
        }
    });
});
