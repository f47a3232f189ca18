import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { CORE_SCHEMA, load } from "js-yaml";

import { pulumiEnvironment, pulumiLacks } from "../support/pulumi-cli";

const ROOT = join(__dirname, "../..");
const SCRIPT = join(ROOT, "ci/pull-request.sh");

interface Step {
    readonly run?: string;
    readonly uses?: string;
}

/** Runs the script, with a `pulumi` that does as `pulumi` says where it is given. */
function run(stack: string, pulumi?: string, environment: NodeJS.ProcessEnv = process.env) {
    const folder = mkdtempSync(join(tmpdir(), "pull-request-"));
    try {
        if (pulumi !== undefined) {
            writeFileSync(join(folder, "pulumi"), `#!/bin/sh\n${pulumi}\n`);
            chmodSync(join(folder, "pulumi"), 0o755);
        }
        const { status } = spawnSync("bash", [SCRIPT, stack, folder], { encoding: "utf8", env: { ...environment, PATH: `${folder}${delimiter}${environment["PATH"] ?? ""}` } });
        const read = (name: string): string => existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : "";
        return { status, report: read("report.md"), sarif: read("report.sarif"), config: read("policy-config.json"), arguments: read("arguments") };
    } finally {
        rmSync(folder, { recursive: true });
    }
}

const preview = (inputs: object): string => {
    const type = "docker:index/network:Network";
    const newState = { urn: `urn:pulumi:ci::portcullis::${type}::inside`, type, inputs };
    return `cat <<'END'\n${JSON.stringify({ steps: [{ op: "create", newState }] })}\nEND`;
};

describe("what a pull request runs", function () {
    this.timeout(60_000);

    it("previews with the pack and with what is answered for, and reports a clean stack", () => {
        const { status, report, sarif, arguments: words } = run("ci", `echo "$@" > "$(dirname "$0")/arguments"\n${preview({ name: "inside", internal: true })}`);
        assert.match(words, /^preview --stack ci --non-interactive --json --policy-pack policies --policy-pack-config \S+policy-config\.json\n$/);
        assert.match(report, /^### portcullis: /);
        assert.equal(JSON.parse(sarif).version, "2.1.0");
        // Of what the stack answers for nothing is in this preview, which the report says; of the network there is nothing to say.
        assert.equal(status, 1);
        assert.doesNotMatch(report, /\binside\b/);
    });

    it("fails with a finding, which the report names", () => {
        const { status, report } = run("ci", preview({ name: "inside", internal: false }));
        assert.equal(status, 1);
        assert.match(report, /network-not-internal/);
    });

    it("fails where the preview fails, and shows its last words as text", () => {
        const { status, report } = run("ci", "echo 'error: no <b>provider</b> for @you' >&2; exit 255");
        assert.equal(status, 1);
        assert.match(report, /ended with 1[\s\S]*error: no &lt;b&gt;provider&lt;\/b&gt; for &#64;you/);
    });

    it("does not pass where nothing could be judged", () => {
        assert.notEqual(run("ci", "true").status, 0);
        assert.notEqual(run("ci", "echo '{\"steps\": [{}]}'").status, 0);
    });

    it("judges what the real CLI previews", function () {
        const lacks = pulumiLacks();
        if (lacks !== undefined) {
            console.log(`      skipped: ${lacks}`);
            this.skip();
        }
        // The CLI writes a salt of its own into the stack's settings.
        const settings = readFileSync(join(ROOT, "Pulumi.ci.yaml"));
        const state = mkdtempSync(join(tmpdir(), "state-"));
        const environment = pulumiEnvironment({ PULUMI_BACKEND_URL: `file://${state}`, PULUMI_CONFIG_PASSPHRASE: "for this test only" });
        try {
            const made = spawnSync("pulumi", ["stack", "init", "ci"], { cwd: ROOT, encoding: "utf8", env: environment });
            assert.equal(made.status, 0, made.stderr);
            const { status, report } = run("ci", undefined, environment);
            assert.equal(status, 0, report);
            assert.match(report, /### portcullis: passed/);
            assert.doesNotMatch(report, /matches no finding/);
        } finally {
            writeFileSync(join(ROOT, "Pulumi.ci.yaml"), settings);
            rmSync(state, { recursive: true });
        }
    });

    it("is what the templates call, whose parts are all there", () => {
        const github = load(readFileSync(join(ROOT, "ci/github-pull-request.yml"), "utf8"), { schema: CORE_SCHEMA }) as { jobs: { preview: { steps: Step[] } }; permissions: object };
        const scripts = github.jobs.preview.steps.map(({ run: text }) => text ?? "").join("\n");
        assert.match(scripts, /ci\/pull-request\.sh "\$STACK" portcullis-report/);
        assert.deepEqual(Object.keys(github.permissions).sort(), ["contents", "pull-requests", "security-events"]);
        const gitlab = load(readFileSync(join(ROOT, "ci/gitlab-merge-request.yml"), "utf8"), { schema: CORE_SCHEMA }) as { portcullis: { script: string[] } };
        assert.ok(gitlab.portcullis.script.some(line => line.includes("ci/pull-request.sh \"$STACK\" portcullis-report")));
        for (const script of [scripts, ...gitlab.portcullis.script]) {
            const { status, stderr } = spawnSync("bash", ["-n"], { input: script, encoding: "utf8" });
            assert.equal(status, 0, stderr);
        }
    });

    it("may be a hook, which judges what it is handed and leaves out the rest", () => {
        const [hook] = load(readFileSync(join(ROOT, ".pre-commit-hooks.yaml"), "utf8"), { schema: CORE_SCHEMA }) as { entry: string; files: string }[];
        const [, ...words] = (hook?.entry ?? "").split(" ");
        const folder = mkdtempSync(join(tmpdir(), "hook-"));
        const check = (name: string, text: string) => {
            writeFileSync(join(folder, name), text);
            return spawnSync(process.execPath, [join(ROOT, "cli/bin.cjs"), ...words, name], { cwd: folder, encoding: "utf8" }).status;
        };
        try {
            assert.equal(check("compose.yaml", "services: {a: {image: a, privileged: true}}"), 1);
            assert.equal(check("settings.yaml", "color: blue"), 0);
            assert.equal(check("broken.yaml", "services: ["), 3);
        } finally {
            rmSync(folder, { recursive: true });
        }
        const pattern = new RegExp((hook?.files ?? "").replace("(?i)", ""), "i");
        assert.deepEqual(["a/compose.yml", "Dockerfile", "web.Dockerfile", "Dockerfile.prod", "a.json", "Dockerfiles.md"].map(name => pattern.test(name)), [true, true, true, true, false, false]);
    });
});
