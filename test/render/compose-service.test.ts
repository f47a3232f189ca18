import * as assert from "node:assert/strict";

import { composeService } from "../../infra/render/compose-service";
import { hardenedService } from "../support/hardened";

/** What every service of test/support/hardened.ts says. */
const COMMON = {
    image: "portcullis-stand-in/base", user: "1000:1000", read_only: true, cap_drop: ["ALL"], security_opt: ["no-new-privileges:true"],
    mem_limit: "67108864", memswap_limit: "67108864", cpus: 0.5, pids_limit: 64, restart: "unless-stopped",
    labels: { "portcullis.role": "application", "portcullis.system": "demo" },
    logging: { driver: "json-file", options: { "max-file": "10", "max-size": "10m" } },
};
const ALONE = { ...COMMON, network_mode: "none" };
const render = (fields: Parameters<typeof hardenedService>[1]) => composeService(hardenedService("web", fields), "demo");

describe("a hardened service in Compose's canonical form", () => {
    it("says every limit and right, and has no network unless it is given one", () => {
        assert.deepEqual(render({}), ALONE);
    });

    it("joins networks under its aliases", () => {
        assert.deepEqual(render({
            networks: [{ network: "a", aliases: [] }, { network: "b", aliases: ["w"], ipv4Address: "10.0.0.2" }],
            publishes: [{ port: 80, protocol: "tcp", published: "8080", hostIp: "127.0.0.1" }],
            extraHosts: ["other:10.0.0.3"], dns: ["10.0.0.1"], hostname: "w",
        }), {
            ...COMMON, networks: { a: null, b: { aliases: ["w"], ipv4_address: "10.0.0.2" } },
            ports: [{ mode: "ingress", host_ip: "127.0.0.1", target: 80, published: "8080", protocol: "tcp" }],
            extra_hosts: ["other=10.0.0.3"], dns: ["10.0.0.1"], hostname: "w",
        });
    });

    it("mounts volumes, files and bounded scratch of its own", () => {
        assert.deepEqual(render({
            mounts: [
                { type: "volume", source: "data", target: "/data", readOnly: false, noCopy: true },
                { type: "bind", source: "/srv/x", target: "/x", readOnly: true },
                { type: "tmpfs", target: "/tmp", readOnly: false, sizeBytes: 1024, mode: 0o1777 },
            ],
            secretFiles: [{ secret: "PW", target: "/run/secrets/PW" }],
            configFiles: [{ target: "/etc/a", content: "a", mode: 0o444 }, { target: "/etc/b", file: "/srv/b", mode: 0o444 }],
        }), {
            ...ALONE,
            volumes: [
                { type: "volume", source: "data", target: "/data", volume: { nocopy: true } },
                { type: "bind", source: "/srv/x", target: "/x", read_only: true, bind: { create_host_path: false } },
            ],
            tmpfs: ["/tmp:rw,noexec,nosuid,nodev,size=1024,uid=1000,gid=1000,mode=1777"],
            secrets: [{ source: "web_PW", target: "/run/secrets/PW" }],
            configs: [{ source: "web_config_0", target: "/etc/a" }, { source: "web_config_1", target: "/etc/b" }],
        });
    });

    it("keeps what only the service knows", () => {
        assert.deepEqual(render({
            entrypoint: ["a"], command: [], workingDir: "/w", environment: { A: "1" }, supplementaryGroups: [44], init: true, tty: true,
            stdinOpen: true, stopSignal: "SIGQUIT", stopGraceMs: 90_000, platform: "linux/amd64", replicas: 2, shmSizeBytes: 64,
            ulimits: { nofile: { soft: 1, hard: 2 } }, sysctls: { "net.core.somaxconn": "1024" },
            capabilities: ["NET_BIND_SERVICE"], seccomp: "strict", apparmor: "mine",
            health: { test: ["CMD", "true"], intervalMs: 1500, timeoutMs: 500, startPeriodMs: 3_600_000, startIntervalMs: 1000, retries: 3 },
            dependsOn: [{ service: "db", condition: "service_healthy", required: false, restart: true }],
            deviceRequests: [{ driver: "nvidia", count: -1, deviceIds: [], capabilities: ["gpu"], options: {} }],
            devices: ["/dev/fuse"],
        }), {
            ...ALONE,
            entrypoint: ["a"], command: [], working_dir: "/w", environment: { A: "1" }, group_add: ["44"], init: true, tty: true,
            stdin_open: true, stop_signal: "SIGQUIT", stop_grace_period: "1m30s", platform: "linux/amd64", shm_size: "64",
            ulimits: { nofile: { soft: 1, hard: 2 } }, sysctls: { "net.core.somaxconn": "1024" },
            cap_add: ["NET_BIND_SERVICE"], security_opt: ["no-new-privileges:true", "seccomp=./seccomp-strict.json", "apparmor=mine"],
            healthcheck: { test: ["CMD", "true"], interval: "1.5s", timeout: "500ms", start_period: "1h0m0s", start_interval: "1s", retries: 3 },
            depends_on: { db: { condition: "service_healthy", required: false, restart: true } },
            deploy: { replicas: 2, resources: { reservations: { devices: [{ driver: "nvidia", count: -1, capabilities: ["gpu"] }] } } },
            devices: [{ source: "/dev/fuse", target: "/dev/fuse", permissions: "rwm" }],
        });
    });

    it("says what is insecure too, for a run with a measure left out", () => {
        assert.deepEqual(render({
            user: undefined, userName: "root", readOnlyRoot: false, dropAllCapabilities: false, noNewPrivileges: false, seccomp: "unconfined",
            privileged: true, limits: {}, logs: undefined, restart: undefined, namespaces: { network: "host", pid: "host", ipc: "host", uts: "host", user: "host", cgroupParent: "/x" },
        }), {
            image: COMMON.image, user: "root", privileged: true, security_opt: ["seccomp=unconfined"], pid: "host", ipc: "host", uts: "host",
            userns_mode: "host", cgroup_parent: "/x", network_mode: "host", restart: "no", labels: COMMON.labels,
        });
    });

    it("is built where its image is", () => {
        const build = { context: "/src", target: "prod", args: { A: "1", B: null } };
        assert.deepEqual(render({ image: { reference: "web:1", build } }), {
            ...ALONE, image: "web:1", build: { context: "/src", dockerfile: "Dockerfile", target: "prod", args: { A: "1", B: null } },
        });
        assert.deepEqual(render({ image: { reference: "web:1", build: { context: "/src", dockerfileInline: "FROM x", args: {} } } }), {
            ...ALONE, image: "web:1", build: { context: "/src", dockerfile_inline: "FROM x" },
        });
    });
});
