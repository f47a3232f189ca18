import * as fs from "node:fs";
import * as path from "node:path";

import { type Problem, refuseProblems } from "../../infra/model/problem";
import type { RenderedFile } from "../../infra/render/rendered";

/** Lists the files of a rendering, and says that the directory is one. */
export const MANIFEST = ".rendered.json";

interface Manifest {
    readonly by: "portcullis render --target docker";
    readonly files: readonly string[];
}

/**
 * Writes a rendering as a whole or not at all: into a directory beside the output, which takes its place once `check` has
 * passed. What another hand put into the output directory is never lost.
 * @param check is given the new directory before it takes the place; what it throws stops everything, and what it returns
 *     is written there as well
 * @throws ProblemsError when the output directory holds anything that no rendering wrote, or a file needs another owner
 *     and this process is not root
 */
export async function writeRendering(out: string, files: readonly RenderedFile[], check: (directory: string) => Promise<readonly RenderedFile[]>): Promise<void> {
    refuseProblems([...foreignFiles(out), ...ownerProblems(files)]);
    fs.mkdirSync(path.dirname(out), { recursive: true });
    const fresh = fs.mkdtempSync(path.join(path.dirname(out), `.${path.basename(out)}-`));
    try {
        fs.chmodSync(fresh, 0o755);
        files.forEach(file => { writeFile(fresh, file); });
        const added = await check(fresh);
        const manifest: Manifest = { by: "portcullis render --target docker", files: [...files, ...added].map(file => file.path).sort() };
        [...added, { path: MANIFEST, content: `${JSON.stringify(manifest, null, 4)}\n`, mode: 0o644 }].forEach(file => { writeFile(fresh, file); });
        replace(out, fresh);
    } finally {
        fs.rmSync(fresh, { recursive: true, force: true });
    }
}

/** Problems where the directory is not empty and not, file by file, an earlier rendering. */
function foreignFiles(out: string): Problem[] {
    const stat = fs.statSync(out, { throwIfNoEntry: false });
    if (stat === undefined) {
        return [];
    }
    if (!stat.isDirectory()) {
        return [{ subject: "--out", fault: "is not a directory", got: out, remedy: "name one that a rendering may have to itself" }];
    }
    const known = new Set([MANIFEST, ...readManifest(out)?.files ?? []]);
    const foreign = fs.readdirSync(out, { recursive: true, withFileTypes: true })
        .filter(entry => !entry.isDirectory())
        .map(entry => path.relative(out, path.join(entry.parentPath, entry.name)))
        .filter(file => !known.has(file))
        .sort();
    return foreign.slice(0, 1).map(file => ({
        subject: "--out", fault: "holds what no rendering wrote", got: path.join(out, file), remedy: "move it away, or name another directory",
    }));
}

function readManifest(out: string): Manifest | undefined {
    try {
        const manifest = JSON.parse(fs.readFileSync(path.join(out, MANIFEST), "utf8")) as Partial<Manifest>;
        return Array.isArray(manifest.files) ? manifest as Manifest : undefined;
    } catch {
        return undefined;
    }
}

function ownerProblems(files: readonly RenderedFile[]): Problem[] {
    const uid = process.getuid?.();
    const foreign = files.some(file => file.owner !== undefined && file.owner.uid !== uid);
    return uid === 0 || !foreign ? [] : [{
        subject: "the files of secrets", fault: "must belong to the users of the containers", got: `rendered by the user ${uid ?? "unknown"}`,
        remedy: "run the same command with sudo",
    }];
}

function writeFile(directory: string, { path: name, content, mode, owner }: RenderedFile): void {
    const file = path.join(directory, name);
    // The engine, which is root, mounts single files; nobody else needs to find them.
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: name.startsWith("secrets/") ? 0o700 : 0o755 });
    fs.writeFileSync(file, content, { flag: "wx", mode: 0o600 });
    fs.chmodSync(file, mode);
    if (owner !== undefined && process.getuid?.() === 0) {
        fs.chownSync(file, owner.uid, owner.gid);
    }
}

function replace(out: string, fresh: string): void {
    if (!fs.existsSync(out)) {
        fs.renameSync(fresh, out);
        return;
    }
    const old = `${fresh}.old`;
    fs.renameSync(out, old);
    try {
        fs.renameSync(fresh, out);
    } catch (error) {
        fs.renameSync(old, out);
        throw error;
    }
    fs.rmSync(old, { recursive: true, force: true });
}
