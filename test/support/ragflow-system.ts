import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { dump, load } from "js-yaml";

import { engine } from "./docker-engine";
import { TOOL_IMAGE } from "./stand-ins";

const ROOT = path.join(__dirname, "..", "..");
const OWN = path.join(ROOT, "systems", "ragflow");
/** The authors' files as they ship them, where the folder with them is at hand. */
export const UPSTREAM = path.join(ROOT, "..", "shared", "corpus", "compose", "infiniflow__ragflow");

/** A copy of RAGFlow's system that tests may write into, its Compose files as they are. */
export interface RagflowSystem {
    /** Holds hardening.yaml; removed with `dispose`. */
    readonly folder: string;
    /** Compose files with which the original can be started on this machine. */
    readonly originalFiles: readonly string[];
    readonly profiles: readonly string[];
    readonly dispose: () => void;
}

interface Declared {
    compose: { files: string[]; profiles: string[] };
    system: string;
}

/**
 * Copies the system that this repository has, or the same declaration over the authors' own files with the scripts that
 * their folder mounts and the copy of it lacks.
 * @param name the name of the system, and so of everything on the engine
 */
export function ragflowSystem(from: "own" | "upstream", name: string): RagflowSystem {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), `${name}-`));
    fs.cpSync(from === "own" ? OWN : path.join(UPSTREAM, "docker"), folder, { recursive: true });
    if (from === "upstream") {
        fs.copyFileSync(path.join(__dirname, "stand-ins", "ragflow", "rootfs", "ragflow", "entrypoint.sh"), path.join(folder, "entrypoint.sh"));
        fs.writeFileSync(path.join(folder, "init.sql"), "CREATE DATABASE IF NOT EXISTS rag_flow;\n");
        fs.copyFileSync(path.join(OWN, "hardening.yaml"), path.join(folder, "hardening.yaml"));
    }
    const declared = load(fs.readFileSync(path.join(folder, "hardening.yaml"), "utf8")) as Declared;
    const files = [...declared.compose.files, ...limitsOfMachine(from, folder)];
    fs.writeFileSync(path.join(folder, "hardening.yaml"), dump({ ...declared, system: name, compose: { ...declared.compose, files } }));
    return {
        folder, originalFiles: [...files, ...rightsOfMachine(folder)], profiles: declared.compose.profiles,
        dispose: () => { fs.rmSync(folder, { recursive: true }); },
    };
}

/**
 * Where the machine lets nobody raise limits, not even root, an engine cannot start the services that ask for more open
 * files or locked memory. There one more file takes these wishes away, for the original and the hardened alike.
 */
function limitsOfMachine(from: "own" | "upstream", folder: string): string[] {
    const services = from === "own" ? ["ragflow-cpu"] : ["ragflow-cpu", "es01"];
    return canRun("--ulimit", "nofile=65535:65535", "--ulimit", "memlock=-1:-1") ? []
        : [extraFile(folder, "limits-of-machine.yml", services.map(name => `${name}: { ulimits: !reset null }`))];
}

/**
 * Where the engine itself lacks a capability it cannot run a privileged container. There the original's sandbox gets, in
 * place of all capabilities, the worst that the engine has; the hardened system is made from the authors' files as they are.
 */
function rightsOfMachine(folder: string): string[] {
    return canRun("--privileged") ? [] : [extraFile(folder, "rights-of-machine.yml", [
        "sandbox-executor-manager: { privileged: !reset null, cap_add: [SYS_ADMIN, NET_ADMIN, SYS_PTRACE], security_opt: [seccomp:unconfined] }",
    ])];
}

function canRun(...options: readonly string[]): boolean {
    return engine().docker(["run", "--rm", ...options, TOOL_IMAGE, "true"]).status === 0;
}

function extraFile(folder: string, name: string, services: readonly string[]): string {
    fs.writeFileSync(path.join(folder, name), `services:\n${services.map(service => `  ${service}\n`).join("")}`);
    return name;
}
