import type { HardenedApplication } from "../../../infra/model/hardened";
import { secretMark } from "../../../infra/model/text";
import { hardenedApplication } from "../../support/hardened";
import { shopService } from "../../support/shop";

/** The application's name, with which the names of all its containers, networks and volumes begin. */
export const NAME = "portcullis-live";

export interface LiveShop {
    readonly image: string;
    readonly webMemoryMiB: number;
    readonly webCpus: number;
    readonly webPids: number;
    readonly greeting: string;
    /** Port of the loopback address on which the edge answers. */
    readonly port: number;
    /** Takes the hardening off the web server, for the policies to refuse. */
    readonly privileged: boolean;
}

const MIB = 1024 ** 2;

// What the stand-in for a proxy does when it is told to take its configuration: it refuses what is broken.
const RELOAD = "if grep -q broken /etc/edge/conf.d/site.conf; then echo site.conf is broken; exit 1; fi; cat /etc/edge/conf.d/site.conf > /tmp/taken\n";

/** A database with a volume and a secret, a job that must end before the web server, the server with a file of its own, a sandbox and an edge. */
export function liveShop({ image, webMemoryMiB, webCpus, webPids, greeting, port, privileged }: LiveShop): HardenedApplication {
    const local = { image: { reference: image } };
    const services = [
        shopService("db", {
            ...local,
            role: "data",
            user: { uid: 1999, gid: 1998 },
            command: ["/bin/sh", "-c", "test -s /run/secrets/DB_PASSWORD && date >> /data/starts && exec sleep 100000"],
            mounts: [
                { type: "volume", source: "data", target: "/data", readOnly: false },
                { type: "tmpfs", target: "/tmp", readOnly: false, sizeBytes: MIB },
            ],
            stopGraceMs: 1000,
            networks: [{ network: "data", aliases: ["database"] }],
            secretFiles: [
                { secret: "DB_PASSWORD", target: "/run/secrets/DB_PASSWORD" }, { secret: "SIGNING_KEY", target: "/run/secrets/SIGNING_KEY" },
            ],
            health: { test: ["CMD", "/bin/test", "-s", "/data/starts"], intervalMs: 1000, timeoutMs: 90_000, retries: 30 },
        }),
        shopService("migrate", {
            ...local,
            role: "job",
            restart: "no",
            command: ["/bin/sh", "-c", "nslookup database >/dev/null; test -s /run/secrets/DB_URL"],
            networks: [{ network: "data", aliases: [] }],
            secretFiles: [{ secret: "DB_URL", target: "/run/secrets/DB_URL" }],
            dependsOn: [{ service: "db", condition: "service_healthy", required: true, restart: false }],
        }),
        shopService("web", {
            ...local,
            seccomp: "strict",
            privileged,
            limits: { memoryBytes: webMemoryMiB * MIB, memorySwapBytes: webMemoryMiB * MIB, cpus: webCpus, pids: webPids },
            command: ["/bin/sh", "-c", "exec sleep 100000"],
            configFiles: [{ target: "/etc/shop/greeting.conf", content: `${greeting}\n`, mode: 0o444 }],
            stopGraceMs: 1000,
            dependsOn: [{ service: "migrate", condition: "service_completed_successfully", required: true, restart: false }],
        }),
        shopService("recluse", { ...local, role: "sandbox", seccomp: "strict", networks: [], command: ["/bin/sleep", "100000"], stopGraceMs: 1000 }),
        shopService("edge", {
            ...local,
            role: "edge",
            networks: [{ network: "ingress", aliases: [] }, { network: "application", aliases: [] }],
            publishes: [{ port: 8443, protocol: "tcp", hostIp: "127.0.0.1", published: String(port) }],
            command: ["/bin/busybox", "httpd", "-f", "-p", "8443", "-h", "/etc/edge/conf.d"],
            health: { test: ["CMD", "/bin/busybox", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8443/site.conf"], intervalMs: 1000, timeoutMs: 30_000, retries: 30 },
            configFiles: [
                { target: "/etc/edge/conf.d/site.conf", content: `${greeting}\n`, mode: 0o444 },
                { target: "/etc/edge/reload.sh", content: RELOAD, mode: 0o444 },
            ],
            stopGraceMs: 1000,
            dependsOn: [{ service: "web", condition: "service_started", required: true, restart: false }],
        }),
    ];
    return hardenedApplication(NAME, {
        services,
        networks: ["application", "data", "ingress"].map(key => ({
            key, name: `${NAME}_${key}`, internal: key !== "ingress", external: false, subnets: [],
        })),
        volumes: [{ key: "data", name: `${NAME}_data`, external: false, driverOpts: {}, owner: { uid: 1999, gid: 1998 } }],
        secrets: [
            { name: "DB_PASSWORD", source: { kind: "generated", length: 32, alphabet: "alphanumeric" } },
            { name: "SIGNING_KEY", source: { kind: "generated", length: 64, alphabet: "hex" } },
            { name: "TOKEN", source: { kind: "given", configKey: "token" } },
            { name: "DB_URL", source: { kind: "composed", template: `db://root:${secretMark("DB_PASSWORD")}@database/${secretMark("TOKEN")}` } },
        ],
    });
}
