import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { runPreview } from "../../cli/preview/run";
import type { HardenedSecret, SecretSource } from "../../infra/model/hardened";
import { secretMark } from "../../infra/model/text";
import { secretValues } from "../../infra/secrets/values";

const CONFIG = { "shop:token": "q7JvR2mXw9Zt4Lb8" };

/** Runs `secretValues` in a stack and returns what the values are, secret or not; unknown ones as `undefined`. */
async function values(
    sources: Record<string, SecretSource>, config: Record<string, string> = CONFIG, secretKeys: string[] = Object.keys(config),
): Promise<Record<string, unknown>> {
    const secrets: HardenedSecret[] = Object.entries(sources).map(([name, source]) => ({ name, source }));
    const found: Record<string, unknown> = {};
    const preview = await runPreview(async () => {
        for (const [name, value] of Object.entries(secretValues({ secrets }))) {
            assert.equal(await pulumi.isSecret(value), true, `${name} is not secret`);
            found[name] = await (value as unknown as { promise(): Promise<unknown> }).promise();
        }
    }, { project: "shop", stack: "test", config, secretKeys });
    for (const { type, name, inputs } of preview.resources.filter(resource => resource.custom)) {
        found[`${type} ${name}`] = inputs;
    }
    return found;
}

describe("secrets/values", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "portcullis-secrets-"));
    after(() => fs.rmSync(folder, { recursive: true }));

    it("makes every kind, all of them secret", async () => {
        fs.writeFileSync(path.join(folder, "key"), "Zk4w8Rt1Vb6Yp3Qx");
        assert.deepEqual(await values({
            url: { kind: "composed", template: `db://u:${secretMark("file")}@h/${secretMark("outer")}` },
            outer: { kind: "composed", template: `[${secretMark("given")}]` },
            given: { kind: "given", configKey: "token" },
            file: { kind: "file", file: path.join(folder, "key") },
        }), {
            url: "db://u:Zk4w8Rt1Vb6Yp3Qx@h/[q7JvR2mXw9Zt4Lb8]",
            outer: "[q7JvR2mXw9Zt4Lb8]",
            given: "q7JvR2mXw9Zt4Lb8",
            file: "Zk4w8Rt1Vb6Yp3Qx",
        });
    });

    it("leaves what is generated to Pulumi's random provider", async () => {
        assert.deepEqual(await values({
            a: { kind: "generated", length: 32, alphabet: "alphanumeric" },
            b: { kind: "generated", length: 63, alphabet: "hex" },
            c: { kind: "certificate", part: "key", hosts: ["localhost"], seed: "b" },
        }), {
            a: undefined,
            b: undefined,
            c: undefined,
            "random:index/randomPassword:RandomPassword a": { length: 32, special: false },
            "random:index/randomPassword:RandomPassword b": { length: 63, upper: false, lower: false, special: true, overrideSpecial: "abcdef" },
        });
    });

    it("issues both halves of a certificate from its seed", async () => {
        const seed = "3f".repeat(32);
        const made = await values({
            seed: { kind: "given", configKey: "seed" },
            chain: { kind: "certificate", part: "chain", hosts: ["shop.example.com"], seed: "seed" },
            key: { kind: "certificate", part: "key", hosts: ["shop.example.com"], seed: "seed" },
        }, { "shop:seed": `${seed.slice(0, 58)}abcdef` });
        assert.match(made["chain"] as string, /^-----BEGIN CERTIFICATE-----/);
        assert.match(made["key"] as string, /^-----BEGIN PRIVATE KEY-----/);
    });

    it("waits for what only a deployment knows", async () => {
        assert.deepEqual(await values({ given: { kind: "given", configKey: "token" } }, {}), { given: "given when the stack is deployed" });
    });

    const refusals: Record<string, [Record<string, SecretSource>, Record<string, string>, string]> = {
        "a weak value, without showing it": [
            { db: { kind: "given", configKey: "token" } }, { "shop:token": "minioadmin" },
            'secrets.db is a well-known default; set one with "pulumi config set --secret token"',
        ],
        "a missing file": [
            { db: { kind: "file", file: path.join(folder, "none") } }, {},
            `secrets.db has a file that cannot be read (${path.join(folder, "none")}); write the value to it`,
        ],
        "a ring of composed values": [
            { a: { kind: "composed", template: secretMark("b") }, b: { kind: "composed", template: secretMark("a") } }, {},
            "secrets.a is made of secrets that are missing or of itself (b); declare the secrets that it holds\n"
            + "secrets.b is made of secrets that are missing or of itself (a); declare the secrets that it holds",
        ],
        "a seed that is missing": [
            { a: { kind: "certificate", part: "key", hosts: ["x"], seed: "gone" } }, {},
            "secrets.a is made of secrets that are missing or of itself (gone); declare the secrets that it holds",
        ],
    };
    it("refuses a value that is not encrypted", async () => {
        await assert.rejects(values({ db: { kind: "given", configKey: "token" } }, CONFIG, []), {
            name: "ProblemsError",
            message: 'secrets.db stands in clear text in the stack\'s configuration; set one with "pulumi config set --secret token"',
        });
    });

    for (const [title, [sources, config, message]] of Object.entries(refusals)) {
        it(`refuses ${title}`, async () => {
            await assert.rejects(values(sources, config), { name: "ProblemsError", message });
        });
    }
});
