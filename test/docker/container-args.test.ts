import * as assert from "node:assert/strict";

import { containerArgs } from "../../infra/docker/container-args";
import { SECCOMP_STRICT } from "../../infra/docker/seccomp-strict";
import type { HardenedService } from "../../infra/model/hardened";
import { shopService } from "../support/shop";

/** What is left of the arguments once what is not said is taken out. */
function args(fields: Partial<HardenedService> = {}): Record<string, unknown> {
    return JSON.parse(JSON.stringify(containerArgs(shopService("api", fields), "shop"))) as Record<string, unknown>;
}

/** The arguments that differ from those of a service of which nothing more is said. */
function differing(fields: Partial<HardenedService>): Record<string, unknown> {
    const plain = args();
    const changed = args(fields);
    const keys = [...new Set([...Object.keys(plain), ...Object.keys(changed)])];
    return Object.fromEntries(keys.filter(key => JSON.stringify(plain[key]) !== JSON.stringify(changed[key])).map(key => [key, changed[key]]));
}

describe("docker/container-args", () => {
    it("says everything that holds a hardened service down", () => {
        assert.deepEqual(args(), {
            name: "shop-api",
            user: "1000:1000",
            init: false,
            tty: false,
            stdinOpen: false,
            readOnly: true,
            privileged: false,
            capabilities: { drops: ["ALL"] },
            securityOpts: ["no-new-privileges:true"],
            memory: 64,
            memorySwap: 64,
            cpus: "0.5",
            mounts: [],
            tmpfs: { "/tmp": "rw,noexec,nosuid,nodev,size=16777216,uid=1000,gid=1000,mode=0700" },
            networksAdvanced: [{ name: "application", aliases: ["api"] }],
            logDriver: "json-file",
            logOpts: { "max-size": "10m", "max-file": "10" },
            restart: "unless-stopped",
            labels: [{ label: "portcullis.role", value: "application" }, { label: "portcullis.system", value: "shop" }],
            start: false,
            mustRun: false,
            destroyGraceSeconds: 10,
        });
    });

    const cases: Record<string, [Partial<HardenedService>, Record<string, unknown>]> = {
        "no network": [{ networks: [] }, { networkMode: "none", networksAdvanced: undefined }],
        "a shared namespace of the network": [{ namespaces: { network: "host" } }, { networkMode: "host", networksAdvanced: undefined }],
        "other shared namespaces": [
            { namespaces: { pid: "host", ipc: "host", user: "host", cgroupParent: "/x" } },
            { pidMode: "host", ipcMode: "host", usernsMode: "host", cgroupParent: "/x" },
        ],
        "aliases and addresses": [
            { networks: [{ network: "data", aliases: ["database", "api"], ipv4Address: "10.0.0.2" }] },
            { networksAdvanced: [{ name: "data", aliases: ["api", "database"], ipv4Address: "10.0.0.2" }] },
        ],
        "a published port": [
            { publishes: [{ port: 8443, protocol: "tcp", hostIp: "127.0.0.1", published: "443" }] },
            { ports: [{ internal: 8443, external: 443, ip: "127.0.0.1", protocol: "tcp" }] },
        ],
        "added capabilities": [{ capabilities: ["NET_ADMIN", "ALL"] }, { capabilities: { adds: ["CAP_NET_ADMIN", "ALL"], drops: ["ALL"] } }],
        "capabilities that are not dropped": [{ dropAllCapabilities: false }, { capabilities: undefined }],
        "a strict profile": [{ seccomp: "strict" }, { securityOpts: ["no-new-privileges:true", `seccomp=${SECCOMP_STRICT}`] }],
        "no profile, and AppArmor": [
            { seccomp: "unconfined", apparmor: "shop", noNewPrivileges: false }, { securityOpts: ["seccomp=unconfined", "apparmor=shop"] },
        ],
        "no restraint by options": [{ noNewPrivileges: false }, { securityOpts: undefined }],
        "the authors' own user": [{ user: undefined, userName: "app", mounts: [] }, { user: "app", tmpfs: undefined }],
        "no user": [{ user: undefined, mounts: [] }, { user: undefined, tmpfs: undefined }],
        "no limits": [{ limits: {} }, { memory: undefined, memorySwap: undefined, cpus: undefined }],
        "limits in other units": [
            { limits: { memoryBytes: 1, memorySwapBytes: -1, memoryReservationBytes: 1024 ** 3, cpus: 2 }, shmSizeBytes: 64 * 1024 ** 2 },
            { memory: 1, memorySwap: -1, memoryReservation: 1024, cpus: "2.0", shmSize: 64 },
        ],
        "ulimits and sysctls": [
            { ulimits: { nofile: { soft: 1024, hard: 2048 } }, sysctls: { "net.core.somaxconn": "1024" } },
            { ulimits: [{ name: "nofile", soft: 1024, hard: 2048 }], sysctls: { "net.core.somaxconn": "1024" } },
        ],
        "a health check": [
            { health: { test: ["CMD", "true"], intervalMs: 90_000, timeoutMs: 500, startPeriodMs: 3_600_000, retries: 3 } },
            { healthcheck: { tests: ["CMD", "true"], interval: "1m30s", timeout: "500ms", startPeriod: "1h0m0s", retries: 3 } },
        ],
        "a bounded restart": [{ restart: "on-failure:5" }, { restart: "on-failure", maxRetryCount: 5 }],
        "no word on restarts and logs": [{ restart: undefined, logs: undefined }, { restart: "no", logDriver: undefined, logOpts: undefined }],
        "a program of its own": [
            { entrypoint: ["/bin/sh"], command: ["-c", "true"], workingDir: "/srv", environment: { A: "1", B: "x=y" }, supplementaryGroups: [7] },
            { entrypoints: ["/bin/sh"], command: ["-c", "true"], workingDir: "/srv", envs: ["A=1", "B=x=y"], groupAdds: ["7"] },
        ],
        "how it stops": [{ stopSignal: "SIGINT", stopGraceMs: 1500 }, { stopSignal: "SIGINT", stopTimeout: 2, destroyGraceSeconds: 2 }],
        "names of hosts": [
            { hostname: "api", extraHosts: ["db:10.0.0.1", "six:[::1]"], dns: ["9.9.9.9"], dnsSearch: ["x"], dnsOptions: ["ndots:1"] },
            { hostname: "api", hosts: [{ host: "db", ip: "10.0.0.1" }, { host: "six", ip: "::1" }], dns: ["9.9.9.9"], dnsSearches: ["x"], dnsOpts: ["ndots:1"] },
        ],
        "devices": [
            { devices: ["/dev/fuse", "/dev/a:/dev/b:r", "vendor.com/gpu=0"], deviceRequests: [{ deviceIds: [], capabilities: ["gpu"], options: {} }] },
            {
                devices: [{ hostPath: "/dev/fuse", containerPath: "/dev/fuse", permissions: "rwm" }, { hostPath: "/dev/a", containerPath: "/dev/b", permissions: "r" }],
                deviceRequests: [
                    { driver: "nvidia", count: -1, capabilities: ["gpu"], options: {} },
                    { driver: "cdi", deviceIds: ["vendor.com/gpu=0"] },
                ],
            },
        ],
        "volumes, host paths and scratch": [
            {
                mounts: [
                    { type: "volume", source: "data", target: "/data", readOnly: false },
                    { type: "volume", source: "seed", target: "/seed", readOnly: true, noCopy: true, subpath: "a" },
                    { type: "bind", source: "/srv/x", target: "/x", readOnly: true, propagation: "rprivate" },
                    { type: "tmpfs", target: "/run", readOnly: false, mode: 0o1777, executable: true },
                ],
            },
            {
                mounts: [
                    { type: "volume", target: "/data", source: "data", readOnly: false },
                    { type: "volume", target: "/seed", source: "seed", readOnly: true, volumeOptions: { noCopy: true, subpath: "a" } },
                    { type: "bind", target: "/x", source: "/srv/x", readOnly: true, bindOptions: { propagation: "rprivate" } },
                ],
                tmpfs: { "/run": "rw,exec,nosuid,nodev,size=67108864,uid=1000,gid=1000,mode=1777" },
            },
        ],
    };
    for (const [title, [fields, expected]] of Object.entries(cases)) {
        it(title, () => assert.deepEqual(differing(fields), expected));
    }
});
