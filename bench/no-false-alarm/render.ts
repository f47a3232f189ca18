import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

import { readExemptions } from "../../cli/check/exemptions";
import { EXEMPTIONS_FILE, exemptionsFile } from "../../cli/render/exemptions-file";
import { loadProject } from "../../infra/compose/load";
import { printProject } from "../../infra/compose/print/print";
import { SECCOMP_STRICT } from "../../infra/docker/seccomp-strict";
import { ProblemsError } from "../../infra/model/problem";
import { COMPOSE_FILE, composeFiles } from "../../infra/render/compose-files";
import { loadSystem } from "../../infra/system/load";
import { prepare } from "../../infra/system/prepare";
import type { Exemption } from "../../policies/exemptions";

/** A system as `render` writes it. */
export interface RenderedSystem {
    /** Its Compose file, from where the systems are looked for. */
    readonly name: string;
    readonly composeFile: string;
    /** The rendering as one file of plain Compose: not every program reads `include` and `!override`. */
    readonly plain: string;
    /** Those of its exemptions.yaml. */
    readonly exemptions: readonly Exemption[];
}

const ENVIRONMENT = { HOME: "/root", PATH: process.env["PATH"] ?? "" };

/** Compose files that stand by themselves: an override is no application. */
export function composeFilesBelow(folder: string): string[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile() && /^(docker-)?compose[\w.-]*\.ya?ml$/.test(entry.name))
        .map(entry => join(entry.parentPath, entry.name))
        .filter(file => /^services:/m.test(readFileSync(file, "utf8"))).sort();
}

/**
 * Writes what `render` writes, but for the values of secrets, which no checker of files reads.
 * @returns undefined for a system that cannot be hardened before its operator says more
 */
export async function renderSystem(path: string, base: string, out: string): Promise<RenderedSystem | undefined> {
    try {
        const system = loadSystem(path, { environment: ENVIRONMENT });
        const { application } = prepare(system, { deploying: false });
        const envFiles = (system.declaration.compose?.env_files ?? []).map(file => join(system.directory, file));
        const { files, changes } = composeFiles(application, { out, upstream: system.composeFiles, directory: application.directory, envFiles, seccompStrict: SECCOMP_STRICT }, new Map());
        for (const { path: name, content } of files) {
            mkdirSync(dirname(join(out, name)), { recursive: true });
            writeFileSync(join(out, name), content);
        }
        const composeFile = join(out, COMPOSE_FILE);
        const answers = await exemptionsFile(composeFile, application, [...application.changes, ...changes]);
        if (answers !== undefined) {
            writeFileSync(join(out, EXEMPTIONS_FILE), answers.content);
        }
        const plain = join(out, "plain.yaml");
        writeFileSync(plain, printProject(loadProject({ files: [composeFile], environment: ENVIRONMENT }), "yaml"));
        return { name: relative(base, path), composeFile, plain, exemptions: answers === undefined ? [] : readExemptions(join(out, EXEMPTIONS_FILE)) };
    } catch (error) {
        if (error instanceof ProblemsError) {
            return undefined;
        }
        throw error;
    }
}
