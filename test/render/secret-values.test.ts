import * as assert from "node:assert/strict";

import type { HardenedSecret } from "../../infra/model/hardened";
import { secretMark } from "../../infra/model/text";
import { secretFiles, type SecretSupply, secretValues } from "../../infra/render/secret-values";
import { hardenedApplication, hardenedService } from "../support/hardened";

const EMPTY: SecretSupply = {
    kept: () => undefined, given: () => undefined, file: () => undefined,
    weakness: (_name, value) => value === "weak" ? "is a well-known default" : undefined,
    certificate: (seed, hosts) => Promise.resolve({ chain: `chain of ${hosts.join()} by ${seed}`, key: `key of ${hosts.join()} by ${seed}` }),
    random: (count, bound) => Array.from({ length: count }, (_none, at) => (at * 7) % bound),
};

const generated = (name: string, length = 5): HardenedSecret => ({ name, source: { kind: "generated", length, alphabet: "alphanumeric" } });
const composed = (name: string, template: string): HardenedSecret => ({ name, source: { kind: "composed", template } });
const valuesOf = (secrets: readonly HardenedSecret[], supply: Partial<SecretSupply> = {}) =>
    secretValues(hardenedApplication("demo", { secrets }), { ...EMPTY, ...supply });

describe("values of secrets", () => {
    it("are generated in the alphabet that is asked for", async () => {
        const { values, problems } = await valuesOf([generated("A"), { name: "B", source: { kind: "generated", length: 4, alphabet: "hex" } }]);
        assert.deepEqual([...values], [["A", "AHOVc"], ["B", "07e5"]]);
        assert.deepEqual(problems, []);
    });

    it("stay what they were in an earlier rendering", async () => {
        assert.deepEqual([...(await valuesOf([generated("A")], { kept: name => `kept ${name}` })).values], [["A", "kept A"]]);
    });

    it("refuse what the authors published, in a file too", async () => {
        const file: HardenedSecret = { name: "F", source: { kind: "file", file: "/f" } };
        const { problems } = await valuesOf([file], { file: () => "password\n", weakness: (_name, value) => value === "password" ? "is a well-known default" : undefined });
        assert.deepEqual(problems, [{ subject: "secret F", fault: "is a well-known default", remedy: "write another value to /f" }]);
    });

    it("are taken from what the operator gives, first, from what was kept, and from files", async () => {
        const given: HardenedSecret = { name: "G", source: { kind: "given", configKey: "k" } };
        const file: HardenedSecret = { name: "F", source: { kind: "file", file: "/f" } };
        assert.deepEqual([...(await valuesOf([given, file], { given: name => `given ${name}`, kept: () => "old", file: path => `in ${path}` })).values],
            [["G", "given G"], ["F", "in /f"]]);
        assert.deepEqual([...(await valuesOf([given], { kept: () => "old" })).values], [["G", "old"]]);
    });

    it("are halves of one certificate", async () => {
        const half = (part: "chain" | "key"): HardenedSecret => ({ name: part, source: { kind: "certificate", part, hosts: ["a", "b"], seed: "S" } });
        assert.deepEqual([...(await valuesOf([half("chain"), half("key"), generated("S", 2)])).values],
            [["S", "AH"], ["chain", "chain of a,b by AH"], ["key", "key of a,b by AH"]]);
    });

    it("are composed of others, in whatever order", async () => {
        const secrets = [composed("URL", `pg://${secretMark("USER_AND")}@db`), composed("USER_AND", `u:${secretMark("A")}`), generated("A", 2)];
        assert.deepEqual([...(await valuesOf(secrets)).values], [["A", "AH"], ["URL", "pg://u:AH@db"], ["USER_AND", "u:AH"]]);
    });

    it("that are given are refused when they are no secrets", async () => {
        const given: HardenedSecret = { name: "G", source: { kind: "given", configKey: "k" } };
        assert.deepEqual((await valuesOf([given], { given: () => "weak" })).problems,
            [{ subject: "secret G", fault: "is a well-known default", remedy: "set the variable G for this command" }]);
    });

    it("are a problem each where there is none, and never shown", async () => {
        const secrets: HardenedSecret[] = [
            { name: "G", source: { kind: "given", configKey: "k" } }, { name: "F", source: { kind: "file", file: "/f" } },
            composed("X", secretMark("Y")), composed("Y", secretMark("X")), composed("Z", secretMark("G")),
        ];
        assert.deepEqual((await valuesOf(secrets)).problems, [
            { subject: "secret G", fault: "has no value", remedy: "set the variable G for this command" },
            { subject: "secret F", fault: "cannot be read", got: "/f", remedy: "put the file there" },
            { subject: "secret X", fault: "is composed of itself", got: "X → Y → X" },
            { subject: "secret Y", fault: "is composed of itself", got: "Y → X → Y" },
        ]);
    });
});

describe("files of secrets", () => {
    it("belong to the user of their service, one a service, and are kept for the next rendering", () => {
        const both = [{ secret: "A", target: "/run/secrets/A" }, { secret: "A", target: "/etc/a" }];
        const application = hardenedApplication("demo", {
            services: [
                hardenedService("web", { user: { uid: 7, gid: 8 }, secretFiles: both }),
                hardenedService("db", { user: undefined, secretFiles: [{ secret: "URL", target: "/u" }] }),
            ],
            secrets: [generated("A"), composed("URL", secretMark("A"))],
        });
        assert.deepEqual(secretFiles(application, new Map([["A", "a"], ["URL", "u"]])), [
            { path: "secrets/web/A", content: "a", mode: 0o400, owner: { uid: 7, gid: 8 } },
            { path: "secrets/db/URL", content: "u", mode: 0o400 },
            { path: "secrets/.kept/A", content: "a", mode: 0o400 },
        ]);
    });
});
