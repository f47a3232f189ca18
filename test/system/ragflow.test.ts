import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type PreviewedSystem, previewSystem } from "../../cli/commands/preview";
import { MEASURES } from "../../infra/harden/harden";

const OWN = join(__dirname, "..", "..", "systems", "ragflow");
const UPSTREAM = join(__dirname, "..", "..", "..", "shared", "corpus", "compose", "infiniflow__ragflow", "docker");

/** The system's folder with `compose.files` pointed at a copy of the authors' checkout. */
function withUpstream(): string {
    const folder = mkdtempSync(join(tmpdir(), "portcullis-ragflow-"));
    cpSync(UPSTREAM, join(folder, "checkout", "docker"), { recursive: true });
    mkdirSync(join(folder, "checkout", ".git"));
    for (const script of ["entrypoint.sh", "init.sql"]) {
        writeFileSync(join(folder, "checkout", "docker", script), "");
    }
    const text = readFileSync(join(OWN, "hardening.yaml"), "utf8").replace("files: [docker-compose.yml]", "files: [checkout/docker/docker-compose.yml]");
    writeFileSync(join(folder, "hardening.yaml"), text);
    return folder;
}

const rulesOf = ({ report }: PreviewedSystem): string[] => [...new Set(report.findings.map(({ rule }) => rule))].sort();

/** Which rules must fire when a measure is taken out of this system. */
const GUARDS: Readonly<Record<string, readonly string[]>> = {
    "close-ports": ["port-published"],
    "split-networks": ["network-not-internal"],
    "drop-privileged": ["privileged-container"],
    "drop-capabilities": ["capabilities-not-dropped"],
    "forbid-new-privileges": ["new-privileges-allowed"],
    "run-without-root": ["root-user"],
    "restrict-mounts": ["docker-socket-mounted"],
    "protect-root-filesystem": ["writable-root"],
    "limit-resources": ["no-cpu-limit", "no-memory-limit", "no-process-limit"],
    "bound-logs": ["unbounded-logs"],
    "move-secrets": ["secret-in-environment", "secret-in-command"],
};

const NOT_SHOWN_HERE = new Map([
    ["refuse-unsupported", "refuses, changes nothing"],
    ["set-declared", "carries the operator's word"],
    ["place-edge", "without the edge nothing is published at all"],
    ["isolate-namespaces", "this application shares no namespace: test/harden/measures.test.ts"],
    ["confine-system-calls", "the engine's own default profile stays: test/harden/measures.test.ts"],
    ["own-volumes", "without it services fail to write, which the engine shows: test/live"],
    ["restart-after-failure", "its authors already restart every service"],
    ["check-health", "its authors already check every service but those with a declared check"],
    ["pin-images", "before production"],
    ["label-services", "names, no guarantee"],
]);

function suite(title: string, folder: () => string): void {
    describe(`preview of RAGFlow, ${title}`, function () {
        this.timeout(60_000);
        let system: string;
        before(() => { system = folder(); });
        after(() => { if (system !== OWN) { rmSync(system, { recursive: true, force: true }); } });

        it("ends without a finding", async () => {
            const { report, preview, prepared } = await previewSystem({ stack: "prod", system });
            assert.deepEqual(report.findings, []);
            assert.deepEqual(report.errors, []);
            assert.equal(prepared.application.services.length, 7);
            assert.ok(preview.resources.length > 50);
            assert.deepEqual(prepared.application.services.flatMap(({ publishes }) => publishes.map(({ published }) => published)).sort(), ["443", "80"]);
        });

        it("holds no value of the authors' secrets in any resource", async () => {
            const { preview } = await previewSystem({ stack: "prod", system });
            const text = JSON.stringify(preview.resources.map(({ inputs }) => inputs));
            assert.equal(/infini_rag_flow|CHANGE_ME/.test(text), false);
        });

        for (const [measure, rules] of Object.entries(GUARDS)) {
            it(`without ${measure} fires ${rules.join(", ")}`, async () => {
                const fired = rulesOf(await previewSystem({ stack: "prod", system, without: [measure] }));
                assert.deepEqual(rules.filter(rule => !fired.includes(rule)), [], `fired: ${fired.join(", ")}`);
            });
        }
    });
}

suite("from the facts in systems/ragflow", () => OWN);
if (existsSync(UPSTREAM)) {
    suite("from its authors' own files", withUpstream);
} else {
    describe.skip("preview of RAGFlow from its authors' own files (skipped: ../shared is not here)", () => { it("is not run"); });
}

describe("measures", () => {
    it("each has a rule that guards it, or a reason why none can", () => {
        assert.deepEqual(MEASURES.map(({ name }) => name).filter(name => GUARDS[name] === undefined && !NOT_SHOWN_HERE.has(name)), []);
    });
});
