import * as assert from "node:assert/strict";

import { runPreview, type RegisteredResource } from "../../cli/preview/run";
import { showResource } from "../../cli/preview/show";
import { deployDocker } from "../../infra/docker/application";
import type { HardenedApplication } from "../../infra/model/hardened";
import { internalNetwork, shop, shopService } from "../support/shop";

const HEALTH = { test: ["CMD", "true"], intervalMs: 1000, timeoutMs: 1000, retries: 1 };

/** A database with a secret and an owned volume, a job, and an edge with a file of its own. */
function application(): HardenedApplication {
    return shop([
        shopService("edge", {
            role: "edge",
            networks: [{ network: "edge", aliases: [] }],
            publishes: [{ port: 8443, protocol: "tcp", published: "443" }],
            configFiles: [
                { target: "/etc/nginx/nginx.conf", content: "events {}", mode: 0o444 },
                { target: "/etc/nginx/conf.d/x.conf", content: "", mode: 0o444 },
                { target: "/etc/nginx/reload.sh", content: "nginx -t", mode: 0o444 },
            ],
            dependsOn: [{ service: "migrate", condition: "service_completed_successfully", required: true, restart: false }],
        }),
        shopService("migrate", { role: "job", networks: [], dependsOn: [{ service: "db", condition: "service_healthy", required: true, restart: false }] }),
        shopService("db", {
            role: "data",
            user: { uid: 999, gid: 998 },
            mounts: [{ type: "volume", source: "data", target: "/data", readOnly: false }],
            secretFiles: [{ secret: "DB_PASSWORD", target: "/run/secrets/DB_PASSWORD" }],
            health: HEALTH,
        }),
    ], {
        networks: [internalNetwork("application"), { ...internalNetwork("edge"), internal: false, subnets: ["172.16.0.0/28"] }],
        volumes: [{ key: "data", name: "shop_data", external: false, driverOpts: {}, owner: { uid: 999, gid: 998 } }],
        secrets: [{ name: "DB_PASSWORD", source: { kind: "generated", length: 32, alphabet: "alphanumeric" } }],
    });
}

async function registered(of: HardenedApplication = application()): Promise<readonly RegisteredResource[]> {
    return (await runPreview(() => { deployDocker(of); }, { project: "shop", stack: "prod" })).resources;
}

/** `parent > type name`, with the last part of each type. */
function summary(resources: readonly RegisteredResource[]): string[] {
    const short = (type: string): string => type.split(":").at(-1) as string;
    const name = (urn: string | undefined): string => urn?.split("::").at(-1) ?? "";
    return resources.filter(({ parent }) => parent !== undefined).map(each => `${name(each.parent)} > ${short(each.type)} ${each.name}`).sort();
}

function inputsOf(resources: readonly RegisteredResource[], type: string, name: string): unknown {
    const found = resources.filter(each => each.type.endsWith(`:${type}`) && each.name === name);
    assert.equal(found.length, 1, `${type} ${name}`);
    return showResource(found[0] as RegisteredResource).inputs;
}

describe("docker/application", () => {
    let resources: readonly RegisteredResource[];
    before(async () => { resources = await registered(); });

    it("makes every resource, each below its component", () => {
        assert.deepEqual(summary(resources), [
            "db > Container db",
            "db > ProcessLimit db",
            "db > Ready db",
            "db > RemoteImage db-image",
            "db > Start db",
            "db > VolumeOwner db-data",
            "edge > Container edge",
            "edge > Files shop-edge-config",
            "edge > ProcessLimit edge",
            "edge > RemoteImage edge-image",
            "edge > Start edge",
            "edge > Volume shop-edge-config",
            "migrate > Container migrate",
            "migrate > ProcessLimit migrate",
            "migrate > Ready migrate",
            "migrate > RemoteImage migrate-image",
            "migrate > Start migrate",
            "shop > Network application",
            "shop > Network edge",
            "shop > RandomPassword DB_PASSWORD",
            "shop > SecretStore shop-secrets",
            "shop > Service db",
            "shop > Service edge",
            "shop > Service migrate",
            "shop > Volume data",
            "shop-prod > Application shop",
            "shop-secrets > Container shop-secrets",
            "shop-secrets > Files shop-db-secrets",
            "shop-secrets > ProcessLimit shop-secrets",
            "shop-secrets > RemoteImage shop-secrets-image",
            "shop-secrets > Start shop-secrets",
            "shop-secrets > Volume shop-db-secrets",
        ]);
    });

    it("delivers a secret as a file of the service's user in memory, and nowhere else", () => {
        assert.deepEqual(inputsOf(resources, "Files", "shop-db-secrets"), {
            volume: "shop-db-secrets",
            image: "[unknown]",
            holder: "[unknown]",
            held: "/held/shop-db-secrets",
            files: [{ name: "DB_PASSWORD", content: "[secret]", encoding: "utf8", uid: 999, gid: 998, mode: 0o400 }],
        });
        assert.deepEqual(inputsOf(resources, "Volume", "shop-db-secrets"), {
            name: "shop-db-secrets",
            driver: "local",
            driverOpts: { type: "tmpfs", device: "tmpfs", o: "size=1m,mode=0500,uid=999,gid=998,noexec,nosuid,nodev" },
            labels: [{ label: "portcullis.role", value: "secrets" }, { label: "portcullis.system", value: "shop" }],
        });
        const holding = resources.filter(each => JSON.stringify(showResource(each).inputs).includes("[secret]"));
        assert.deepEqual(holding.map(({ name }) => name), ["shop-db-secrets"]);
    });

    it("mounts volumes and secrets under their names on the engine", () => {
        const { mounts, networksAdvanced } = inputsOf(resources, "Container", "db") as Record<string, unknown>;
        assert.deepEqual(mounts, [
            { type: "volume", source: "shop_data", target: "/data", readOnly: false },
            { type: "volume", source: "shop-db-secrets", target: "/run/secrets", readOnly: true },
        ]);
        assert.deepEqual(networksAdvanced, [{ name: "shop_application", aliases: ["db"] }]);
    });

    it("mounts the edge's configuration as a whole, so that it can be taken without a restart", () => {
        assert.deepEqual((inputsOf(resources, "Container", "edge") as Record<string, unknown>)["mounts"], [
            { type: "volume", source: "shop-edge-config", target: "/etc/nginx", readOnly: true },
        ]);
        const file = { encoding: "utf8", uid: 0, gid: 0, mode: 0o444 };
        assert.deepEqual((inputsOf(resources, "Files", "shop-edge-config") as Record<string, unknown>)["files"], [
            { ...file, name: "nginx.conf", content: "events {}" }, { ...file, name: "conf.d/x.conf", content: "" }, { ...file, name: "reload.sh", content: "nginx -t" },
        ]);
        assert.deepEqual((inputsOf(resources, "Start", "edge") as Record<string, unknown>)["reload"], ["/bin/sh", "/etc/nginx/reload.sh"]);
    });

    it("mounts single files of any other service, under names of their own", async () => {
        const configFiles = ["/etc/a_b.conf", "/etc/a/b.conf"].map(target => ({ target, content: target, mode: 0o444 }));
        const made = await registered(shop([shopService("api", { configFiles })]));
        const mount = { type: "volume", source: "shop-api-config", readOnly: true };
        assert.deepEqual((inputsOf(made, "Container", "api") as Record<string, unknown>)["mounts"], [
            { ...mount, target: "/etc/a_b.conf", volumeOptions: { noCopy: true, subpath: "etc%2Fa_b.conf" } },
            { ...mount, target: "/etc/a/b.conf", volumeOptions: { noCopy: true, subpath: "etc%2Fa%2Fb.conf" } },
        ]);
    });

    it("holds the holder of secrets down like any service", () => {
        assert.deepEqual(inputsOf(resources, "Container", "shop-secrets"), {
            name: "shop-secrets",
            image: "registry.k8s.io/pause:3.10@sha256:ee6521f290b2168b6e0935a181d4cff9be1ac3f505666ef0e3c98fae8199917a",
            user: "65535:65535",
            readOnly: true,
            privileged: false,
            capabilities: { drops: ["ALL"] },
            securityOpts: ["no-new-privileges:true"],
            networkMode: "none",
            memory: 16,
            memorySwap: 16,
            cpus: "0.1",
            init: false,
            restart: "always",
            logDriver: "json-file",
            logOpts: { "max-size": "1m", "max-file": "1" },
            labels: [{ label: "portcullis.role", value: "secrets" }, { label: "portcullis.system", value: "shop" }],
            mounts: [{ type: "volume", source: "shop-db-secrets", target: "/held/shop-db-secrets", readOnly: true }],
            start: false,
            mustRun: false,
            destroyGraceSeconds: 1,
        });
    });

    it("limits processes, gives volumes their owner, and starts last", () => {
        const known = { containerId: "[unknown]" };
        assert.deepEqual(inputsOf(resources, "ProcessLimit", "db"), { ...known, container: "shop-db", pids: 64 });
        assert.deepEqual(inputsOf(resources, "VolumeOwner", "db-data"), { ...known, volume: "shop_data", image: "[unknown]", uid: 999, gid: 998 });
        assert.deepEqual(inputsOf(resources, "Start", "db"), { ...known, container: "shop-db", job: false, files: "[unknown]" });
        assert.deepEqual(inputsOf(resources, "Ready", "migrate"), { ...known, container: "shop-migrate", startedAt: "[unknown]", until: "completed", timeoutSeconds: 1200 });
    });

    it("starts a service after what it waits for", () => {
        const waits = (name: string): string[] => {
            const start = resources.find(each => each.type.endsWith(":Start") && each.name === name) as RegisteredResource;
            return start.dependencies.map(urn => urn.split(":").slice(-3).join(":")).map(text => text.replace("::", " ")).sort();
        };
        assert.deepEqual(waits("db"), ["Container db", "Files shop-db-secrets", "ProcessLimit db", "VolumeOwner db-data"]);
        assert.deepEqual(waits("migrate"), ["Container migrate", "ProcessLimit migrate", "Ready db"]);
        assert.deepEqual(waits("edge"), ["Container edge", "Files shop-edge-config", "ProcessLimit edge", "Ready migrate"]);
    });

    it("makes networks internal but for the edge's own", () => {
        const labels = [{ label: "portcullis.system", value: "shop" }];
        assert.deepEqual(inputsOf(resources, "Network", "application"), { name: "shop_application", driver: "bridge", internal: true, labels });
        assert.deepEqual(inputsOf(resources, "Network", "edge"), {
            name: "shop_edge", driver: "bridge", internal: false, ipamConfigs: [{ subnet: "172.16.0.0/28" }], labels,
        });
    });

    it("runs replicas beside each other, under one name for the rest", async () => {
        const made = await registered(shop([
            shopService("api", { replicas: 2 }),
            shopService("web", { dependsOn: [{ service: "api", condition: "service_started", required: true, restart: false }] }),
        ]));
        assert.deepEqual(summary(made).filter(line => line.startsWith("api")), [
            "api > Container api", "api > Container api-2", "api > ProcessLimit api", "api > ProcessLimit api-2", "api > RemoteImage api-image",
            "api > Start api", "api > Start api-2",
        ]);
        const { name, networksAdvanced } = inputsOf(made, "Container", "api-2") as Record<string, unknown>;
        assert.deepEqual({ name, networksAdvanced }, { name: "shop-api-2", networksAdvanced: [{ name: "shop_application", aliases: ["api"] }] });
        const start = made.find(each => each.type.endsWith(":Start") && each.name === "web");
        assert.deepEqual(start?.dependencies.map(urn => urn.split("::").at(-1)).sort(), ["api", "api-2", "web", "web"]);
    });

    it("uses what is external as it is", async () => {
        const of = shop([shopService("api", { mounts: [{ type: "volume", source: "old", target: "/old", readOnly: true }] })], {
            networks: [{ ...internalNetwork("application"), external: true, name: "theirs" }],
            volumes: [{ key: "old", name: "their-old", external: true, driverOpts: {}, owner: { uid: 1, gid: 1 } }],
        });
        const made = await registered(of);
        assert.deepEqual(summary(made).filter(line => /Network|Volume/.test(line)), []);
        const { mounts, networksAdvanced } = inputsOf(made, "Container", "api") as Record<string, unknown>;
        assert.deepEqual({ mounts, networksAdvanced }, {
            mounts: [{ type: "volume", source: "their-old", target: "/old", readOnly: true }],
            networksAdvanced: [{ name: "theirs", aliases: ["api"] }],
        });
    });

    it("refuses what it cannot render before it registers anything", async () => {
        await assert.rejects(registered(shop([shopService("api", { command: [""] })])), { name: "ProblemsError" });
    });
});
