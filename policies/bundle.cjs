// Starts TypeScript sources fast: they are bundled into one file, once, and again as soon as any of them has changed. A file
// for each module, each compiled when it is met, would cost more than the work itself.
"use strict";

const { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require("node:fs");
const { Module } = require("node:module");
const path = require("node:path");

/**
 * The exports of a TypeScript file.
 * @param {string} entry absolute path
 * @returns the exports; a promise of them where the bundle had to be made first
 */
function requireBundled(entry) {
    const file = cacheFile(entry);
    const code = readFresh(file);
    return code === undefined ? build(entry, file) : run(entry, file, code);
}

/** Beside the installed packages: what makes the bundle is installed there too. */
function cacheFile(entry) {
    const packages = path.resolve(path.dirname(require.resolve("esbuild/package.json")), "..");
    const name = `${path.basename(path.dirname(entry))}-${path.basename(entry, ".ts")}`;
    return path.join(packages, ".cache", "portcullis", `${name}-${hashOf(entry)}.cjs`);
}

function hashOf(text) {
    return require("node:crypto").createHash("sha256").update(text).digest("hex").slice(0, 12);
}

/** The bundle, if every source still is what it was made from: its first line says what that was. */
function readFresh(file) {
    let code;
    try {
        code = readFileSync(file, "utf8");
        const made = JSON.parse(code.slice(2, code.indexOf("\n")));
        return Object.entries(made).every(([source, stamp]) => stampOf(source) === stamp) ? code : undefined;
    } catch {
        return undefined;
    }
}

function stampOf(source) {
    const { mtimeMs, size, ino } = statSync(source);
    return `${mtimeMs}/${size}/${ino}`;
}

async function build(entry, file) {
    const { metafile, outputFiles } = await require("esbuild").build({
        entryPoints: [entry], absWorkingDir: path.dirname(entry), bundle: true, platform: "node", format: "cjs", target: "node20", packages: "external",
        write: false, metafile: true, logLevel: "silent", plugins: [{ name: "folders", setup: keepFolders }],
    });
    const sources = Object.keys(metafile.inputs).map(source => path.resolve(path.dirname(entry), source.replace(/^[a-z]+:/, "")));
    const stamps = Object.fromEntries([__filename, ...sources].map(source => [source, stampOf(source)]));
    const code = `//${JSON.stringify(stamps)}\n${outputFiles[0].text}`;
    keep(file, code);
    return run(entry, file, code);
}

/** In a bundle every file would take itself for the bundle: those that look for files beside them must not. */
function keepFolders({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path: source }) => {
        const contents = readFileSync(source, "utf8");
        const names = Object.entries({ __dirname: path.dirname(source), __filename: source }).filter(([name]) => contents.includes(name));
        return { contents: names.map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`).join("") + contents, loader: "ts" };
    });
}

/** A folder that may not be written costs the next start its speed, and nothing else. */
function keep(file, code) {
    const unfinished = `${file}.${process.pid}`;
    try {
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(unfinished, code);
        renameSync(unfinished, file);
    } catch {
        // Nothing is lost: the bundle runs from memory.
    }
}

function run(entry, file, code) {
    const made = new Module(file, null);
    made.filename = file;
    made.paths = Module._nodeModulePaths(path.dirname(entry));
    made._compile(code, file);
    return made.exports;
}

module.exports = { requireBundled };
