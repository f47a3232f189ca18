import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { runCheck } from "../../../cli/commands/check";
import { UsageError } from "../../../cli/usage";
import type { Report } from "../../../policies/report/report";

const POD = "apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n  containers:\n  - name: c\n    image: a:1\n    securityContext:\n      privileged: true\n";
const GOOD = `services:
  api:
    image: api:1.0@sha256:${"0123456789abcdef".repeat(4)}
    user: "10001:10001"
    read_only: true
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
    mem_limit: 64m
    cpus: 0.5
    pids_limit: 100
    restart: unless-stopped
    healthcheck: { test: [CMD, "true"] }
    logging: { driver: local }
    networks: [back]
networks:
  back: { internal: true }
`;

describe("check", () => {
    let folder: string;
    beforeEach(() => { folder = mkdtempSync(join(tmpdir(), "portcullis-check-")); });
    afterEach(() => { rmSync(folder, { recursive: true }); });

    const write = (name: string, content: string | Buffer): string => {
        const path = join(folder, name);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, content);
        return path;
    };
    /** Runs the command and reads the report that it wrote. */
    const check = async (...words: string[]): Promise<Report & { status: number }> => {
        const output = join(folder, "report.out");
        const status = await runCheck([...words, "--format", "json", "--output", output]);
        return { ...JSON.parse(readFileSync(output, "utf8")) as Report, status };
    };
    const quiet = async <Result>(run: () => Promise<Result>): Promise<Result> => {
        const { write: original } = process.stderr;
        process.stderr.write = () => true;
        try {
            return await run();
        } finally {
            process.stderr.write = original;
        }
    };

    it("says nothing of a hardened project", async () => {
        const { findings, errors, status, checked } = await quiet(() => check(write("compose.yaml", GOOD)));
        assert.deepEqual({ findings, errors, status, checked }, { findings: [], errors: [], status: 0, checked: { files: 1, documents: 1, subjects: 2 } });
    });

    it("points at the line and column, in the right document", async () => {
        const path = write("app.yaml", `# first\n---\n${POD}---\n${POD.replace("name: p", "name: q")}`);
        const { findings, status } = await quiet(() => check(path));
        assert.equal(status, 1);
        assert.deepEqual(findings.filter(({ rule }) => rule === "privileged-container").map(({ path: file, line, column, document, subject }) => ({ file, line, column, document, subject })), [
            { file: path, line: 11, column: 7, document: 0, subject: { kind: "Pod", name: "p", namespace: "", container: "c" } },
            { file: path, line: 21, column: 7, document: 1, subject: { kind: "Pod", name: "q", namespace: "", container: "c" } },
        ]);
    });

    it("takes YAML as kubectl does, where yes is true", async () => {
        const { findings } = await quiet(() => check(write("app.yaml", POD.replace("true", "yes"))));
        assert.ok(findings.some(({ rule }) => rule === "privileged-container"));
    });

    it("fails from the asked severity on", async () => {
        const path = write("compose.yaml", GOOD.replace("    restart: unless-stopped\n", ""));
        assert.equal((await quiet(() => check(path))).status, 1);
        assert.equal((await quiet(() => check(path, "--fail-on", "medium"))).status, 0);
    });

    it("judges by a profile", async () => {
        const { findings } = await quiet(() => check(write("app.yaml", POD), "--profile", "pss-baseline"));
        assert.deepEqual(findings.map(({ rule }) => rule), ["pod-security-privileged"]);
    });

    it("judges by the Pod Security Standards of a version", async () => {
        const path = write("app.yaml", POD.replace("privileged: true", "allowPrivilegeEscalation: false"));
        const rules = async (profile: string) => (await quiet(() => check(path, "--profile", profile))).findings.map(({ rule }) => rule.replace("pod-security-", ""));
        assert.deepEqual(await rules("pss-restricted@v1.21"), ["run-as-non-root", "seccomp-profile-restricted"]);
        assert.deepEqual(await rules("pss-restricted"), ["capabilities-restricted", "run-as-non-root", "seccomp-profile-restricted"]);
        for (const profile of ["pss-restricted@1.38", "pss-restricted@", "pss-baseline@1.029", "hardened@1.29"]) {
            await assert.rejects(rules(profile), UsageError, profile);
        }
    });

    it("sees through what a Compose file extends, includes, merges and interpolates", async () => {
        write("base.yaml", "services:\n  base:\n    image: a:1\n    privileged: true\n");
        write("more.yaml", "services:\n  more:\n    image: a:1\n    pid: host\n");
        write(".env", "MODE=host\n");
        const path = write("compose.yaml", [
            "include: [more.yaml]", "x-common: &common", "  ipc: host", "services:", "  one:", "    extends: { file: base.yaml, service: base }",
            "  two:", "    image: a:1", "    <<: *common", "  three: { image: 'a:1', network_mode: \"${MODE}\" }", "",
        ].join("\n"));
        const { findings, errors } = await quiet(() => check(path));
        assert.deepEqual(errors, []);
        const found = findings.filter(({ rule }) => ["privileged-container", "host-pid", "host-ipc", "host-network"].includes(rule)).map(({ rule, subject }) => `${rule} ${subject.name}`);
        assert.deepEqual(found.sort(), ["host-ipc two", "host-network three", "host-pid more", "privileged-container one"]);
    });

    it("merges the override beside a Compose file of a folder, as Docker does", async () => {
        write("compose.yaml", GOOD);
        write("compose.override.yaml", "services:\n  api:\n    privileged: true\n");
        const { findings, errors } = await quiet(() => check(folder));
        assert.deepEqual({ rules: findings.map(({ rule }) => rule), errors }, { rules: ["privileged-container"], errors: [] });
    });

    it("judges files of a folder that others include or extend where they are used", async () => {
        write("compose.yaml", `include:\n- path: [base.yaml, hardened.yaml]\n${GOOD}`);
        write("base.yaml", "services:\n  old: { image: a:1, privileged: true }\n");
        write("hardened.yaml", "services: !override\n  web:\n    extends: { file: part.yaml, service: part }\n    image: a:1\n");
        write("part.yaml", "services:\n  part: { pid: host }\n");
        const { findings, errors } = await quiet(() => check(folder));
        assert.deepEqual(errors, []);
        const found = findings.filter(({ rule }) => ["privileged-container", "host-pid"].includes(rule)).map(({ rule, subject }) => `${rule} ${subject.name}`);
        assert.deepEqual(found.sort(), ["host-pid part", "host-pid web"]);
    });

    it("judges what Pulumi prints: a preview, a state, our own preview", async () => {
        const inputs = { privileged: true, name: "api" };
        const type = "docker:index/container:Container";
        const urn = `urn:pulumi:dev::t::${type}::api`;
        const files = [
            write("preview.json", JSON.stringify({ steps: [{ op: "create", urn, newState: { urn, type, inputs } }, { op: "delete", urn: `${urn}2`, oldState: { urn, type, inputs } }] }, undefined, 2)),
            write("state.json", JSON.stringify({ version: 3, deployment: { manifest: {}, resources: [{ urn, type, inputs }, { urn, type, inputs, delete: true }] } }, undefined, 2)),
            write("ours.json", JSON.stringify({ resources: [{ urn, type, name: "api", inputs }], policies: {}, outputs: {} }, undefined, 2)),
        ];
        const { findings } = await quiet(() => check(...files));
        const privileged = findings.filter(({ rule }) => rule === "privileged-container");
        assert.deepEqual(privileged.map(({ path }) => path).sort(), [...files].sort());
        assert.ok(privileged.every(({ path, line }) => readFileSync(path, "utf8").split("\n")[line - 1]?.includes("privileged")), JSON.stringify(privileged));
    });

    it("cannot judge what a file says is not known", async () => {
        const path = write("preview.json", JSON.stringify({ resources: [{ urn: "u", type: "docker:index/container:Container", name: "api", inputs: { privileged: "[unknown]" } }] }));
        const { errors, status } = await quiet(() => check(path));
        assert.equal(status, 3);
        assert.ok(errors.some(({ message }) => message === 'container "api": privileged is not known yet, so that it cannot be judged'), JSON.stringify(errors));
    });

    it("takes exemptions from a file", async () => {
        const path = write("app.yaml", POD);
        const exemptions = write("exemptions.yml", 'exemptions:\n- { rule: pod-security-privileged, service: p, reason: it must, expires: "2999-01-01" }\n- { rule: host-pid, service: p, reason: it must, expires: "2999-01-01" }\n');
        const report = await quiet(() => check(path, "--profile", "pss-baseline", "--exemptions", exemptions));
        assert.deepEqual(report.exempted.map(({ rule, reason, expires }) => ({ rule, reason, expires })), [{ rule: "pod-security-privileged", reason: "it must", expires: "2999-01-01" }]);
        assert.deepEqual(report.findings.map(({ rule, line }) => ({ rule, line })), [{ rule: "ungoverned-exemption", line: 3 }]);
    });

    const mistakes: readonly (readonly [string, string[]])[] = [
        ["no path", []], ["an unknown option", ["--nonsense", "x"]], ["an unknown profile", ["x", "--profile", "no"]],
        ["an unknown format", ["x", "--format", "no"]], ["an unknown severity", ["x", "--fail-on", "no"]], ["exemptions that are not there", ["x", "--exemptions", "/nowhere.yaml"]],
    ];
    for (const [title, words] of mistakes) {
        it(`refuses ${title}`, async () => {
            await assert.rejects(runCheck(words), UsageError);
        });
    }

    it("a path that is not there is bad input", async () => {
        const { status, errors } = await quiet(() => check(join(folder, "nothing.yaml")));
        assert.deepEqual({ status, messages: errors.map(({ message }) => message) }, { status: 2, messages: ["does not exist"] });
    });

    const unjudged: readonly (readonly [string, string | Buffer, RegExp])[] = [
        ["an empty file", "", /is empty/],
        ["a comment only", "# nothing\n", /is empty/],
        ["a tab", "services:\n\tapi: {}\n", /is not YAML/],
        ["a list that is never closed", "services: [", /is not YAML/],
        ["a duplicate key", `${POD}kind: Pod\n`, /duplicated mapping key/],
        ["a template", "apiVersion: v1\nkind: {{ .Values.kind }}\n", /helm template/],
        ["binary", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0xff, 0xfe, 0x00]), /is not text in UTF-8|is not YAML/],
        ["a NUL", "kind: Pod\0\n", /is not YAML/],
        ["an unknown tag", "kind: !Ref x\napiVersion: v1\n", /is not YAML/],
        ["depth", `{"apiVersion":"v1","kind":"Pod","spec":${"[".repeat(10_000)}${"]".repeat(10_000)}}`, /is not a mapping|is not YAML|is not JSON/],
        ["an alias of itself", "a: &a [*a]\n", /./],
        ["a number", "42\n", /is no Compose file/],
        ["a list", "- a\n- b\n", /is no Compose file/],
        ["another kind of file", "plugins: [a]\n", /is no Compose file/],
        ["a text where containers belong", "apiVersion: v1\nkind: Pod\nspec: { containers: many }\n", /spec\.containers is not a list/],
        ["a number where a flag belongs", POD.replace("true", "7"), /privileged is not true or false/],
        ["services that are a list", "services: [a]\n", /services/],
        ["a Compose file with an unknown key", "services:\n  a: { image: b, privledged: true }\n", /privledged/],
    ];
    for (const [title, content, message] of unjudged) {
        it(`cannot judge ${title}, and judges what is beside it`, async () => {
            const bad = write("bad.yaml", content);
            const good = write("good.yaml", POD);
            const { status, errors, findings } = await quiet(() => check(bad, good));
            assert.equal(status, 3);
            assert.ok(errors.some(error => error.path === bad && message.test(error.message)), JSON.stringify(errors));
            assert.ok(findings.some(({ path, rule }) => path === good && rule === "privileged-container"));
        });
    }

    it("an alias bomb is over at once", async () => {
        const levels = Array.from({ length: 40 }, (_, at) => `  l${at}: &l${at} [${at === 0 ? "x" : `*l${at - 1}, *l${at - 1}`}]`);
        const { status } = await quiet(() => check(write("bomb.yaml", `apiVersion: v1\nkind: ConfigMap\nmetadata: {}\ndata:\n${levels.join("\n")}\n`)));
        // What holds lists where texts belong is no ConfigMap.
        assert.notEqual(status, 0);
    });

    it("an empty folder, and links in circles, do not pass for clean", async () => {
        mkdirSync(join(folder, "empty"));
        symlinkSync(join(folder, "empty"), join(folder, "empty", "again"));
        const { status, errors } = await quiet(() => check(join(folder, "empty")));
        assert.deepEqual({ status, messages: errors.map(({ message }) => message) }, { status: 3, messages: ["holds no YAML or JSON file and no Dockerfile"] });
    });

    it("a folder of files that are nothing to judge does not pass for clean", async () => {
        write("conf/a.yaml", "a: 1\n");
        const { status, errors } = await quiet(() => check(join(folder, "conf")));
        assert.deepEqual({ status, messages: errors.map(({ message }) => message) }, { status: 3, messages: ["holds nothing that can be judged"] });
    });
});
