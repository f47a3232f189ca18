import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { issueInternalCertificate } from "../../../infra/edge/certificate";
import type { EdgePlan } from "../../../infra/edge/plan";
import type { NginxBuild } from "../../../nginx/build";
import type { NginxLayout } from "../../../nginx/layout";
import { renderNginx } from "../../../nginx/render";
import type { NginxFile } from "../../../nginx/render";

/** `nobody` on every Linux: the edge must do without root. */
const UNPRIVILEGED = 65534;

export interface RunningNginx {
    readonly httpsPort: number;
    readonly httpPort: number;
    readonly healthPort: number;
    /** What clients trust. */
    readonly authority: string;
    readonly pid: number;
    readonly directory: string;
    /** What it wrote to its access log and its error log so far. */
    log(): string;
    /** Writes the files of another plan over its own. */
    write(plan: EdgePlan): void;
    /** Replaces certificate and key. */
    install(chain: string, key: string): void;
    /** Runs the reload script. Gives its exit status and what it wrote. */
    reload(): { readonly status: number | null; readonly output: string };
    stop(): Promise<void>;
}

export interface NginxOptions {
    readonly resolverPort: number;
    /** Takes a guarantee out, for the negative case. */
    readonly spoil?: (file: NginxFile) => NginxFile;
}

/** The nginx to test: PORTCULLIS_NGINX, else the one on the PATH. Undefined where there is none. */
export function findNginx(): { readonly binary: string; readonly build: NginxBuild } | undefined {
    const binary = process.env["PORTCULLIS_NGINX"] ?? "nginx";
    const { stderr, error } = spawnSync(binary, ["-V"], { encoding: "utf8" });
    const version = error === undefined ? /nginx\/([0-9.]+)/.exec(stderr)?.[1] : undefined;
    if (version === undefined) {
        return undefined;
    }
    const openssl = /running with OpenSSL ([0-9.]+)/.exec(stderr)?.[1] ?? /built with OpenSSL ([0-9.]+)/.exec(stderr)?.[1] ?? "0";
    return { binary, build: { version, openssl } };
}

/** Free TCP ports of 127.0.0.1, all different. */
export async function freePorts(count: number): Promise<number[]> {
    const servers = await Promise.all(Array.from({ length: count }, () => new Promise<ReturnType<typeof createServer>>(resolve => {
        const server = createServer();
        server.listen(0, "127.0.0.1", () => resolve(server));
    })));
    const ports = servers.map(server => (server.address() as { port: number }).port);
    await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
    return ports;
}

/** Starts the real nginx, without privileges, on exactly the rendered configuration; only paths and ports are moved. */
export async function startNginx(plan: EdgePlan, options: NginxOptions): Promise<RunningNginx> {
    const found = findNginx();
    if (found === undefined) {
        throw new Error("no nginx");
    }
    const [httpsPort = 0, httpPort = 0, healthPort = 0] = await freePorts(3);
    const root = mkdtempSync(join(tmpdir(), "edge-"));
    const layout: NginxLayout = {
        directory: join(root, "etc"), temporary: join(root, "tmp"), healthPort, resolver: `127.0.0.1:${options.resolverPort}`,
        certificateFile: join(root, "secrets/chain.pem"), keyFile: join(root, "secrets/key.pem"), accessLog: join(root, "access.log"),
    };
    const write = (next: EdgePlan): void => writeFiles(renderNginx(onPorts(next, httpsPort, httpPort), found.build, layout), options);
    write(plan);
    const certificate = await issueInternalCertificate({
        seed: Buffer.alloc(32, 1), hosts: plan.hosts.map(({ name }) => name), at: new Date(),
    });
    const install = (chain: string, key: string): void => {
        put(layout.certificateFile, chain, 0o444);
        put(layout.keyFile, key, 0o400);
        own(root);
    };
    mkdirSync(layout.temporary, { recursive: true });
    install(certificate.chain, certificate.key);
    const errorLog = openSync(join(root, "error.log"), "a");
    own(root);
    chmodSync(root, 0o755);
    const arguments_ = ["-e", "stderr", "-c", join(layout.directory, "nginx.conf"), "-g", "daemon off;"];
    const child = spawn(found.binary, arguments_, { stdio: ["ignore", errorLog, errorLog], ...unprivileged() });
    const log = (): string => ["access.log", "error.log"].map(name => read(join(root, name))).join("");
    await untilUp(child, healthPort, log);
    return {
        httpsPort, httpPort, healthPort, log, write: next => { write(next); own(root); }, install,
        authority: certificate.authority, pid: child.pid ?? 0, directory: root,
        reload: () => reload(layout, found.binary),
        stop: () => stop(child, root),
    };
}

function unprivileged(): { uid?: number; gid?: number } {
    return process.getuid?.() === 0 ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {};
}

function onPorts(plan: EdgePlan, https: number, http: number): EdgePlan {
    return {
        ...plan,
        listeners: plan.listeners.map(listener => ({ ...listener, containerPort: https, publishedPort: https })),
        ...(plan.httpRedirect && { httpRedirect: { ...plan.httpRedirect, containerPort: http, publishedPort: http } }),
    };
}

function writeFiles(files: readonly NginxFile[], { spoil = file => file }: NginxOptions): void {
    for (const file of files.map(spoil)) {
        put(file.path, file.content, 0o444);
    }
}

function put(path: string, content: string, mode: number): void {
    mkdirSync(dirname(path), { recursive: true });
    rmSync(path, { force: true });
    writeFileSync(path, content, { mode });
}

function own(path: string): void {
    if (process.getuid?.() !== 0) {
        return;
    }
    chownSync(path, UNPRIVILEGED, UNPRIVILEGED);
    if (statSync(path).isDirectory()) {
        readdirSync(path).forEach(name => own(join(path, name)));
    }
}

/** The script finds `nginx` on the PATH in the container; here it may be elsewhere. */
function reload(layout: NginxLayout, binary: string): { status: number | null; output: string } {
    const path = binary.includes("/") ? `${dirname(binary)}:${process.env["PATH"]}` : process.env["PATH"];
    const { status, stdout, stderr } = spawnSync("sh", [join(layout.directory, "reload.sh")], {
        encoding: "utf8", env: { PATH: path }, ...unprivileged(),
    });
    return { status, output: stdout + stderr };
}

function read(path: string): string {
    try {
        return readFileSync(path, "utf8");
    } catch {
        return "";
    }
}

async function untilUp(child: ChildProcess, healthPort: number, log: () => string): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
        if (child.exitCode !== null) {
            throw new Error(`nginx ended with ${child.exitCode}:\n${log()}`);
        }
        const up = await fetch(`http://127.0.0.1:${healthPort}/health`).then(({ status }) => status === 200, () => false);
        if (up) {
            return;
        }
        await sleep(50);
    }
    throw new Error(`nginx did not come up:\n${log()}`);
}

async function stop(child: ChildProcess, root: string): Promise<void> {
    if (child.exitCode === null) {
        const ended = new Promise(resolve => child.once("exit", resolve));
        child.kill("SIGTERM");
        await ended;
    }
    rmSync(root, { recursive: true, force: true });
}
