import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";

import { type LoadedProject, loadProject } from "../compose/load";
import { toApplication } from "../compose/translate/application";
import type { Declaration } from "../hardening/definition";
import { readDeclaration } from "../hardening/read";
import { isSecretName } from "../harden/secrets/names";
import type { Application } from "../model/application";
import { type Locate, refuseProblems } from "../model/problem";
import { type Lock, readLock } from "./lock";

/** A system read from its folder: the application, what the operator declares of it, and which images are pinned. */
export interface System {
    /** Absolute. */
    readonly directory: string;
    readonly declaration: Declaration;
    readonly locateDeclared: Locate;
    readonly loaded: LoadedProject;
    readonly application: Application;
    /** Absolute paths of the Compose files, in order. */
    readonly composeFiles: readonly string[];
    readonly lock: Lock;
    /** Dockerfiles by service, for those that are built. */
    readonly dockerfiles: Readonly<Record<string, string>>;
    /** The authors' checkout: the nearest folder above the Compose file that is under version control, or the file's own. */
    readonly checkout: string;
}

export interface LoadOptions {
    /** Variables for interpolation, normally the process's environment. */
    readonly environment: Readonly<Record<string, string | undefined>>;
    /** Profiles instead of those of hardening.yaml. */
    readonly profiles?: readonly string[];
}

export const DECLARATION_FILE = "hardening.yaml";
export const LOCK_FILE = "images.lock.yaml";

/**
 * Reads a system.
 * @param path its folder (with a hardening.yaml, or just with a Compose file), or a Compose file
 * @throws ProblemsError with every problem of the stage that failed
 */
export function loadSystem(path: string, options: LoadOptions): System {
    const given = resolve(path);
    refuseProblems(existsSync(given) ? [] : [{ subject: "--system", fault: "names a folder that does not exist", got: path, remedy: "name a folder with a Compose file" }]);
    const isFile = statSync(given).isFile();
    const directory = isFile ? dirname(given) : given;
    const { declaration, locateDeclared } = declarationIn(directory);
    const compose = declaration.compose ?? {};
    const profiles = options.profiles ?? compose.profiles;
    const plain = plainVariables(declaration);
    const files = isFile ? [given] : (compose.files ?? []).map(file => resolve(directory, file));
    const loaded = loadProject({
        files,
        ...projectDirectoryOf(files, compose.project_directory, directory),
        ...(profiles && { profiles }),
        ...(compose.env_files && { envFiles: compose.env_files.map(file => resolve(directory, file)) }),
        environment: options.environment,
        ...(declaration.system !== undefined && { projectName: declaration.system }),
        secretVariable: name => isSecretName(name) && !plain.has(name),
    });
    const application = toApplication(loaded);
    const { lock, problems } = readLock(join(directory, LOCK_FILE));
    refuseProblems(problems);
    return {
        directory, declaration, locateDeclared, loaded, application, lock,
        composeFiles: loaded.files,
        dockerfiles: dockerfilesOf(application),
        checkout: checkoutOf(application.directory),
    };
}

/** Declared, or where the Compose files are to be found when none is named. */
function projectDirectoryOf(files: readonly string[], declared: string | undefined, directory: string): { projectDirectory?: string } {
    if (declared !== undefined) {
        return { projectDirectory: resolve(directory, declared) };
    }
    return files.length === 0 ? { projectDirectory: directory } : {};
}

function declarationIn(directory: string): { declaration: Declaration; locateDeclared: Locate } {
    const file = join(directory, DECLARATION_FILE);
    if (!existsSync(file)) {
        return { declaration: {}, locateDeclared: () => undefined };
    }
    const { declaration, locate, problems } = readDeclaration(readFileSync(file, "utf8"), shown(file));
    refuseProblems(problems);
    return { declaration, locateDeclared: locate };
}

/** A path as people know it: from where they stand, if it is below. */
function shown(file: string): string {
    const near = relative(process.cwd(), file);
    return near.startsWith("..") || isAbsolute(near) ? file : near;
}

function plainVariables(declaration: Declaration): Set<string> {
    return new Set(Object.entries(declaration.secrets?.values ?? {}).filter(([, value]) => "plain" in value).map(([name]) => name));
}

function dockerfilesOf({ services }: Application): Record<string, string> {
    return Object.fromEntries(services.flatMap(({ name, build }) => {
        if (build === undefined) {
            return [];
        }
        const file = resolve(build.context, build.dockerfile ?? "Dockerfile");
        const text = build.dockerfileInline ?? (isLocal(build.context) && existsSync(file) ? readFileSync(file, "utf8") : undefined);
        return text === undefined ? [] : [[name, text]];
    }));
}

function isLocal(context: string): boolean {
    return !/^[a-z+]+:\/\/|^git@|^github\.com\//.test(context);
}

function checkoutOf(directory: string): string {
    for (let at = directory; dirname(at) !== at; at = dirname(at)) {
        if (existsSync(join(at, ".git"))) {
            return at;
        }
    }
    return directory;
}
