import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { EDGE_IMAGE } from "../../infra/edge/constants";
import { docker, engine, findEngine } from "./docker-engine";

/**
 * Small images that behave like well-known ones as far as tests need: the ports, the password file without which they do
 * not start, the data directory, the commands of health checks. Made of this machine's own programs, so nothing is pulled.
 */
export type StandIn = "mysql" | "valkey" | "silo" | "elasticsearch" | "ragflow" | "sandbox" | "nginx";

/** Which images the stand-ins are for, under the tags that upstream's files name. */
export const STAND_IN_TAGS: Readonly<Record<string, StandIn>> = {
    "mysql:8.0.40": "mysql",
    "valkey/valkey:8": "valkey",
    "pgsty/silo:RELEASE.2026-08-06T00-00-00Z": "silo",
    "elasticsearch:8.11.3": "elasticsearch",
    "infiniflow/ragflow:v0.27.0": "ragflow",
    "infiniflow/sandbox-executor-manager:latest": "sandbox",
    [EDGE_IMAGE]: "nginx",
};

const get = (path: string): string => `GET ${path} HTTP/1.0\\r\\n\\r\\n`;

/** By port: what to say to a stand-in, as printf(1) takes it, and what only it answers, as grep(1) takes it. */
export const GREETINGS: Readonly<Record<string, readonly [say: string, hear: string]>> = {
    "80": [get("/"), "stand-in\\|hello"],
    "443": [get("/"), "nginx"],
    "3306": ["PASSWORD none\\n", "^DENIED$"],
    "6379": ["PING\\r\\n", "^-NOAUTH"],
    "9000": [get("/minio/health/live"), "^ok$"],
    "9001": [get("/"), "^console$"],
    "9200": [get("/"), "missing authentication"],
    "9385": [get("/healthz"), "\"status\":\"ok\""],
};

/** A general tool image: a shell, busybox's commands, curl. */
export const TOOL_IMAGE = "portcullis-stand-in/base";

const LABEL = "portcullis.stand-in";
const SOURCES = path.join(__dirname, "stand-ins");

/** What each image takes from this machine: programs with their libraries, and folders as they are. */
const TAKEN: Readonly<Record<string, { readonly programs: readonly string[]; readonly folders?: readonly string[] }>> = {
    base: { programs: ["curl"] },
    valkey: { programs: ["redis-check-rdb", "redis-cli"] },
    nginx: { programs: ["nginx", "openssl"], folders: ["/usr/lib/nginx/modules", "/etc/nginx/mime.types", "/etc/nginx/unicode.mapping", "/usr/share/modsecurity-crs", "/etc/modsecurity"] },
};

/** Why the stand-ins cannot be built here: a program is missing, or the real image is here; undefined when they can. */
export function standInsLack(tags: Readonly<Record<string, StandIn>> = STAND_IN_TAGS): string | undefined {
    const programs = ["busybox", ...Object.values(TAKEN).flatMap(taken => taken.programs)];
    const missing = programs.filter(program => which(program) === undefined);
    if (missing.length > 0) {
        return `the stand-in images need ${missing.join(", ")} on this machine`;
    }
    const real = typeof findEngine() === "string" ? undefined : Object.keys(tags).find(tag => labelOf(tag) === null);
    return real === undefined ? undefined : `the real image ${real} is here, and a stand-in would take its name`;
}

/**
 * Builds a stand-in under each tag, unless the same one is there already. Throws when an image that this did not make has
 * the tag: it is not ours to replace.
 */
export function buildStandIns(tags: Readonly<Record<string, StandIn>> = STAND_IN_TAGS): void {
    const base = build("base", TOOL_IMAGE, "");
    for (const [tag, name] of Object.entries(tags)) {
        build(name, tag, base);
    }
}

/** Removes every image that `buildStandIns` made, and no other. */
export function removeStandIns(): void {
    const tags = docker("images", "--filter", `label=${LABEL}`, "--format", "{{.Repository}}:{{.Tag}}").split("\n");
    for (const tag of tags.filter(text => text !== "" && !text.includes("<none>"))) {
        docker("rmi", "--force", tag);
    }
}

/** Returns the digest of all that went into the image. */
function build(name: string, tag: string, base: string): string {
    const context = fs.mkdtempSync(path.join(os.tmpdir(), "stand-in-"));
    try {
        fillContext(name, context);
        const digest = createHash("sha256").update(base).update(digestOf(context)).digest("hex");
        const label = labelOf(tag);
        if (label === null) {
            throw new Error(`the image ${tag} is here and is not a stand-in; remove it first`);
        }
        if (label !== digest) {
            docker("build", "--quiet", "--label", `${LABEL}=${digest}`, "--tag", tag, context);
        }
        return digest;
    } finally {
        fs.rmSync(context, { recursive: true, force: true });
    }
}

/** What the image was made of; null for one that was not made here, undefined for none. */
function labelOf(tag: string): string | null | undefined {
    const { status, stdout } = engine().docker(["image", "inspect", "--format", "{{json .Config.Labels}}", tag]);
    return status === 0 ? (JSON.parse(stdout) as Record<string, string> | null)?.[LABEL] ?? null : undefined;
}

function fillContext(name: string, context: string): void {
    fs.cpSync(path.join(SOURCES, name), context, { recursive: true });
    const root = path.join(context, "rootfs");
    if (name === "base") {
        take(which("busybox") as string, "/bin/busybox", root);
        takeLibraries(which("busybox") as string, root);
    }
    for (const program of TAKEN[name]?.programs ?? []) {
        const file = which(program) as string;
        take(file, path.join("/usr/bin", path.basename(file)), root);
        takeLibraries(file, root);
    }
    for (const folder of (TAKEN[name]?.folders ?? []).filter(place => fs.existsSync(place))) {
        fs.cpSync(folder, path.join(root, folder), { recursive: true, dereference: true });
        for (const module of folder.endsWith("modules") ? fs.readdirSync(folder) : []) {
            takeLibraries(path.join(folder, module), root);
        }
    }
}

/** Copies the shared libraries that `ldd` names, the loader among them, to where the program will look for them. */
function takeLibraries(file: string, root: string): void {
    const listed = spawnSync("ldd", [file], { encoding: "utf8" }).stdout;
    for (const match of listed.matchAll(/(?:=> |^\s+)(\/\S+) \(0x/gm)) {
        take(match[1] as string, match[1] as string, root);
    }
}

function take(file: string, target: string, root: string): void {
    const place = path.join(root, target);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.copyFileSync(fs.realpathSync(file), place);
    fs.chmodSync(place, 0o755);
}

function which(program: string): string | undefined {
    const folders = [...(process.env["PATH"] ?? "").split(":"), "/usr/sbin", "/sbin"];
    return folders.map(folder => path.join(folder, program)).find(file => fs.existsSync(file));
}

/** Of every file's path, mode and content, so that a changed script is a new image. */
function digestOf(folder: string): string {
    const hash = createHash("sha256");
    for (const entry of fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
        const file = path.join(folder, entry);
        const stat = fs.statSync(file);
        hash.update(`${entry}\0${stat.mode.toString(8)}\0`);
        if (stat.isFile()) {
            hash.update(fs.readFileSync(file));
        }
    }
    return hash.digest("hex");
}
