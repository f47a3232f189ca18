import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { runCheck } from "../../../cli/commands/check";

const PRIVILEGED = "services:\n  api:\n    image: api:1.0\n    privileged: true\n    tty: true\n";

describe("portcullis check: adopting the rules", () => {
    let folder: string;
    beforeEach(() => { folder = mkdtempSync(join(tmpdir(), "adopt-")); });
    afterEach(() => { rmSync(folder, { recursive: true }); });

    const file = (name: string, text: string): string => { writeFileSync(join(folder, name), text); return join(folder, name); };
    const check = async (...words: string[]) => {
        const output = join(folder, "report.json");
        const status = await runCheck([...words, "--format", "json", "--output", output]);
        const { findings, exempted } = JSON.parse(readFileSync(output, "utf8")) as Record<"exempted" | "findings", { rule: string; message: string; level?: string; reason?: string }[]>;
        return { status, findings, exempted, rules: findings.map(({ rule }) => rule) };
    };

    describe("a configuration, as CrossGuard has it", () => {
        it("switches rules off, and optional ones on", async () => {
            const path = file("compose.yaml", PRIVILEGED);
            const off = await check(path, "--config", file("off.json", '{"privileged-container": "disabled"}'));
            assert.ok(!off.rules.includes("privileged-container") && off.rules.includes("writable-root"));
            const only = await check(path, "--config", file("only.json", '{"all": "disabled", "privileged-container": {"enforcementLevel": "mandatory"}}'));
            assert.deepEqual([only.rules, only.status], [["privileged-container"], 1]);
        });

        it("makes advice of a rule, which then fails nothing", async () => {
            const { status, findings } = await check(file("compose.yaml", PRIVILEGED), "--config", file("c.yaml", "all: disabled\nprivileged-container: advisory\n"));
            assert.deepEqual([status, findings.map(({ level }) => level)], [0, ["advisory"]]);
        });

        it("gives a rule its parameters", async () => {
            const path = file("compose.yaml", "services:\n  api:\n    image: api:1.0\n    cap_add: [SYS_PTRACE]\n");
            const strict = await check(path, "--config", file("a.json", '{"all": "disabled", "capability-added": "mandatory"}'));
            const loose = await check(path, "--config", file("b.json", '{"all": "disabled", "capability-added": {"allowed": ["SYS_PTRACE"]}}'));
            assert.deepEqual([strict.rules, loose.rules], [["capability-added"], []]);
        });

        it("exempts, with a reason and an end; without, the exemption is a finding itself", async () => {
            const path = file("compose.yaml", PRIVILEGED);
            const config = (exempt: object) => file("c.json", JSON.stringify({ all: "disabled", "privileged-container": { exempt: [exempt] } }));
            const good = await check(path, "--config", config({ resource: "api", reason: "a driver that needs it", owner: "maria", expires: "9999-01-01" }));
            assert.deepEqual([good.rules, good.exempted.map(({ reason }) => reason)], [[], ["a driver that needs it"]]);
            const late = await check(path, "--config", config({ resource: "api", reason: "a driver that needs it", expires: "2001-01-01" }));
            assert.deepEqual(late.rules.toSorted(), ["privileged-container", "ungoverned-exemption"]);
        });

        const bad: readonly (readonly [string, string, RegExp])[] = [
            ["a rule that is not there", '{\n"privleged": "mandatory"}', /c\.json:2 privleged is no rule/],
            ["a level that is not there", '{"latest-tag": "block"}', /latest-tag has a level that is not known \("block"\); write advisory, disabled, mandatory, remediate/],
            ["a parameter that is not there", '{"capability-added": {\n"alowed": []}}', /c\.json:2 capability-added\.alowed is no parameter of capability-added, which has .*allowed/],
            ["a parameter of the wrong type", '{"capability-added": {"allowed": "KILL"}}', /capability-added\.allowed is not a list of texts/],
            ["a parameter's name that every object has", '{"capability-added": {"constructor": []}}', /capability-added\.constructor is no parameter/],
            ["an exemption of other words", '{"latest-tag": {"exempt": [{"name": "api"}]}}', /latest-tag\.exempt\.0 is not \{ resource, reason, owner, expires \}/],
            ["a list", "[]", /is not a mapping of rules/],
            ["no JSON", "{", /c\.json:?\d* is not JSON/],
        ];
        for (const [title, text, message] of bad) {
            it(`refuses ${title}, and judges nothing`, async () => {
                const path = file("compose.yaml", PRIVILEGED);
                await assert.rejects(check(path, "--config", file("c.json", text)), message);
            });
        }
    });

    it("takes what is not known for an error, unless an update follows that judges it", async () => {
        const newState = { urn: "urn:pulumi:a::b::docker:index/container:Container::c", type: "docker:index/container:Container", inputs: { image: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" } };
        const preview = file("preview.json", JSON.stringify({ steps: [{ op: "create", newState }] }));
        const config = file("c.json", '{"all": "disabled", "latest-tag": "mandatory"}');
        assert.equal((await check(preview, "--config", config)).status, 3);
        assert.equal((await check(preview, "--config", config, "--update-follows")).status, 0);
    });

    describe("a baseline", () => {
        it("lets known findings pass, and no new one", async () => {
            const path = file("compose.yaml", PRIVILEGED);
            const baseline = join(folder, "baseline.json");
            assert.equal((await check(path, "--write-baseline", baseline)).status, 0);
            const same = await check(path, "--baseline", baseline);
            assert.deepEqual([same.status, same.rules], [0, []]);
            assert.ok(same.exempted.some(({ rule, reason }) => rule === "privileged-container" && reason === `known to ${baseline}`));
            file("compose.yaml", `# moved down\n\n${PRIVILEGED}    network_mode: host\n`);
            const more = await check(path, "--baseline", baseline);
            assert.deepEqual([more.status, more.rules.includes("host-network"), more.rules.includes("privileged-container")], [1, true, false]);
        });

        it("knows each finding once", async () => {
            const pod = (count: number) => `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n${"  - {name: c, image: a:1, securityContext: {privileged: true}}\n".repeat(count)}`;
            const path = file("pod.yaml", pod(1));
            const baseline = join(folder, "baseline.json");
            await check(path, "--write-baseline", baseline);
            file("pod.yaml", pod(2));
            assert.equal((await check(path, "--baseline", baseline)).rules.filter(rule => rule === "privileged-container").length, 1);
        });

        it("that is none is refused", async () => {
            const path = file("compose.yaml", PRIVILEGED);
            await assert.rejects(check(path, "--baseline", join(folder, "none.json")), /cannot be read as a baseline.*--write-baseline/);
            await assert.rejects(check(path, "--baseline", file("b.json", '{"version": 2}')), /is no baseline of version 1/);
            await assert.rejects(check(path, "--baseline", "a", "--write-baseline", "b"), /exclude each other/);
        });

        it("is not written of what could not be judged", async () => {
            const baseline = join(folder, "baseline.json");
            assert.equal((await check(file("compose.yaml", "services: ["), "--write-baseline", baseline)).status, 3);
            assert.throws(() => readFileSync(baseline), /ENOENT/);
        });
    });
});
