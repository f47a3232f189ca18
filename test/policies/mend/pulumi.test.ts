import assert from "node:assert/strict";

import { RULES } from "../../../policies/catalogue";
import { mendInputs } from "../../../policies/mend/pulumi";
import { MENDS } from "../../../policies/mend";
import { MANDATORY, PackClient, REMEDIATE } from "../../support/pack-client";
import { UNKNOWN } from "../../support/rule-test";
import type { Inputs } from "../../../policies/rule";

const CONTAINER = "docker:index/container:Container";
const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": "hunter2" };

function mended(rule: string, type: string, inputs: Inputs, answered = false): Inputs | undefined {
    const found = RULES.find(({ id }) => id === rule);
    assert.ok(found !== undefined);
    return mendInputs(found, { urn: "u", type, name: "api", inputs }, {}, () => answered);
}

describe("mending inputs of Pulumi resources", () => {
    it("leaves alone what is right, not known, secret, or answered for", () => {
        for (const [rule, inputs] of [
            ["privileged-container", {}], ["privileged-container", { privileged: UNKNOWN }], ["privileged-container", { privileged: { ...SECRET, value: true } }],
            ["writable-root", { readOnly: true }], ["writable-root", { readOnly: UNKNOWN }],
            ["capabilities-not-dropped", { capabilities: UNKNOWN }], ["capabilities-not-dropped", { capabilities: { drops: [UNKNOWN] } }],
            ["capabilities-not-dropped", { capabilities: { drops: ["CAP_ALL"] } }], ["capabilities-not-dropped", { capabilities: { ...SECRET, value: {} } }],
            ["new-privileges-allowed", { securityOpts: UNKNOWN }], ["new-privileges-allowed", { securityOpts: [UNKNOWN] }], ["new-privileges-allowed", { securityOpts: ["no-new-privileges"] }],
        ] as const) {
            assert.equal(mended(rule, CONTAINER, inputs), undefined, JSON.stringify(inputs));
        }
        assert.equal(mended("privileged-container", CONTAINER, { privileged: true }, true), undefined);
        assert.equal(mended("privileged-container", "random:index/thing:Thing", { privileged: true }), undefined);
    });

    it("keeps the objects that stand for secrets and unknown values, in lists too", () => {
        const envs = [SECRET, UNKNOWN];
        const result = mended("capability-added", CONTAINER, { envs, capabilities: { adds: [UNKNOWN, "SYS_ADMIN"] } });
        assert.deepEqual(result, { envs, capabilities: { adds: [UNKNOWN] } });
        assert.equal(result["envs"], envs);
    });

    it("changes nothing where one rule after the other has mended", () => {
        const inputs = { image: "a", privileged: true, capabilities: { adds: ["ALL"] }, securityOpts: ["seccomp=unconfined", "apparmor=unconfined"], usernsMode: "host", ports: [{ internal: 80 }] };
        const all = (given: Inputs): Inputs => RULES.filter(({ id }) => Object.hasOwn(MENDS, id)).reduce((so, { id }) => mended(id, CONTAINER, so) ?? so, given);
        const once = all(inputs);
        assert.deepEqual(all(once), once);
        assert.deepEqual(once["securityOpts"], ["no-new-privileges:true"]);
    });
});

describe("remediation by the pack, over its own wire protocol", function () {
    this.timeout(60_000);
    let pack: PackClient;

    before(async () => {
        pack = await PackClient.start();
        await pack.configure({
            ...Object.fromEntries(Object.keys(MENDS).filter(id => RULES.some(rule => rule.id === id && rule.about !== "stack" && rule.optional !== true)).map(id => [id, [REMEDIATE, {}]])),
            "no-memory-limit": [REMEDIATE, { mendMebibytes: 256 }],
            "no-cpu-limit": [MANDATORY, {}],
            "root-user": [REMEDIATE, { exempt: [{ resource: "api", reason: "binds the port of old clients", expires: "9999-01-01" }] }],
        });
    });
    after(() => { pack.stop(); });

    it("mends pods of Kubernetes, with the values that were configured, and what is mended passes", async () => {
        const spec = { hostPID: true, containers: [{ name: "api", image: "api:1.0", env: [{ name: "KEY", value: SECRET }], securityContext: { privileged: true, seccompProfile: { type: "Unconfined" } } }] };
        const resource = { type: "kubernetes:apps/v1:Deployment", name: "api", inputs: { metadata: { name: "api" }, spec: { template: { spec } } } };
        const inputs = await pack.remediate(resource) as { spec: { template: { spec: { containers: readonly object[]; hostPID: boolean } } } };
        assert.equal(inputs.spec.template.spec.hostPID, false);
        const [container] = inputs.spec.template.spec.containers as readonly { env: unknown; resources: unknown; securityContext: unknown }[];
        assert.deepEqual(container?.env, [{ name: "KEY", value: SECRET }]);
        assert.deepEqual(container?.resources, { limits: { "memory": "256Mi", "ephemeral-storage": "1Gi" } });
        assert.deepEqual(container?.securityContext, {
            privileged: false, seccompProfile: { type: "RuntimeDefault" }, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] },
        });
        const mendable = (await pack.analyze({ ...resource, inputs })).map(({ policyname }) => policyname).filter(name => Object.hasOwn(MENDS, name));
        assert.deepEqual(mendable, ["no-cpu-limit"]);
    });

    it("mends Swarm services", async () => {
        const inputs = await pack.remediate({ type: "docker:index/service:Service", name: "api", inputs: { name: "api", taskSpec: { containerSpec: { image: "a:1", capAdds: ["SYS_ADMIN"] } } } });
        assert.deepEqual((inputs as { taskSpec: { containerSpec: object } }).taskSpec.containerSpec, { image: "a:1", capDrops: ["ALL"], readOnly: true });
    });
});
