import assert from "node:assert/strict";

import { toApplication } from "../../infra/compose/translate/application";
import { loadFiles } from "./project";

const COMPOSE = `
services:
  web:
    image: nginx:1
    command: serve --all
    env_file: web.env
    environment: [OWN=1]
    ports: ["127.0.0.1:8080:80", "9000-9001:9000-9001/udp"]
    expose: [7000, "7001-7002/udp"]
    volumes: ["./conf:/conf:ro", "data:/data", "/anonymous"]
    tmpfs: ["/run:size=1m,mode=1770"]
    depends_on: {db: {condition: service_healthy, restart: true}}
    networks: {front: {aliases: [w], ipv4_address: 10.0.0.2}, default: }
    healthcheck: {test: curl -f localhost, interval: 1m30s, retries: 3}
    deploy: {replicas: 2, resources: {limits: {cpus: "0.5", memory: 64M, pids: 10}, reservations: {devices: [{capabilities: [gpu]}]}}}
    ulimits: {nofile: 5, nproc: {soft: 1, hard: 2}}
    extra_hosts: ["h=host-gateway"]
    secrets: [{source: key, target: /k, mode: 0400}]
    stop_grace_period: 5s
    shm_size: 1g
    devices: [/dev/fuse]
    restart: always
    oom_score_adj: 5
    build: {context: ., args: {A: b}, ssh: [default]}
    pre_start: [{command: prepare}]
  db:
    image: postgres
    healthcheck: {disable: true}
  off: {image: x, profiles: [debug]}
networks: {front: {internal: true, ipam: {config: [{subnet: 10.0.0.0/24}]}}}
volumes: {data: {labels: {a: b}}, unused: }
secrets: {key: {file: ./key}}
`;

describe("toApplication", () => {
    const loaded = loadFiles({ "compose.yaml": COMPOSE, "web.env": "FROM=file\nOWN=2\n" });
    const application = toApplication(loaded);
    const [db, web] = application.services;

    it("takes over the services that the profiles enable and what they use", () => {
        assert.deepEqual(application.services.map(({ name }) => name), ["db", "web"]);
        assert.deepEqual(application.volumes, [{ key: "data", name: "test_data", external: false, driverOpts: {}, labels: { a: "b" } }]);
        assert.deepEqual(application.networks.map(({ key, internal, subnets }) => [key, internal, subnets]), [["default", false, []], ["front", true, ["10.0.0.0/24"]]]);
        assert.deepEqual(application.secrets, [{ key: "key", name: "test_key", external: false, file: `${loaded.folder}/key` }]);
    });

    it("gives each field its value in base units", () => {
        assert.ok(web !== undefined);
        assert.deepEqual({
            command: web.command, environment: web.environment, fromEnvFile: web.fromEnvFile, publishes: web.publishes, exposes: web.exposes,
            networks: web.networks, dependsOn: web.dependsOn, health: web.health, limits: web.limits, ulimits: web.ulimits, extraHosts: web.extraHosts,
            secrets: web.secrets, stopGraceMs: web.stopGraceMs, shmSizeBytes: web.shmSizeBytes, devices: web.devices, deviceRequests: web.deviceRequests,
            restart: web.restart, replicas: web.replicas, build: web.build,
        }, {
            command: ["serve", "--all"], environment: { FROM: "file", OWN: "1" }, fromEnvFile: ["FROM"],
            publishes: [{ port: 80, protocol: "tcp", hostIp: "127.0.0.1", published: "8080", mode: "ingress" }, { port: 9000, protocol: "udp", published: "9000", mode: "ingress" }, { port: 9001, protocol: "udp", published: "9001", mode: "ingress" }],
            exposes: [{ port: 7000, protocol: "tcp" }, { port: 7001, protocol: "udp" }, { port: 7002, protocol: "udp" }],
            networks: [{ network: "default", aliases: [] }, { network: "front", aliases: ["w"], ipv4Address: "10.0.0.2" }],
            dependsOn: [{ service: "db", condition: "service_healthy", required: true, restart: true }],
            health: { test: ["CMD-SHELL", "curl -f localhost"], intervalMs: 90_000, retries: 3 },
            limits: { memoryBytes: 64 * 2 ** 20, cpus: 0.5, pids: 10 }, ulimits: { nofile: { soft: 5, hard: 5 }, nproc: { soft: 1, hard: 2 } },
            extraHosts: ["h:host-gateway"], secrets: [{ source: "key", target: "/k", mode: 0o400 }], stopGraceMs: 5000, shmSizeBytes: 2 ** 30,
            devices: ["/dev/fuse:/dev/fuse:rwm"], deviceRequests: [{ count: -1, deviceIds: [], capabilities: ["gpu"], options: {} }], restart: "always", replicas: 2,
            build: { context: loaded.folder, dockerfile: "Dockerfile", args: { A: "b" } },
        });
        assert.deepEqual(db?.health, { test: ["NONE"] });
    });

    it("makes mounts of volumes, paths and tmpfs", () => {
        assert.deepEqual(web?.mounts, [
            { type: "bind", source: `${loaded.folder}/conf`, target: "/conf", readOnly: true }, { type: "volume", source: "data", target: "/data", readOnly: false },
            { type: "volume", target: "/anonymous", readOnly: false }, { type: "tmpfs", target: "/run", readOnly: false, sizeBytes: 2 ** 20, mode: 0o1770 },
        ]);
    });

    it("loses nothing: what the model has no field for is named", () => {
        assert.deepEqual(web?.unsupported, ["build.ssh", "oom_score_adj", "pre_start"]);
        assert.deepEqual(db?.unsupported, []);
    });

    it("knows where things were written", () => {
        const place = (...path: (string | number)[]): string => {
            const found = application.locate(path);
            return `${found?.file.slice(loaded.folder.length + 1)}:${found?.line}:${found?.column}`;
        };
        assert.equal(place("services", "web", "ports", 1), "compose.yaml:8:34");
        assert.equal(place("services", "web", "ports", 1, "target"), "compose.yaml:8:34");
        assert.equal(place("services", "web", "environment", "OWN"), "compose.yaml:7:19");
        assert.equal(place("services", "web", "environment", "FROM"), "web.env:1:1");
        assert.equal(place("services", "web", "privileged"), "compose.yaml:3:3");
        assert.equal(place("networks", "default"), "compose.yaml:30:1");
    });
});
