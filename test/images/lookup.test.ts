import assert from "node:assert/strict";

import { canonicalName, factOf, type ImageReference, parseImage } from "../../infra/images/lookup";

const SHA = `sha256:${"0a".repeat(32)}`;

const REFERENCES: readonly [text: string, parsed: ImageReference][] = [
    ["mysql", { registry: "docker.io", repository: "library/mysql" }],
    ["mysql:8.0.40", { registry: "docker.io", repository: "library/mysql", tag: "8.0.40" }],
    ["docker.io/mysql:8", { registry: "docker.io", repository: "library/mysql", tag: "8" }],
    ["docker.io/library/mysql:8", { registry: "docker.io", repository: "library/mysql", tag: "8" }],
    ["index.docker.io/grafana/grafana", { registry: "docker.io", repository: "grafana/grafana" }],
    ["library/mysql", { registry: "docker.io", repository: "library/mysql" }],
    [`mysql@${SHA}`, { registry: "docker.io", repository: "library/mysql", digest: SHA }],
    [`mysql:8@${SHA}`, { registry: "docker.io", repository: "library/mysql", tag: "8", digest: SHA }],
    ["localhost/app", { registry: "localhost", repository: "app" }],
    ["localhost:5000/app:1", { registry: "localhost:5000", repository: "app", tag: "1" }],
    ["registry.example:5000/a/b/c", { registry: "registry.example:5000", repository: "a/b/c" }],
    ["127.0.0.1/app", { registry: "127.0.0.1", repository: "app" }],
    ["[2001:db8::1]:5000/app:1", { registry: "[2001:db8::1]:5000", repository: "app", tag: "1" }],
    ["Host/app", { registry: "Host", repository: "app" }],
    ["my__app/x-y.z", { registry: "docker.io", repository: "my__app/x-y.z" }],
    ["a/b:RELEASE.2026-08-06T00-00-00Z", { registry: "docker.io", repository: "a/b", tag: "RELEASE.2026-08-06T00-00-00Z" }],
];

const NO_REFERENCES: readonly string[] = [
    "", " ", ":8", "mysql:", "MySQL", "a//b", "/mysql", "mysql/", "a/B", "mysql:a b", "mysql:-a", "mysql:a:b", "mysql@", "mysql@sha256:0a",
    `mysql@${SHA}@${SHA}`, "0a".repeat(32), "https://docker.io/mysql", "-a/b", "a..b", "a___b", `mysql:${"a".repeat(129)}`, "a/".repeat(128) + "a",
    "registry:port/app", "${IMAGE}", "a_-b", "mysql\n",
];

const NAMES: readonly [reference: string, name: string][] = [
    ["docker.io/library/mysql:8", "mysql"],
    ["public.ecr.aws/docker/library/mysql:8", "mysql"],
    ["mirror.gcr.io/library/redis", "redis"],
    ["mirror.gcr.io/grafana/grafana", "grafana/grafana"],
    ["docker.io/bitnamilegacy/redis:7", "bitnami/redis"],
    ["bitnami/redis", "bitnami/redis"],
    ["public.ecr.aws/bitnami/kafka:3", "bitnami/kafka"],
    ["lscr.io/linuxserver/wireguard", "linuxserver/wireguard"],
    ["registry-1.docker.io/library/nginx", "nginx"],
    ["registry.example/library/mysql", "registry.example/library/mysql"],
    ["quay.io/minio/minio:latest", "quay.io/minio/minio"],
];

describe("image references", () => {
    for (const [text, parsed] of REFERENCES) {
        it(`${text} is taken apart`, () => assert.deepEqual(parseImage(text), parsed));
    }
    for (const text of NO_REFERENCES) {
        it(`${JSON.stringify(text).slice(0, 60)} is none`, () => {
            assert.equal(parseImage(text), undefined);
            assert.equal(factOf(text), undefined);
            assert.equal(canonicalName(text), undefined);
        });
    }
    for (const [reference, name] of NAMES) {
        it(`${reference} is known as ${name}`, () => assert.equal(canonicalName(reference), name));
    }
});

describe("factOf", () => {
    const users: readonly [reference: string, user: string][] = [
        ["mysql:8.0.40", "999:999"],
        ["public.ecr.aws/docker/library/mysql", "999:999"],
        [`mysql:8.0.40@${SHA}`, "999:999"],
        ["postgres:16", "999:999"],
        ["postgres:16-alpine", "70:70"],
        ["postgres:18-alpine3.23", "70:70"],
        ["postgres", "999:999"],
        ["redis:7.4.6-alpine", "999:1000"],
        ["redis", "999:999"],
        ["valkey/valkey:8", "999:999"],
        ["pgvector/pgvector:0.8.0-pg16", "999:999"],
    ];
    for (const [reference, user] of users) {
        it(`${reference} runs as ${user}`, () => {
            const fact = factOf(reference);
            assert.equal(`${fact?.user.uid}:${fact?.user.gid}`, user);
        });
    }

    const directories: readonly [reference: string, directory: string][] = [
        ["postgres:9.6", "/var/lib/postgresql/data"],
        ["postgres:14.24-bookworm", "/var/lib/postgresql/data"],
        ["postgres:17-alpine", "/var/lib/postgresql/data"],
        ["postgres:18", "/var/lib/postgresql"],
        ["postgres:18.1-alpine", "/var/lib/postgresql"],
        ["postgres:latest", "/var/lib/postgresql"],
        ["postgres:alpine", "/var/lib/postgresql"],
        ["pgvector/pgvector:pg17", "/var/lib/postgresql/data"],
        ["pgvector/pgvector:pg18", "/var/lib/postgresql"],
    ];
    for (const [reference, directory] of directories) {
        it(`${reference} keeps its data in ${directory}`, () => {
            assert.deepEqual(factOf(reference)?.writable.filter(({ kind }) => kind === "data").map(({ path }) => path), [directory]);
        });
    }

    for (const reference of ["nobody/knows-this", "registry.example/mysql", "registry.example/library/mysql"]) {
        it(`knows nothing of ${reference}`, () => assert.equal(factOf(reference), undefined));
    }
});
