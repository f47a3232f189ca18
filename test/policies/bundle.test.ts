import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const BUNDLE = join(__dirname, "../../policies/bundle.cjs");
const CACHE = join(dirname(require.resolve("esbuild/package.json")), "..", ".cache", "portcullis");

describe("sources in one file", () => {
    let folder: string;
    beforeEach(() => { folder = mkdtempSync(join(tmpdir(), "bundle-")); });
    afterEach(() => {
        const left = readdirSync(CACHE).filter(name => name.startsWith(`${folder.split("/").at(-1) ?? ""}-`));
        left.forEach(name => { rmSync(join(CACHE, name)); });
        rmSync(folder, { recursive: true });
    });

    const write = (name: string, text: string) => { writeFileSync(join(folder, name), text); };
    /** A process of its own, as every start is one. */
    const start = () => {
        const script = `Promise.resolve(require(${JSON.stringify(BUNDLE)}).requireBundled(${JSON.stringify(join(folder, "entry.ts"))})).then(({ answer }) => console.log(answer))`;
        const { stdout, stderr } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
        return stdout.trim() === "" ? stderr : stdout.trim();
    };
    const cached = () => readdirSync(CACHE).filter(name => name.startsWith(`${folder.split("/").at(-1) ?? ""}-entry-`));

    it("are bundled once, and know their folder", () => {
        write("entry.ts", "import { part } from './part'; export const answer: string = part + ' in ' + __dirname;");
        write("part.ts", "export const part: string = 'one';");
        assert.equal(start(), `one in ${folder}`);
        const [file = ""] = cached();
        const { mtimeMs } = statSync(join(CACHE, file));
        assert.equal(start(), `one in ${folder}`);
        assert.equal(statSync(join(CACHE, file)).mtimeMs, mtimeMs);
        assert.equal(cached().length, 1);
    });

    it("are bundled again after any of them changed, also within one second and to the same length", () => {
        write("entry.ts", "export { answer } from './part';");
        write("part.ts", "export const answer = 1;");
        assert.equal(start(), "1");
        write("part.ts", "export const answer = 2;");
        assert.equal(start(), "2");
        rmSync(join(folder, "part.ts"));
        write("part.ts", "export const answer = 3;");
        utimesSync(join(folder, "part.ts"), 1, 1);
        assert.equal(start(), "3");
    });

    it("that are broken or gone say so", () => {
        write("entry.ts", "export { answer } from './part';");
        write("part.ts", "export const answer = 1;");
        assert.equal(start(), "1");
        write("part.ts", "export const answer = ;");
        assert.match(start(), /Unexpected ";"/);
        rmSync(join(folder, "part.ts"));
        assert.match(start(), /Could not resolve "\.\/part"/);
    });

    it("of a bundle that was cut short are bundled again", () => {
        write("entry.ts", "export const answer = 1;");
        assert.equal(start(), "1");
        const [file = ""] = cached();
        writeFileSync(join(CACHE, file), "//{");
        assert.equal(start(), "1");
    });
});
