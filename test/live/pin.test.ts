import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { runPin } from "../../cli/commands/pin";
import { findProgram } from "../../cli/programs";
import { resolveImage } from "../../cli/registry/client";
import { LOCK_FILE, loadSystem } from "../../infra/system/load";
import { prepare } from "../../infra/system/prepare";

const REGISTRY = findProgram("docker-registry");
const sha = (content: string): string => `sha256:${createHash("sha256").update(content).digest("hex")}`;

async function freePort(): Promise<number> {
    return await new Promise(resolve => {
        const server = createServer().listen(0, "127.0.0.1", () => {
            const address = server.address();
            server.close(() => { resolve(typeof address === "object" && address !== null ? address.port : 0); });
        });
    });
}

async function untilUp(base: string): Promise<void> {
    for (let turn = 0; turn < 100; turn++) {
        if (await fetch(`${base}/v2/`).then(answer => answer.ok, () => false)) {
            return;
        }
        await new Promise(resolve => setTimeout(resolve, 100));
    }
    throw new Error("the registry did not start");
}

async function putBlob(base: string, name: string, content: string): Promise<void> {
    const begun = await fetch(`${base}/v2/${name}/blobs/uploads/`, { method: "POST" });
    const location = new URL(begun.headers.get("location") ?? "", base);
    location.searchParams.set("digest", sha(content));
    const done = await fetch(location, { method: "PUT", body: content, headers: { "content-type": "application/octet-stream" } });
    assert.equal(done.status, 201);
}

/** Pushes an image of no layers; the answer is its digest. */
async function push(base: string, name: string, tag: string, config: object): Promise<string> {
    const text = JSON.stringify({ architecture: "amd64", os: "linux", config, rootfs: { type: "layers", diff_ids: [] } });
    await putBlob(base, name, text);
    const mediaType = "application/vnd.docker.distribution.manifest.v2+json";
    const manifest = JSON.stringify({
        schemaVersion: 2, mediaType, layers: [],
        config: { mediaType: "application/vnd.docker.container.image.v1+json", size: text.length, digest: sha(text) },
    });
    const put = await fetch(`${base}/v2/${name}/manifests/${tag}`, { method: "PUT", body: manifest, headers: { "content-type": mediaType } });
    assert.equal(put.status, 201);
    return sha(manifest);
}

(REGISTRY === undefined ? describe.skip : describe)(`portcullis pin with a real registry${REGISTRY === undefined ? " (skipped: no docker-registry on the PATH)" : ""}`, function () {
    this.timeout(60_000);
    let folder: string;
    let process_: ChildProcess;
    let host: string;
    let digest: string;

    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "portcullis-pin-"));
        host = `127.0.0.1:${await freePort()}`;
        const config = join(folder, "registry.yml");
        writeFileSync(config, `version: 0.1\nlog: { level: error }\nstorage: { filesystem: { rootdirectory: ${join(folder, "data")} } }\nhttp: { addr: "${host}" }\n`);
        process_ = spawn(REGISTRY as string, ["serve", config], { stdio: "ignore" });
        await untilUp(`http://${host}`);
        digest = await push(`http://${host}`, "team/app", "1.2", { User: "1234:1234", Entrypoint: ["/app"], Cmd: ["serve"], ExposedPorts: { "8080/tcp": {} } });
    });
    after(() => {
        process_.kill();
        rmSync(folder, { recursive: true, force: true });
    });

    const compose = (reference: string): void => {
        writeFileSync(join(folder, "compose.yaml"), `services:\n  app:\n    image: ${reference}\n    environment: { APP_PASSWORD: example-of-one }\n`);
        writeFileSync(join(folder, "hardening.yaml"), "exposure: local\n");
    };

    it("writes digest, user and start of each image, and a deployment to production is then accepted", async () => {
        compose(`${host}/team/app:1.2`);
        const unpinned = loadSystem(folder, { environment: {} });
        assert.throws(() => prepare(unpinned, { deploying: true }), /services\.app\.user is not known to run without root/);
        assert.equal(await runPin(["--system", folder]), 0);
        const pinned = prepare(loadSystem(folder, { environment: {} }), { deploying: true }).application;
        const [app] = pinned.services;
        assert.equal(app?.image.reference, `${host}/team/app:1.2@${digest}`);
        assert.deepEqual(app?.user, { uid: 1234, gid: 1234 });
        assert.deepEqual(app?.entrypoint?.slice(3), ["sh", "/app"]);
        assert.deepEqual(app?.command, ["serve"]);
    });

    it("leaves the lock as it was when one image cannot be resolved", async () => {
        const before_ = readFileSync(join(folder, LOCK_FILE), "utf8");
        compose(`${host}/team/other:1`);
        assert.equal(await runPin(["--system", folder]), 3);
        assert.equal(readFileSync(join(folder, LOCK_FILE), "utf8"), before_);
        assert.equal(existsSync(join(folder, `${LOCK_FILE}.new`)), false);
    });

    it("keeps a pin until it is told to update", async () => {
        compose(`${host}/team/app:1.2`);
        const moved = await push(`http://${host}`, "team/app", "1.2", { User: "1", Entrypoint: ["/other"] });
        assert.equal(await runPin(["--system", folder]), 0);
        assert.ok(readFileSync(join(folder, LOCK_FILE), "utf8").includes(digest));
        assert.equal(await runPin(["--system", folder, "--update"]), 0);
        assert.ok(readFileSync(join(folder, LOCK_FILE), "utf8").includes(moved));
    });

    it("refuses a registry that is not there", async () => {
        await assert.rejects(resolveImage(`127.0.0.1:${await freePort()}/a/b:1`));
    });
});
