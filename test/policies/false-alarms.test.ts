import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { judgeFiles } from "../../cli/check/judge-files";
import { profileNamed } from "../../policies/profiles/profiles";
import type { Report } from "../../policies/report/report";

const FOLDER = join(__dirname, "../data/hardened");
const REFERENCES = readdirSync(FOLDER).filter(name => name.endsWith(".yaml")).sort();
const reference = (name: string): string => readFileSync(join(FOLDER, name), "utf8");

/** What the profile says of one file, as `portcullis check` does. */
async function judged(text: string, profile = "hardened"): Promise<Report> {
    const folder = mkdtempSync(join(tmpdir(), "false-alarms-"));
    try {
        writeFileSync(join(folder, "compose.yaml"), text);
        return await judgeFiles([join(folder, "compose.yaml")], profileNamed(profile));
    } finally {
        rmSync(folder, { recursive: true });
    }
}

async function rulesIn(text: string): Promise<string[]> {
    const { findings, errors } = await judged(text);
    assert.deepEqual(errors, []);
    return [...new Set(findings.map(({ rule }) => rule))].sort();
}

async function assertSilent(text: string, profile?: string): Promise<void> {
    const { findings, errors, unknown, checked } = await judged(text, profile);
    assert.deepEqual([findings.map(({ rule, message }) => `${rule}: ${message}`), errors, unknown], [[], [], []]);
    assert.ok(checked.subjects > 0);
}

/** A text with a part of it replaced wherever it stands; it has to stand somewhere. */
function replaced(text: string, part: RegExp, by: string): string {
    const result = text.replaceAll(part, by);
    assert.notEqual(result, text, String(part));
    return result;
}

describe("hardened references for Kubernetes", function () {
    this.timeout(30_000);
    for (const name of REFERENCES) {
        for (const profile of ["hardened", "pss-restricted", "cis-kubernetes"]) {
            it(`${name} has no finding by ${profile}`, () => assertSilent(reference(name), profile));
        }
    }

    const TAKEN_OUT: readonly (readonly [RegExp, string])[] = [
        [/ +allowPrivilegeEscalation: false\n/g, "new-privileges-allowed"],
        [/ +capabilities: \{ drop: \[ALL\] \}\n/g, "capabilities-not-dropped"],
        [/ +readOnlyRootFilesystem: true\n/g, "writable-root"],
        [/ +(runAsNonRoot: true|runAsUser: \d+)\n/g, "root-user"],
        [/ +seccompProfile: .*\n/g, "seccomp-not-set"],
        [/^ *automountServiceAccountToken: false\n/gm, "service-account-token-mounted"],
        [/@sha256:[0-9a-f]{64}/g, "unpinned-image"],
        [/ +limits: \{ cpu: .*\n/g, "no-memory-limit"],
        [/ +readinessProbe: .*\n/g, "no-readiness-probe"],
    ];
    for (const [part, rule] of TAKEN_OUT) {
        it(`fires ${rule} without ${part.source}`, async () => {
            assert.ok((await rulesIn(replaced(reference("web.yaml"), part, ""))).includes(rule), (await rulesIn(replaced(reference("web.yaml"), part, ""))).join());
        });
    }
});

describe("no false alarm, by any rule of the profile hardened", function () {
    this.timeout(30_000);

    it("a pod's settings hold for its containers", async () => {
        for (const name of REFERENCES) {
            const user = /(readOnlyRootFilesystem: true\n) +runAsNonRoot: true\n +runAsUser: \d+\n +runAsGroup: \d+\n/g;
            const seccomp = /(capabilities: \{ drop: \[ALL\] \}\n) +seccompProfile: .*\n/g;
            await assertSilent(replaced(replaced(reference(name), user, "$1"), seccomp, "$1"));
        }
    });

    it("an object of a kind that nobody described gets none, whatever its fields are called", async () => {
        const custom = `---
apiVersion: example.com/v1
kind: Widget
metadata: { name: widget, namespace: shop }
spec:
  hostNetwork: true
  privileged: true
  containers: [{ name: x, image: "x:latest", securityContext: { privileged: true, runAsUser: 0 } }]
  volumes: [{ name: host, hostPath: { path: / } }]
  pod: { hostPID: true }
  ports: [{ hostPort: 22 }]
`;
        await assertSilent(reference("web.yaml") + custom);
    });

    it("Windows pods are not asked for what only Linux has", async () => {
        const linux = / +(runAsUser: \d+|runAsGroup: \d+|fsGroup: \d+|fsGroupChangePolicy: .*|supplementalGroupsPolicy: .*|seccompProfile: .*|appArmorProfile: .*|allowPrivilegeEscalation: .*|privileged: false|readOnlyRootFilesystem: .*|capabilities: .*|hostUsers: false)\n/g;
        const users = replaced(replaced(reference("worker.yaml"), linux, ""), /^( +)runAsNonRoot: true\n/gm, "$1runAsNonRoot: true\n$1windowsOptions: { runAsUserName: ContainerUser }\n");
        const windows = replaced(replaced(users,
            /^( +)enableServiceLinks: false\n/gm, "$1enableServiceLinks: false\n$1os: { name: windows }\n$1nodeSelector: { kubernetes.io/os: windows }\n"),
        /emptyDir: \{ medium: Memory, sizeLimit: 64Mi \}/g, "emptyDir: { sizeLimit: 64Mi }");
        await assertSilent(windows);
    });

    it("what is not set is not reported as set", async () => {
        const { findings } = await judged("apiVersion: v1\nkind: Pod\nmetadata: { name: bare, namespace: shop }\nspec:\n  containers: [{ name: bare, image: example/bare }]\n");
        const SET = ["privileged-container", "host-network", "host-pid", "host-ipc", "host-path-mounted", "host-port", "capability-added", "docker-socket-mounted", "secret-in-environment", "device-mounted", "unsafe-sysctl"];
        assert.deepEqual(findings.filter(({ rule }) => SET.includes(rule)), []);
        assert.deepEqual(findings.filter(({ message }) => /: (true|false|null|0)\)|\((true|null|0)\)/.test(message)).map(({ message }) => message), []);
        assert.ok(findings.length > 5);
    });
});

const COMPOSE = (more: { ports?: string; option?: string; volumes?: string; tail?: string } = {}): string => `
services:
  api:
    image: registry.example.com/api:1.2.3@sha256:${"4f1c2e9a7b3d5f60".repeat(4)}
    user: "10101:10101"
    read_only: true
    cap_drop: [ALL]
    security_opt: ["${more.option ?? "no-new-privileges:true"}"]
    mem_limit: 128m
    memswap_limit: 128m
    cpus: 0.5
    pids_limit: 64
    restart: unless-stopped
    healthcheck: { test: ["CMD", "/app", "health"], interval: 10s, timeout: 3s, retries: 3 }
    logging: { driver: json-file, options: { max-size: 10m, max-file: "3" } }
    networks: [inside]
${more.ports === undefined ? "" : `    ports: ${more.ports}\n`}${more.volumes === undefined ? "" : `    volumes: ${more.volumes}\n`}networks:
  inside: { internal: true }
${more.tail ?? ""}`;

describe("no false alarm in Compose, by any rule of the profile hardened", function () {
    this.timeout(30_000);

    it("a hardened service", () => assertSilent(COMPOSE()));

    for (const ports of [
        "[\"127.0.0.1:8080:8080\"]", "[\"127.0.0.1::8080\"]", "[\"[::1]:8080:8080\"]", "[\"127.9.9.9:8080:8080/udp\"]",
        "[{ target: 8080, published: \"8080\", host_ip: 127.0.0.1 }]", "[{ target: 8080, published: \"8080\", host_ip: \"::1\", protocol: tcp, mode: host }]",
    ]) {
        it(`ports of the machine itself: ${ports}`, () => assertSilent(COMPOSE({ ports })));
    }

    for (const ports of ["[\"8080:8080\"]", "[\"0.0.0.0:8080:8080\"]", "[\"[::]:8080:8080\"]", "[{ target: 8080, published: \"8080\" }]"]) {
        it(`but not those of every address: ${ports}`, async () => {
            assert.ok((await rulesIn(COMPOSE({ ports }))).includes("port-published"));
        });
    }

    for (const option of ["no-new-privileges", "no-new-privileges:true", "no-new-privileges=true"]) {
        it(`no new privileges as ${option}`, () => assertSilent(COMPOSE({ option })));
    }

    it("but not no-new-privileges:false", async () => {
        assert.deepEqual(await rulesIn(COMPOSE({ option: "no-new-privileges:false" })), ["new-privileges-allowed"]);
    });

    it("a named volume that one service uses, short and long", async () => {
        await assertSilent(COMPOSE({ volumes: "[\"data:/data\"]", tail: "volumes:\n  data: {}\n" }));
        await assertSilent(COMPOSE({ volumes: "[{ type: volume, source: data, target: /data, read_only: true }]", tail: "volumes:\n  data:\n" }));
    });

    it("an object of an extension's", () => assertSilent(COMPOSE({ tail: "x-old:\n  privileged: true\n  ports: [\"22:22\"]\n" })));
});
