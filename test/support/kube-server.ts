import { spawn, spawnSync } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { cacheFolder } from "./docker-engine";

import type { ChildProcess } from "node:child_process";

/** A real API server with its store, on this machine's loopback address; no kubelet and no controllers. */
export interface KubeServer {
    readonly kubeconfig: string;
    /** Sends an object; throws with what the server says against it. */
    readonly create: (path: string, object: object) => Promise<Readonly<Record<string, unknown>>>;
    readonly stop: () => void;
}

const VERSION = "v1.36.2";
const WAIT_MS = 60_000;

interface Programs {
    readonly etcd: string;
    readonly apiserver: string;
}

/** The programs of a cluster on this machine, or why there are none. An API server is built only where that is let. */
export function findKubePrograms(): Programs | string {
    const etcd = onPath("etcd");
    if (etcd === undefined) {
        return "no etcd on this machine";
    }
    const kept = join(cacheFolder(), `kube-apiserver-${VERSION}`);
    const apiserver = [onPath("kube-apiserver"), kept].find(file => file !== undefined && existsSync(file));
    if (apiserver !== undefined) {
        return { etcd, apiserver };
    }
    const refusal = buildApiServer(kept);
    return refusal ?? { etcd, apiserver: kept };
}

function onPath(program: string): string | undefined {
    return (process.env["PATH"] ?? "").split(delimiter).map(folder => join(folder, program)).find(file => existsSync(file));
}

/** The module says which others it is built with only as a main module: so it is built from a copy. */
function buildApiServer(file: string): string | undefined {
    const go = [onPath("go"), "/usr/local/go/bin/go"].find(candidate => candidate !== undefined && existsSync(candidate));
    if (process.env["PORTCULLIS_BUILD_TOOLS"] === undefined || go === undefined) {
        return "no kube-apiserver on this machine; .ci/run builds one where there is Go";
    }
    const work = mkdtempSync(join(tmpdir(), "kube-build-"));
    const run = (cwd: string, ...words: string[]) => spawnSync(go, words, {
        cwd, encoding: "utf8", maxBuffer: 64 * 1024 ** 2, timeout: 1_800_000, env: { ...process.env, GOFLAGS: "-mod=mod -buildvcs=false", GOWORK: "off", GOTOOLCHAIN: "auto", CGO_ENABLED: "0" },
    });
    try {
        const fetched = run(work, "mod", "download", "-json", `k8s.io/kubernetes@${VERSION}`);
        if (fetched.status !== 0) {
            return `Kubernetes could not be fetched: ${fetched.stderr.trim().split("\n").at(-1) ?? ""}`;
        }
        const source = join(work, "source");
        cpSync((JSON.parse(fetched.stdout) as { readonly Dir: string }).Dir, source, { recursive: true });
        spawnSync("chmod", ["-R", "u+w", source]);
        useReleasedParts(source);
        const named = ["k8s.io/component-base/version"].flatMap(name => [`-X ${name}.gitVersion=${VERSION}`, `-X ${name}.gitMajor=1`, `-X ${name}.gitMinor=36`]);
        const built = run(source, "build", "-ldflags", ["-s -w", ...named].join(" "), "-o", join(work, "kube-apiserver"), "./cmd/kube-apiserver");
        if (built.status !== 0) {
            return `kube-apiserver could not be built: ${built.stderr.trim().split("\n").at(-1) ?? ""}`;
        }
        mkdirSync(cacheFolder(), { recursive: true });
        copyFileSync(join(work, "kube-apiserver"), `${file}.${process.pid}`);
        renameSync(`${file}.${process.pid}`, file);
        return undefined;
    } finally {
        rmSync(work, { recursive: true, force: true });
    }
}

/** Parts of Kubernetes stand beside it in its repository, but not in its module: those that were released with it are the same. */
function useReleasedParts(source: string): void {
    const module = join(source, "go.mod");
    const text = readFileSync(module, "utf8").replaceAll(/^\s*\S+ => \.\/staging\/.*$/gm, "");
    writeFileSync(module, text.replaceAll(/^(\s*k8s\.io\/\S+) v0\.0\.0$/gm, `$1 ${VERSION.replace("v1", "v0")}`));
    ["go.work", "go.work.sum", "vendor"].forEach(name => { rmSync(join(source, name), { recursive: true, force: true }); });
}

/** Starts an API server on free ports, and waits until it is ready. */
export async function startKubeServer(programs: Programs): Promise<KubeServer> {
    const folder = mkdtempSync(join(tmpdir(), "kube-server-"));
    const [store, peers, secure] = await freePorts(3) as [number, number, number];
    const token = randomBytes(16).toString("hex");
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048, privateKeyEncoding: { type: "pkcs8", format: "pem" }, publicKeyEncoding: { type: "spki", format: "pem" } });
    const write = (name: string, text: string): string => {
        writeFileSync(join(folder, name), text, { mode: 0o600 });
        return join(folder, name);
    };
    const at = (port: number) => `http://127.0.0.1:${port}`;
    const key = write("sa.key", privateKey);
    const children = [
        start(programs.etcd, [
            "--name", "default", "--data-dir", join(folder, "etcd"), "--listen-client-urls", at(store), "--advertise-client-urls", at(store),
            "--listen-peer-urls", at(peers), "--initial-advertise-peer-urls", at(peers), "--initial-cluster", `default=${at(peers)}`,
        ]),
        start(programs.apiserver, [
            "--etcd-servers", at(store), "--bind-address", "127.0.0.1", "--advertise-address", "127.0.0.1", "--secure-port", String(secure), "--authorization-mode", "RBAC",
            "--allow-privileged=true", "--service-cluster-ip-range", "10.96.0.0/16", "--cert-dir", join(folder, "certs"), "--endpoint-reconciler-type", "none",
            "--service-account-issuer", "https://kubernetes.default.svc", "--service-account-key-file", write("sa.pub", publicKey), "--service-account-signing-key-file", key,
            "--token-auth-file", write("tokens.csv", `${token},admin,admin,system:masters\n`),
        ]),
    ];
    const stop = () => {
        children.forEach(child => child.kill("SIGKILL"));
        rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    };
    process.once("exit", stop);
    const ask = (method: string, path: string, body?: object) => asked({ method, path, port: secure, token }, body);
    try {
        await ready(() => ask("GET", "/readyz"), children);
    } catch (error) {
        stop();
        throw error;
    }
    const cluster = { server: `https://127.0.0.1:${secure}`, "certificate-authority-data": readFileSync(join(folder, "certs/apiserver.crt")).toString("base64") };
    const kubeconfig = write("kubeconfig", JSON.stringify({
        apiVersion: "v1", kind: "Config", clusters: [{ name: "parity", cluster }], users: [{ name: "admin", user: { token } }],
        contexts: [{ name: "parity", context: { cluster: "parity", user: "admin" } }], "current-context": "parity",
    }));
    return {
        kubeconfig, stop,
        create: async (path, object) => {
            const { status, text } = await ask("POST", path, object);
            if (status !== 201) {
                throw new Error(`${path}: ${status} ${text}`);
            }
            return JSON.parse(text) as Readonly<Record<string, unknown>>;
        },
    };
}

function start(program: string, words: readonly string[]): ChildProcess {
    const child = spawn(program, words, { stdio: "ignore" });
    child.on("error", () => undefined);
    return child;
}

interface Asked {
    readonly method: string;
    readonly path: string;
    readonly port: number;
    readonly token: string;
}

function asked({ method, path, port, token }: Asked, body?: object): Promise<{ readonly status: number; readonly text: string }> {
    return new Promise((resolve, reject) => {
        const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
        // The certificate is of this run: it is the server's own word that it is ready which is waited for.
        const sent = request({ host: "127.0.0.1", port, path, method, headers, rejectUnauthorized: false }, response => {
            const parts: Buffer[] = [];
            response.on("data", (part: Buffer) => parts.push(part));
            response.on("end", () => { resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString("utf8") }); });
        });
        sent.on("error", reject);
        sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
}

async function ready(ask: () => Promise<{ readonly text: string }>, children: readonly ChildProcess[]): Promise<void> {
    for (const end = Date.now() + WAIT_MS; Date.now() < end;) {
        const text = await ask().then(answer => answer.text, () => "");
        if (text === "ok") {
            return;
        }
        if (children.some(child => child.exitCode !== null)) {
            throw new Error("the API server or its store ended at once");
        }
        await new Promise(resolve => setTimeout(resolve, 300));
    }
    throw new Error(`the API server is not ready after ${WAIT_MS / 1000} s`);
}

async function freePorts(count: number): Promise<number[]> {
    const servers = await Promise.all(Array.from({ length: count }, () => new Promise<ReturnType<typeof createServer>>(resolve => {
        const server = createServer();
        server.listen(0, "127.0.0.1", () => { resolve(server); });
    })));
    const ports = servers.map(server => (server.address() as { readonly port: number }).port);
    await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
    return ports;
}
