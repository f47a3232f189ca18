import * as assert from "node:assert/strict";

import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

import { runPreview } from "../../../cli/preview/run";
import { resourceTree, showResource } from "../../../cli/preview/show";

const STACK = { project: "shop", stack: "prod" };

class Pair extends pulumi.ComponentResource {
    constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
        super("shop:index:Pair", name, {}, opts);
        const password = new random.RandomPassword(name, { length: 16 }, { parent: this });
        new docker.Container(name, {
            image: "x", envs: [pulumi.interpolate`A=${password.result}`, pulumi.secret("B=hidden")], labels: [{ label: "id", value: password.id }],
        }, { parent: this });
        this.registerOutputs({});
    }
}

describe("cli/preview/run", () => {
    it("registers everything under the URNs that the CLI gives, secrets and unknown values said in words", async () => {
        const { resources, outputs } = await runPreview(() => {
            const outer = new Pair("outer");
            new Pair("inner", { parent: outer });
            return { one: 1, secret: pulumi.secret("hidden"), list: [pulumi.output("a")] };
        }, STACK);
        assert.deepEqual(outputs, { one: 1, secret: "[secret]", list: ["a"] });
        const prefix = "urn:pulumi:prod::shop::";
        assert.deepEqual(resources.map(({ urn }) => urn).sort(), [
            `${prefix}pulumi:pulumi:Stack::shop-prod`,
            `${prefix}shop:index:Pair$docker:index/container:Container::outer`,
            `${prefix}shop:index:Pair$random:index/randomPassword:RandomPassword::outer`,
            `${prefix}shop:index:Pair$shop:index:Pair$docker:index/container:Container::inner`,
            `${prefix}shop:index:Pair$shop:index:Pair$random:index/randomPassword:RandomPassword::inner`,
            `${prefix}shop:index:Pair$shop:index:Pair::inner`,
            `${prefix}shop:index:Pair::outer`,
        ]);
        const container = resources.find(({ type, name }) => type === "docker:index/container:Container" && name === "inner");
        assert.deepEqual(container && showResource(container), {
            urn: `${prefix}shop:index:Pair$shop:index:Pair$docker:index/container:Container::inner`,
            type: "docker:index/container:Container",
            name: "inner",
            inputs: { image: "x", envs: ["[secret]", "[secret]"], labels: [{ label: "id", value: "[unknown]" }] },
        });
        assert.deepEqual(container?.dependencies, [`${prefix}shop:index:Pair$shop:index:Pair$random:index/randomPassword:RandomPassword::inner`]);
    });

    it("draws the tree", async () => {
        const { resources } = await runPreview(() => {
            const outer = new Pair("outer");
            new docker.Volume("inside", {}, { parent: outer });
            new docker.Network("beside");
        }, STACK);
        assert.deepEqual(resourceTree(resources).sort(), [
            "   ├─ docker:Volume inside",
            "pulumi:pulumi:Stack shop-prod",
            "└─ docker:Network beside",
            "├─ shop:index:Pair outer",
            "│  └─ docker:Container outer",
            "│  ├─ docker:Volume inside",
            "│  ├─ random:RandomPassword outer",
        ].filter(line => !line.startsWith("   ")).sort());
    });

    it("waits for resources that are registered late", async () => {
        const { resources } = await runPreview(() => {
            const first = new docker.Volume("v0");
            for (let at = 1; at < 50; at++) {
                new docker.Volume(`v${at}`, { name: pulumi.interpolate`x-${first.name}` });
            }
        }, STACK);
        assert.equal(resources.length, 51);
    });

    it("reads configuration, one program after the other", async () => {
        const read = () => ({ value: new pulumi.Config("a").get("b") ?? "none" });
        const first = await runPreview(read, { ...STACK, config: { "a:b": "set" } });
        const second = await runPreview(read, STACK);
        assert.deepEqual([first.outputs, second.outputs], [{ value: "set" }, { value: "none" }]);
    });

    it("rejects with what the program throws, and runs the next one", async () => {
        await assert.rejects(runPreview(() => { throw new Error("no such system"); }, STACK), { message: "no such system" });
        await assert.rejects(runPreview(async () => { new docker.Volume("v"); throw new Error("late"); }, STACK), { message: "late" });
        assert.equal((await runPreview(() => ({}), STACK)).resources.length, 1);
    });
});
