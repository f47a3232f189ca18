import assert from "node:assert/strict";

import { judgeCompose, judgeDocuments, judgeResources, mergeReports } from "../../policies/sources";
import { UNKNOWN } from "../support/rule-test";
import type { Resource } from "../../policies/view/resources";

const container = (inputs: Record<string, unknown>, name = "api"): Resource =>
    ({ urn: `urn:pulumi:dev::t::docker:index/container:Container::${name}`, type: "docker:index/container:Container", name, inputs: { name, ...inputs } });

/** A container that breaks many rules, each by a value of its own. */
const INSECURE = {
    image: "nginx:latest", privileged: true, readOnly: false, user: "root", networkMode: "host", pidMode: "host", ipcMode: "host", usernsMode: "host",
    capabilities: { adds: ["SYS_ADMIN", "NET_RAW"], drops: ["CHOWN"] }, securityOpts: ["seccomp=unconfined", "apparmor=unconfined"], memory: 0, cpus: "0",
    envs: ["LOG_LEVEL=info", "DB_PASSWORD=admin123"], command: ["serve", "--token", "hunter2"], labels: [{ label: "a.password", value: "hunter2" }],
    ports: [{ internal: 80, external: 8080 }], volumes: [{ hostPath: "/var/run/docker.sock", containerPath: "/s" }], devices: [{ hostPath: "/dev/sda" }],
    restart: "no", healthcheck: { tests: ["NONE"] }, logOpts: { "max-size": "-1" }, sysctls: { "kernel.core_pattern": "1" }, tmpfs: { "/tmp": "exec" },
    ulimits: [{ name: "nproc", soft: 0, hard: 0 }],
};

/** Every way to a leaf or to what holds leaves. */
function ways(value: unknown, way: readonly (string | number)[] = []): (readonly (string | number)[])[] {
    const below = Array.isArray(value) ? value.map((item, at) => [at, item] as const) : typeof value === "object" && value !== null ? Object.entries(value) : [];
    return [...way.length > 0 ? [way] : [], ...below.flatMap(([key, item]) => ways(item, [...way, key]))];
}

function withUnknown(value: unknown, way: readonly (string | number)[], mark: unknown): unknown {
    const [step, ...rest] = way;
    if (step === undefined) {
        return mark;
    }
    if (Array.isArray(value)) {
        return value.map((item: unknown, at) => at === step ? withUnknown(item, rest, mark) : item);
    }
    return Object.fromEntries(Object.entries(value as object).map(([key, item]) => [key, key === step ? withUnknown(item, rest, mark) : item]));
}

describe("judge", () => {
    it("loses no violation and calls nothing clean, whichever value is not known", () => {
        const before = new Set(judgeResources([container(INSECURE)]).findings.map(finding => finding.rule));
        assert.ok(before.size >= 28, `the example breaks ${before.size} rules only`);
        for (const mark of [UNKNOWN, { __pulumiUnknown: true }]) {
            for (const way of ways(INSECURE)) {
                const report = judgeResources([container(withUnknown(INSECURE, way, mark) as Record<string, unknown>)]);
                const found = new Set(report.findings.map(finding => finding.rule));
                const waiting = new Set(report.unknown.map(one => one.rule));
                const lost = [...before].filter(rule => !found.has(rule) && !waiting.has(rule));
                assert.deepEqual({ way, lost, errors: report.errors }, { way, lost: [], errors: [] });
            }
        }
    });

    it("takes the SDK's envelopes off, and never prints what is in them", () => {
        const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: ["DB_PASSWORD=correct horse"] };
        const output = { "4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4", value: true, secret: false };
        const report = judgeResources([container({ envs: secret, privileged: output })]);
        assert.deepEqual(report.findings.filter(({ rule }) => ["privileged-container", "secret-in-environment"].includes(rule)).map(({ message }) => message), [
            'container "api" is privileged', 'container "api" is handed a secret in its environment (DB_PASSWORD: marked as one)',
        ]);
        assert.doesNotMatch(JSON.stringify(report), /correct horse/);
    });

    it("prints no value that a finding is about", () => {
        const report = judgeCompose({ services: { api: { environment: { A_PASSWORD: "verysecret1", B: "postgres://u:verysecret1@h/d" }, command: ["--token=verysecret1"], labels: { token: "verysecret1" } } } }, { path: "c.yaml" });
        assert.ok(report.findings.length > 4);
        assert.doesNotMatch(JSON.stringify(report), /verysecret1/);
    });

    it("says of a wrong shape that it cannot be judged, and judges what is beside it", () => {
        const root = (spec: unknown) => ({ apiVersion: "v1", kind: "Pod", metadata: { name: "p" }, spec });
        const report = judgeDocuments([
            { path: "a.yaml", document: 0, root: root({ containers: "many" }) },
            { path: "a.yaml", document: 1, root: root({ containers: [{ name: "c", securityContext: { privileged: true } }, 7] }) },
            { path: "a.yaml", document: 2, root: root("nothing") },
        ]);
        assert.ok(report.findings.some(({ rule, document }) => rule === "privileged-container" && document === 1));
        const messages = report.errors.map(({ message }) => message);
        assert.ok(messages.some(message => message.includes("spec.containers is not a list")), messages.join("\n"));
        assert.ok(messages.some(message => message.includes("spec.containers[1] is not a mapping")), messages.join("\n"));
        assert.ok(messages.some(message => message.includes("spec is not a mapping")), messages.join("\n"));
    });

    it("does not take keys of JavaScript's own for values", () => {
        const report = judgeCompose(JSON.parse('{"services":{"api":{"__proto__":{"privileged":true,"read_only":true},"constructor":1}}}'), { path: "c.yaml" });
        assert.deepEqual(report.errors, []);
        assert.ok(report.findings.some(({ rule }) => rule === "writable-root"));
        assert.ok(!report.findings.some(({ rule }) => rule === "privileged-container"));
    });

    it("counts subjects, and finds the same thing once in reports that overlap", () => {
        const one = judgeCompose({ services: { api: { privileged: true } } }, { path: "c.yaml" });
        const both = mergeReports([one, one]);
        assert.deepEqual(both.findings, one.findings);
        assert.deepEqual(one.checked, { files: 1, documents: 1, subjects: 2 });
    });

    it("judges the same workload the same on every platform", () => {
        const rules = (report: { findings: readonly { rule: string }[] }) => [...new Set(report.findings.map(({ rule }) => rule))].sort();
        const docker = rules(judgeResources([container({ image: "a:1", privileged: true, capabilities: { adds: ["SYS_ADMIN"] }, envs: ["A_PASSWORD=x1"], networksAdvanced: [{ name: "n" }] })]));
        const compose = rules(judgeCompose({ services: { api: { image: "a:1", privileged: true, cap_add: ["SYS_ADMIN"], environment: ["A_PASSWORD=x1"], networks: ["n"] } }, networks: { n: { internal: true } } }, { path: "c.yaml" }));
        assert.deepEqual(compose, docker);
    });
});
