import assert from "node:assert/strict";

import { RULES } from "../../policies/catalogue";
import { ADVISORY, DISABLED, type Diagnostic, MANDATORY, PackClient, REMEDIATE } from "../support/pack-client";
import { UNKNOWN } from "../support/rule-test";

const TYPE = "docker:index/container:Container";

describe("the CrossGuard pack, over its own wire protocol", function () {
    this.timeout(60_000);
    let pack: PackClient;

    before(async () => { pack = await PackClient.start(); });
    after(() => { pack.stop(); });

    const analyze = async (inputs: object) => await pack.analyze({ type: TYPE, name: "api", inputs });
    const of = (diagnostics: readonly Diagnostic[], rule: string) => diagnostics.filter(({ policyname }) => policyname === rule)
        .map(({ message, enforcementlevel }) => ({ message, enforcementlevel }));

    it("offers every rule, mandatory but for those that weigh little or suit only some houses", async () => {
        const offered = await pack.offers();
        assert.deepEqual(offered.map(({ name }) => name).sort(), RULES.map(({ id }) => id).sort());
        for (const { name, enforcementlevel } of offered) {
            const rule = RULES.find(({ id }) => id === name);
            const advisory = rule?.severity === "low" && rule.controls.length === 0;
            assert.equal(enforcementlevel, rule?.optional === true ? DISABLED : advisory ? ADVISORY : MANDATORY, name);
        }
    });

    it("refuses a privileged container", async () => {
        const [diagnostic] = of(await analyze({ privileged: true }), "privileged-container");
        assert.equal(diagnostic?.enforcementlevel, MANDATORY);
        assert.match(diagnostic?.message ?? "", /^No container is privileged\ncontainer "api" is privileged; take `privileged` out.* \[CIS Docker 5\.5; /);
    });

    it("reports what is not known beside what is wrong, never instead", async () => {
        const diagnostics = of(await analyze({ volumes: [UNKNOWN, { hostPath: "/var/run/docker.sock", containerPath: "/s" }] }), "docker-socket-mounted");
        assert.deepEqual(diagnostics.map(({ enforcementlevel }) => enforcementlevel), [MANDATORY, ADVISORY]);
        assert.match(diagnostics[1]?.message ?? "", /can't run policy 'docker-socket-mounted'.* container "api": volumes\[0\] is not known yet; it is judged again at update/);
    });

    it("judges the stack as a whole, at its end", async () => {
        const container = (name: string, network: string) => ({ type: TYPE, name, inputs: { name, labels: [{ label: "portcullis.role", value: name }], networksAdvanced: [{ name: network }] } });
        const found = of(await pack.analyzeStack([container("edge", "front"), container("data", "front")]), "data-reachable-from-edge");
        assert.deepEqual(found.map(({ enforcementlevel }) => enforcementlevel), [MANDATORY]);
        assert.deepEqual(of(await pack.analyzeStack([container("edge", "front"), container("data", "back")]), "data-reachable-from-edge"), []);
    });

    it("exempts whom its configuration names, until the day that it says", async () => {
        const exempt = (expires: string) => ({ "privileged-container": [MANDATORY, { exempt: [{ resource: "api", reason: "a driver that needs it", expires }] }] as const });
        await pack.configure(exempt("9999-01-01"));
        assert.deepEqual(of(await analyze({ privileged: true }), "privileged-container"), []);
        await pack.configure(exempt("2001-01-01"));
        assert.match(of(await analyze({ privileged: true }), "privileged-container")[0]?.message ?? "", /; its exemption has expired \(2001-01-01\)$/);
    });

    it("takes the level and the parameters of its configuration, and mends", async () => {
        const mending = ["privileged-container", "writable-root", "capabilities-not-dropped", "new-privileges-allowed"];
        await pack.configure({
            "capability-added": [MANDATORY, { allowed: ["SYS_PTRACE"] }],
            ...Object.fromEntries(mending.map(rule => [rule, [REMEDIATE, {}]])),
        });
        assert.deepEqual(of(await analyze({ capabilities: { adds: ["SYS_PTRACE"] } }), "capability-added"), []);
        const inputs = { image: "a:1", privileged: true, capabilities: { adds: ["CHOWN"] }, securityOpts: ["apparmor=strict", "no-new-privileges:false"] };
        const mended = await pack.remediate({ type: TYPE, name: "api", inputs });
        assert.deepEqual(mended, {
            image: "a:1", privileged: false, readOnly: true, capabilities: { adds: ["CHOWN"], drops: ["ALL"] }, securityOpts: ["apparmor=strict", "no-new-privileges:true"],
        });
        const after = await analyze(mended as object);
        assert.deepEqual(mending.flatMap(rule => of(after, rule)), []);
    });
});
