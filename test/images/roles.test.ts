import assert from "node:assert/strict";

import { factOf } from "../../infra/images/lookup";
import { inferRole, type InferredRole, type RoleHints } from "../../infra/images/roles";

/** As inference calls it: a pulled image with what is known of it. */
function pulled(name: string, image: string, ports: readonly number[] = [], more: Partial<RoleHints> = {}): InferredRole {
    const fact = factOf(image);
    return inferRole({ name, image, ports, ...fact !== undefined && { fact }, ...more });
}

function built(name: string, base: string, ports: readonly number[] = []): InferredRole {
    const fact = factOf(base);
    return inferRole({ name, ports, ...fact !== undefined && { fact } });
}

const CASES: readonly [title: string, got: () => InferredRole, wanted: InferredRole][] = [
    ["a known image", () => pulled("store", "mysql:8"), { role: "data", reason: "its image is mysql" }],
    ["a known image on another port", () => pulled("store", "redis:7", [5432]), { role: "cache", reason: "its image is redis" }],
    ["a job that is awaited, whatever its image", () => pulled("db-check", "postgres:16", [], { isAwaited: true }), { role: "job", reason: "another service waits for it to complete" }],
    ["a job by its name", () => pulled("app-migrate", "registry.example/app"), { role: "job", reason: "its name says migrate and it listens on no port" }],
    ["no job if it listens", () => pulled("setup", "registry.example/app", [8080]), { role: "application", reason: "nothing says that it is anything else" }],
    ["an application's own proxy", () => pulled("proxy", "nginx:1", [80]), { role: "application", reason: "its image is nginx, a proxy, which stands behind the toolkit's edge" }],
    ["an unknown image by its name", () => pulled("x", "registry.example/team/postgres-custom:3"), { role: "data", reason: "its image's name says postgres" }],
    ["a store with a version in its name", () => pulled("x", "registry.example/mysql57"), { role: "data", reason: "its image's name says mysql" }],
    ["a tool for a store", () => pulled("metrics", "oliver006/redis_exporter", [9121]), { role: "application", reason: "nothing says that it is anything else" }],
    ["a tool on a store's port", () => pulled("x", "registry.example/kafka-ui", [9092]), { role: "application", reason: "nothing says that it is anything else" }],
    ["a port", () => pulled("thing", "registry.example/thing", [80, 5672]), { role: "queue", reason: "it listens on 5672, the port of AMQP" }],
    ["a service's name", () => pulled("db", "registry.example/thing"), { role: "data", reason: "its name says db" }],
    ["a service's name with a number", () => pulled("kafka-1", "registry.example/thing"), { role: "queue", reason: "its name says kafka" }],
    ["a sandbox", () => pulled("sandbox-executor-manager", "registry.example/sandbox-executor-manager:latest"), { role: "sandbox", reason: "its name says sandbox" }],
    ["a sandbox before its port", () => pulled("sandbox", "registry.example/x", [6379]), { role: "sandbox", reason: "its name says sandbox" }],
    ["a built service on a known store", () => built("search", "valkey/valkey:8"), { role: "cache", reason: "it is built on valkey/valkey" }],
    ["a built service with a name for its image", () => inferRole({ name: "postgres-backup-db", image: "team/db", ports: [], fact: factOf("python:3")! }), { role: "application", reason: "nothing says that it is anything else" }],
    ["a built store with a name for its image", () => inferRole({ name: "x", image: "team/x", ports: [], fact: factOf("mysql:8")! }), { role: "data", reason: "it is built on mysql" }],
    ["a built service by its name", () => built("database", "registry.example/base"), { role: "data", reason: "its name says database" }],
    ["nothing known", () => pulled("web", "registry.example/web", [3000]), { role: "application", reason: "nothing says that it is anything else" }],
    ["no image at all", () => inferRole({ name: "api", ports: [] }), { role: "application", reason: "nothing says that it is anything else" }],
];

describe("inferRole", () => {
    for (const [title, got, wanted] of CASES) {
        it(`infers from ${title}`, () => assert.deepEqual(got(), wanted));
    }

    it("never makes an edge of a proxy: that would leave its ports published", () => {
        for (const image of ["nginx", "traefik:v3", "caddy", "haproxy:3", "nginxinc/nginx-unprivileged:1"]) {
            assert.equal(pulled("edge", image, [80, 443]).role, "application");
        }
    });
});
