import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { PackClient, type PackResource } from "../test/support/pack-client";
import { median } from "./measure";

// npx tsx bench/pack.ts [RUNS] [RESOURCES]: what the pack costs a preview. It is started and asked over its own protocol, as
// the engine does, beside a plain pack of one policy that reads nothing: start, one question a resource, one at the end.

const runs = Number(process.argv[2] ?? 3);
const count = Number(process.argv[3] ?? 500);

function resources(): PackResource[] {
    return Array.from({ length: count }, (_, at) => at % 2 === 0 ? container(at) : deployment(at));
}

function container(at: number): PackResource {
    const name = `api-${at}`;
    const inputs = {
        name, image: `registry.example/api:1.${at}`, user: "10001:10001", readOnly: at % 3 > 0, capabilities: { drops: ["ALL"] }, memory: 256, cpus: "0.5",
        securityOpts: ["no-new-privileges:true"], envs: ["LOG_LEVEL=info", `PORT=${8000 + at}`, "MODE=production"], networksAdvanced: [{ name: "inside" }],
        ports: [{ internal: 8080, external: 8000 + at, ip: "127.0.0.1" }], labels: [{ label: "portcullis.role", value: "application" }],
        healthcheck: { tests: ["CMD", "wget", "-q", "http://127.0.0.1:8080/healthz"] }, logOpts: { "max-size": "10m", "max-file": "3" }, restart: "unless-stopped",
    };
    return { type: "docker:index/container:Container", name, inputs };
}

function deployment(at: number): PackResource {
    const name = `web-${at}`;
    const labels = { app: name };
    const securityContext = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, runAsNonRoot: true, runAsUser: 10001, capabilities: { drops: ["ALL"] } };
    const resources = { limits: { cpu: "500m", memory: "256Mi" }, requests: { cpu: "100m", memory: "64Mi" } };
    const containers = [{ name: "web", image: `registry.example/web:1.${at}`, securityContext, resources, ports: [{ containerPort: 8080 }], env: [{ name: "LOG_LEVEL", value: "info" }] }];
    const inputs = { metadata: { name, namespace: "team", labels }, spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } } };
    return { type: "kubernetes:apps/v1:Deployment", name, inputs };
}

/** The least that can be asked of a pack: what is left is the SDK's own. */
function plainPack(): string {
    const folder = mkdtempSync(join(tmpdir(), "portcullis-plain-pack-"));
    mkdirSync(folder, { recursive: true });
    symlinkSync(join(__dirname, "../node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "plain", version: "0.0.1", main: "index.js" }));
    writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
    writeFileSync(join(folder, "index.js"), `const policy = require("@pulumi/policy");
new policy.PolicyPack("plain", { policies: [{ name: "nothing", description: "nothing", enforcementLevel: "mandatory", validateResource() {} }] });`);
    return folder;
}

interface Cost {
    readonly start: number;
    readonly each: number;
    readonly end: number;
}

async function measure(folder: string | undefined): Promise<Cost> {
    const started = performance.now();
    const pack = await PackClient.start(folder);
    const ready = performance.now();
    try {
        const all = resources();
        for (const resource of all) {
            await pack.analyze(resource);
        }
        const judged = performance.now();
        await pack.analyzeStack(all);
        return { start: ready - started, each: (judged - ready) / all.length, end: performance.now() - judged };
    } finally {
        pack.stop();
    }
}

async function main(): Promise<void> {
    const plain = plainPack();
    const costs: Record<"plain" | "portcullis", Cost[]> = { plain: [], portcullis: [] };
    try {
        for (let run = 0; run <= runs; run++) {
            const pair = { plain: await measure(plain), portcullis: await measure(undefined) };
            if (run > 0) {
                costs.plain.push(pair.plain);
                costs.portcullis.push(pair.portcullis);
            }
        }
    } finally {
        rmSync(plain, { recursive: true, force: true });
    }
    const middle = (list: readonly Cost[], key: keyof Cost) => median(list.map(cost => cost[key]).toSorted((one, other) => one - other));
    console.log(`${count} resources, medians of ${runs} runs`.padEnd(36), "plain pack", "  portcullis", "  ratio");
    for (const [key, title] of [["start", "start, ms"], ["each", "a resource, ms"], ["end", "the whole stack at the end, ms"]] as const) {
        const [base, own] = [middle(costs.plain, key), middle(costs.portcullis, key)];
        console.log(title.padEnd(36), base.toFixed(2).padStart(10), own.toFixed(2).padStart(12), `× ${(own / base).toFixed(2)}`.padStart(8));
    }
}

void main();
