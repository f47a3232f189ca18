import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { runAudit } from "../../cli/commands/audit";
import { docker, engine, findEngine } from "../support/docker-engine";
import { TOOL_IMAGE, buildStandIns, standInsLack } from "../support/stand-ins";
import type { Report } from "../../policies/report/report";

const found = findEngine();
const lacking = typeof found === "string" ? found : standInsLack({});
const SECRET = "correct-horse-battery";

(lacking === undefined ? describe : describe.skip)(`live: an audit of a running engine${lacking === undefined ? "" : ` (skipped: ${lacking})`}`, function () {
    this.timeout(120_000);
    const name = `portcullis-audit-${process.pid}`;
    const volume = `${name}-root`;
    let folder: string;
    let report: Report;
    let status: number;
    let text: string;

    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "audit-live-"));
        buildStandIns({});
        docker("volume", "create", "--driver", "local", "--opt", "type=none", "--opt", "o=bind", "--opt", "device=/", volume);
        docker("run", "--detach", "--name", name, "--user", "10001:10001", "--network", "none", "--pid", "host", "--env", `DB_PASSWORD=${SECRET}`, "--publish-all", TOOL_IMAGE, "/bin/sh", "-c", "sleep 60");
        docker("exec", "--detach", "--user", "root", name, "/bin/sh", "-c", "sleep 60");
        const file = join(folder, "report.json");
        status = await runAudit(["docker", "--format", "json", "--output", file]);
        text = readFileSync(file, "utf8");
        report = JSON.parse(text) as Report;
    });
    after(() => {
        engine().docker(["rm", "--force", name]);
        engine().docker(["volume", "rm", volume]);
        rmSync(folder, { recursive: true, force: true });
    });

    const messages = (of: string): Record<string, string> => Object.fromEntries(report.findings.filter(({ subject }) => subject.name === of).map(({ rule, message }) => [rule, message]));

    it("ends with findings, and everything could be read", () => {
        assert.deepEqual(report.errors, []);
        assert.equal(status, 1);
    });

    it("judges a container as it runs", () => {
        const { "host-pid": pid, "secret-in-environment": secret, "no-process-limit": processes, "root-user": root, "port-published": port } = messages(name);
        assert.deepEqual({ pid, secret, processes, root }, {
            pid: `container "${name}" shares the host's process namespace`, secret: `container "${name}" is handed a secret in its environment (DB_PASSWORD: by its name)`,
            processes: `container "${name}" may start any number of processes (limit: not set)`, root: undefined,
        });
        assert.match(port ?? "", /publishes/);
    });

    it("judges what somebody runs inside it", () => {
        assert.match(messages(name)["root-hook"] ?? "", /runs a command as root \(exec: user root\)/);
    });

    it("judges a volume that is a path of the host", () => {
        assert.match(messages(volume)["host-path-volume"] ?? "", new RegExp(`^volume "${volume}" `));
    });

    it("judges the engine by its own words", () => {
        const info = JSON.parse(docker("info", "--format", "{{json .}}")) as { readonly Name: string; readonly LiveRestoreEnabled: boolean; readonly SecurityOptions: readonly string[] };
        const own = messages(info.Name);
        assert.equal("no-live-restore" in own, !info.LiveRestoreEnabled);
        assert.equal("users-not-remapped" in own, !info.SecurityOptions.some(option => /^name=(?:userns|rootless)/.test(option)));
    });

    it("prints no secret, and changes nothing", () => {
        assert.ok(!text.includes(SECRET));
        assert.equal(docker("inspect", "--format", "{{.State.Running}} {{.RestartCount}}", name), "true 0");
    });
});
