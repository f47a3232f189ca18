import assert from "node:assert/strict";

import fc from "fast-check";

import { keyOf } from "../../../../cli/check/fix/unit";
import { STANDARD_RULES } from "../../../../policies/catalogue";
import { MENDS } from "../../../../policies/mend";
import { EVERY_MEND, commentsOf, mendFiles } from "../../../support/fixing";
import { LAYOUTS, written, type Tree } from "../../../support/yaml-layout";

const flag = fc.boolean();
const some = (...values: readonly string[]): fc.Arbitrary<readonly string[]> => fc.subarray([...values], { minLength: 1 });

const SERVICES: fc.Arbitrary<Tree> = fc.record({
    image: fc.constantFrom("api:1.0", "redis:7"), privileged: flag, read_only: flag, user: fc.constantFrom("root", "10001:10001", "0:0"), cap_add: some("SYS_ADMIN", "CHOWN", "NET_RAW"), cap_drop: some("ALL", "KILL"),
    security_opt: some("no-new-privileges:false", "seccomp:unconfined", "apparmor=unconfined"), ports: some("8080:80", "9000", "127.0.0.1:53:53/udp"), volumes: some("data:/data", "/etc:/host", "/var/run/docker.sock:/s"),
    tmpfs: some("/tmp", "/run:exec"), pid: fc.constant("host"), restart: fc.constantFrom("no", "always"), logging: fc.constant({ driver: "json-file" }), mem_limit: fc.constantFrom("512m", 0), tty: flag,
}, { requiredKeys: ["image"] });
const STACKS: fc.Arbitrary<Tree> = fc.tuple(SERVICES, SERVICES).map(([one, other]) => ({ services: { one, other }, volumes: { data: {} } }));

const CONTAINERS: fc.Arbitrary<Tree> = fc.record({
    image: fc.constant("api:1.0"), tty: flag, env: fc.constant([{ name: "A", value: "1" }, { name: "A", value: "2" }]), ports: fc.constant([{ containerPort: 80, hostPort: 80 }]),
    resources: fc.constantFrom<Tree>({}, { limits: { cpu: "1" } }), volumeMounts: fc.constant([{ name: "host", mountPath: "/host" }]),
    securityContext: fc.record({
        privileged: flag, allowPrivilegeEscalation: flag, runAsUser: fc.constantFrom(0, 20_000), readOnlyRootFilesystem: flag, procMount: fc.constant("Unmasked"),
        capabilities: fc.record({ add: some("SYS_ADMIN", "CHOWN"), drop: some("KILL", "ALL") }, { requiredKeys: [] }), seccompProfile: fc.constant({ type: "Unconfined" }),
    }, { requiredKeys: [] }),
}, { requiredKeys: ["image"] });
const PODS: fc.Arbitrary<Tree> = fc.record({
    hostPID: flag, hostIPC: flag, shareProcessNamespace: flag, serviceAccount: fc.constant("api"), volumes: fc.constant([{ name: "host", hostPath: { path: "/etc" } }, { name: "scratch" }]),
    securityContext: fc.constantFrom<Tree>({ sysctls: [{ name: "kernel.msgmax", value: "1" }] }, { runAsUser: 0 }, {}), containers: fc.tuple(CONTAINERS, CONTAINERS).map(list => list.map((one, at) => ({ name: `c${at}`, ...one as object }))),
}, { requiredKeys: ["containers"] }).map(spec => ({ apiVersion: "v1", kind: "Pod", metadata: { name: "api", namespace: "shop" }, spec }));

const RULES_ALONE = STANDARD_RULES.filter(({ id, about }) => about !== "stack" || Object.hasOwn(MENDS, id));

describe("mending random stacks in random layouts", function () {
    this.timeout(300_000);

    for (const [name, stacks] of [["compose.yaml", STACKS], ["app.yaml", PODS]] as const) {
        it(`${name}: what is mended is gone, nothing else came, comments stay, and a second time changes nothing`, async () => {
            let mends = 0;
            await fc.assert(fc.asyncProperty(stacks, LAYOUTS, async (tree, layout) => {
                const text = written(tree, layout);
                const { before, after, texts, fixed } = await mendFiles({ [name]: text }, EVERY_MEND, { rules: RULES_ALONE });
                const mended = texts[name] ?? "";
                mends += fixed.mended.length;
                const count = (findings: typeof before.findings, key: string): number => findings.filter(finding => keyOf(finding) === key).length;
                assert.deepEqual(after.findings.filter(finding => count(after.findings, keyOf(finding)) > count(before.findings, keyOf(finding))), []);
                const left = new Set(fixed.left.map(({ finding }) => keyOf(finding)));
                assert.deepEqual(after.findings.filter(finding => Object.hasOwn(MENDS, finding.rule) && !left.has(keyOf(finding))).map(({ message }) => message), []);
                assert.ok(fixed.left.every(({ reason }) => !/is written in a way|by two mends/.test(reason)), fixed.left.map(({ reason }) => reason).join("\n"));
                assert.deepEqual(commentsOf(mended).filter(comment => !commentsOf(text).includes(comment)), []);
                assert.equal(/(?<!\r)\n/.test(mended), layout.eol === "\n");
                assert.equal((await mendFiles({ [name]: mended }, EVERY_MEND, { rules: RULES_ALONE })).texts[name], mended);
            }), { numRuns: 40 });
            assert.ok(mends > 200);
            console.log(`      ${mends} mends`);
        });
    }
});
