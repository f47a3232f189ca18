import { existsSync, realpathSync } from "node:fs";
import { dirname, join, relative } from "node:path";

import type { Path } from "../../model/problem";
import { type Fault, FaultError } from "../fault";
import type { TypedProject } from "../project";
import type { DataObject } from "../typed/kind";

/** A file or folder that a project names, and where. */
export interface Named {
    readonly file: string;
    readonly path: Path;
}

/**
 * Refuses symbolic links that lead out of the project: what looks like a file of the authors would be one of the host.
 * Docker Compose follows them. A path that is written as one outside is not refused: it can be seen.
 * @param read files that were read for the project
 * @throws FaultError
 */
export function checkLinks(project: TypedProject, directory: string, read: readonly Named[]): void {
    const root = checkoutOf(directory);
    const faults: Fault[] = [];
    for (const { file, path } of [...read, ...namedIn(project)]) {
        const target = isWithin(root, file) ? targetOf(file) : undefined;
        if (target !== undefined && !isWithin(targetOf(root) ?? root, target)) {
            faults.push({ path, ...path.length === 0 ? { subject: "the file .env" } : {}, fault: "leads out of the project by a symbolic link", got: `${file} is ${target}`, remedy: "write the path that it leads to" });
        }
    }
    if (faults.length > 0) {
        throw new FaultError(faults);
    }
}

/** The nearest folder above that is under version control, or the folder itself. */
function checkoutOf(directory: string): string {
    for (let folder = directory; folder !== dirname(folder); folder = dirname(folder)) {
        if (existsSync(join(folder, ".git"))) {
            return folder;
        }
    }
    return directory;
}

function isWithin(root: string, file: string): boolean {
    const path = relative(root, file);
    return path !== ".." && !path.startsWith("../");
}

function targetOf(file: string): string | undefined {
    try {
        return realpathSync(file);
    } catch {
        return undefined;
    }
}

function namedIn(project: TypedProject): Named[] {
    const mounts = Object.entries(project.parts.services).flatMap(([name, service]) =>
        (((service as DataObject)["volumes"] ?? []) as DataObject[]).flatMap((mount, at) =>
            mount["type"] === "bind" ? [{ file: String(mount["source"]), path: ["services", name, "volumes", at] }] : []));
    const files = (["secrets", "configs"] as const).flatMap(kind => Object.entries(project.parts[kind]).flatMap(([name, entry]) => {
        const { file } = entry as DataObject;
        return typeof file === "string" ? [{ file, path: [kind, name, "file"] }] : [];
    }));
    return [...mounts, ...files];
}
