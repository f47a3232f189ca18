import assert from "node:assert/strict";

import { containerInComposeWords } from "../../../../policies/view/live/container";
import { serviceInComposeWords } from "../../../../policies/view/live/service";
import { judgeEngine } from "../../../../policies/sources";
import type { EngineFacts, Sent } from "../../../../policies/view/live/facts";

const INFO = { Name: "host", DefaultRuntime: "runc", CgroupVersion: "2", SecurityOptions: [] };
const ID = "0123456789abcdef0123";

/** A container that says nothing, as an engine shows it. */
const DEFAULTS: Sent = {
    Privileged: false, ReadonlyRootfs: false, CapAdd: null, CapDrop: null, SecurityOpt: null, Binds: null, NetworkMode: "default", PortBindings: {}, Tmpfs: undefined,
    LogConfig: { Type: "json-file", Config: {} }, RestartPolicy: { Name: "no", MaximumRetryCount: 0 }, Ulimits: null, OomKillDisable: false, CgroupnsMode: "private",
    UsernsMode: "", UTSMode: "", IpcMode: "private", PidMode: "", Memory: 0, MemorySwap: 0, NanoCpus: 0, PidsLimit: null, ShmSize: 67_108_864, Runtime: "runc",
    MaskedPaths: ["/proc/kcore"], ReadonlyPaths: ["/proc/sys"], Devices: [], DeviceRequests: null,
};

function words(host: Sent, config: Sent = {}, facts: Partial<EngineFacts> = {}, more: Sent = {}): Sent {
    const container = { Id: ID, Name: "/web", Image: "sha256:1", HostConfig: { ...DEFAULTS, ...host }, Config: { Image: "web:1", Hostname: ID.slice(0, 12), ...config }, NetworkSettings: { Networks: { bridge: {} } }, ...more };
    return containerInComposeWords(container, { info: INFO, ...facts });
}

const SILENT = { container_name: "web", image: "web:1", privileged: false, read_only: false, network_mode: "bridge", logging: { driver: "json-file" } };

describe("an engine's container in Compose's words", () => {
    const cases: Readonly<Record<string, readonly [got: Sent, more: Sent]>> = {
        "one that says nothing": [words({}), {}],
        "twice the memory as swap is the engine's own": [words({ Memory: 1024, MemorySwap: 2048 }), { mem_limit: 1024 }],
        "other swap is not": [words({ Memory: 1024, MemorySwap: -1 }), { mem_limit: 1024, memswap_limit: -1 }],
        "a process limit": [words({ PidsLimit: 64 }), { pids_limit: 64 }],
        "none, by its number": [words({ PidsLimit: -1 }), { pids_limit: -1 }],
        "processors": [words({ NanoCpus: 500_000_000 }), { cpus: 0.5 }],
        "labels of SELinux, which the engine takes off": [words({ Privileged: true, SecurityOpt: ["label=disable"], MaskedPaths: null }), { privileged: true }],
        "labels of SELinux, taken off by somebody": [words({ SecurityOpt: ["label=disable"] }), { security_opt: ["label=disable"] }],
        "open system paths": [words({ MaskedPaths: [], ReadonlyPaths: [] }), { security_opt: ["systempaths=unconfined"] }],
        "the engine's default": [words({}, {}, { config: { "no-new-privileges": true } }), { security_opt: ["no-new-privileges:true"] }],
        "the host's control groups": [words({ CgroupnsMode: "host" }), { cgroup: "host" }],
        "the same where it is the default": [words({ CgroupnsMode: "host" }, {}, { info: { ...INFO, CgroupVersion: "1" } }), {}],
        "another's network, by its name": [words({ NetworkMode: `container:${ID}` }, {}, { containers: [{ Id: ID, Name: "/other" }] }, { NetworkSettings: { Networks: {} } }), { network_mode: "container:other" }],
        "ports": [words({ PortBindings: { "80/tcp": [{ HostIp: "", HostPort: "8080" }], "53/udp": [{ HostIp: "127.0.0.1", HostPort: "53" }] } }), { ports: [{ target: 80, protocol: "tcp", published: "8080" }, { target: 53, protocol: "udp", published: "53", host_ip: "127.0.0.1" }] }],
        "mounts, short and long": [words({ Binds: ["/srv:/srv:ro,rshared", "data:/data"], Mounts: [{ Type: "tmpfs", Target: "/tmp", TmpfsOptions: { SizeBytes: 1024 } }] }), { volumes: [{ type: "bind", source: "/srv", target: "/srv", read_only: true, bind: { propagation: "rshared" } }, { type: "volume", source: "data", target: "/data", read_only: false }, { type: "tmpfs", target: "/tmp", read_only: false, tmpfs: { size: 1024 } }] }],
        "another runtime": [words({ Runtime: "runsc" }), { runtime: "runsc" }],
        "a restart with tries": [words({ RestartPolicy: { Name: "on-failure", MaximumRetryCount: 5 } }), { restart: "on-failure:5" }],
        "a name of its own": [words({}, { Hostname: "db" }), { hostname: "db" }],
    };
    for (const [title, [got, more]] of Object.entries(cases)) {
        it(title, () => { assert.deepEqual(got, { ...SILENT, ...more }); });
    }

    it("what comes with the image is left out, what was put over it is not", () => {
        const images = [{ Id: "sha256:1", Config: { Env: ["PATH=/bin", "MODE=a"], Labels: { maker: "x" }, Cmd: ["/serve"], Entrypoint: null } }];
        assert.deepEqual(words({}, { Env: ["PATH=/bin", "MODE=b"], Labels: { maker: "x", "com.docker.compose.project": "p", team: "y" }, Cmd: ["/serve"] }, { images }), { ...SILENT, environment: ["MODE=b"], labels: { team: "y" } });
        assert.deepEqual(words({}, { Cmd: ["/other"] }, { images })["command"], ["/other"]);
    });

    it("a secret that Compose handed over as a file is one, what opens the host is a mount", () => {
        const mount = (source: string) => ({ Mounts: [{ Type: "bind", Source: source, Target: "/run/secrets/key", ReadOnly: true }] });
        const composed = { Labels: { "com.docker.compose.project": "p" } };
        assert.deepEqual(words(mount("/app/key.txt"), composed)["secrets"], [{ source: "key", target: "/run/secrets/key" }]);
        for (const [host, config] of [[mount("/var/run/docker.sock"), composed], [mount("/etc/shadow"), composed], [mount("/app/key.txt"), {}]] as const) {
            assert.equal(words(host, config)["secrets"], undefined);
            assert.equal((words(host, config)["volumes"] as readonly unknown[]).length, 1);
        }
    });

    it("commands that run beside its own are judged, those that have ended are not", () => {
        const container = { Id: ID, Name: "/web", HostConfig: { ...DEFAULTS, NetworkMode: "none" }, Config: { Image: "web:1", User: "10001" } };
        const exec = (Running: boolean) => ({ ContainerID: ID, Running, ProcessConfig: { user: "root", privileged: true } });
        const rules = (execs: readonly Sent[]) => judgeEngine({ info: INFO, containers: [container], execs }).findings.map(({ rule }) => rule).filter(rule => rule.endsWith("-hook")).sort();
        assert.deepEqual(rules([exec(true)]), ["privileged-hook", "root-hook"]);
        assert.deepEqual(rules([exec(false), { ...exec(true), ContainerID: "other" }]), []);
    });

    it("a part of a wrong type is an error, not a pass", () => {
        const container = { Id: ID, Name: "/web", HostConfig: { ...DEFAULTS, Privileged: "perhaps" }, Config: { Image: "web:1" } };
        assert.ok(judgeEngine({ info: INFO, containers: [container] }).errors.some(({ message }) => message.includes("privileged is not true or false")));
    });
});

describe("a Swarm's service in Compose's words", () => {
    const spec: Sent = {
        Name: "web", TaskTemplate: {
            ContainerSpec: { Image: "web:1@sha256:1", ReadOnly: true, CapabilityDrop: ["ALL"], Privileges: { NoNewPrivileges: true, Seccomp: { Mode: "unconfined" } }, Secrets: [{ SecretName: "key", File: { Name: "key" } }] },
            Resources: { Limits: { MemoryBytes: 1024, NanoCPUs: 250_000_000, Pids: 10 } }, RestartPolicy: { Condition: "on-failure", MaxAttempts: 3 }, Networks: [{ Target: "n1" }],
        },
        EndpointSpec: { Ports: [{ Protocol: "tcp", TargetPort: 80, PublishedPort: 8080 }] },
    };

    it("says what the file would", () => {
        assert.deepEqual(serviceInComposeWords({ Spec: spec }, { info: INFO, networks: [{ Id: "n1", Name: "inside" }] }), {
            image: "web:1@sha256:1", read_only: true, cap_drop: ["ALL"], security_opt: ["no-new-privileges:true", "seccomp=unconfined"], secrets: [{ source: "key", target: "key" }],
            networks: { inside: null }, ports: [{ target: 80, published: "8080", protocol: "tcp" }],
            deploy: { resources: { limits: { memory: 1024, pids: 10, cpus: "0.25" } }, restart_policy: { condition: "on-failure", max_attempts: 3 } },
        });
    });

    it("its containers are judged at the service", () => {
        const container = { Id: ID, Name: "/web.1.x", HostConfig: DEFAULTS, Config: { Image: "web:1", Labels: { "com.docker.swarm.task.id": "x" } } };
        const kinds = new Set(judgeEngine({ info: INFO, containers: [container], services: [{ Spec: spec }] }).findings.map(({ subject }) => subject.kind));
        assert.deepEqual([...kinds].sort(), ["Swarm service", "engine"]);
    });
});
