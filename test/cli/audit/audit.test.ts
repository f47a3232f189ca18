import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { GROUPS } from "../../../cli/audit/kubernetes/read";
import { runAudit } from "../../../cli/commands/audit";
import { main } from "../../../cli/main";
import type { Report } from "../../../policies/report/report";

/** A server that answers paths with JSON; a number is a status without more. */
type Answers = Readonly<Record<string, unknown>>;

const SECRET = "correct-horse-battery";
const container = (Name: string): object => ({
    Id: Name, Name: `/${Name}`, Image: "sha256:1", ExecIDs: null, HostConfig: { Privileged: true, NetworkMode: "none" }, Config: { Image: "web:1", Env: [`DB_PASSWORD=${SECRET}`] }, NetworkSettings: { Networks: {} },
});
const ENGINE: Answers = {
    "/info": { Name: "far", OSType: "linux", ServerVersion: "28.0.0", SecurityOptions: ["name=seccomp,profile=builtin"], Swarm: { LocalNodeState: "inactive" } }, "/version": {},
    "/containers/json?all=true": [{ Id: "web" }, { Id: "gone" }], "/containers/web/json": container("web"), "/images/sha256%3A1/json": { Id: "sha256:1", Config: {} },
    "/networks": [], "/volumes": { Volumes: null },
};
const kind = (name: string, kindName: string, namespaced: boolean): object => ({ name, kind: kindName, namespaced, verbs: ["get", "list"] });
const pod = (name: string): object => ({ metadata: { name, namespace: "shop", uid: name }, spec: { containers: [{ name: "a", image: "web:1", securityContext: { privileged: true }, env: [{ name: "DB_PASSWORD", value: SECRET }] }] } });
const CLUSTER: Answers = {
    "/api/v1": { resources: [kind("pods", "Pod", true), kind("namespaces", "Namespace", false), kind("events", "Event", true), kind("pods/log", "Pod", true)] },
    "/apis": { groups: [{ name: "apps", preferredVersion: { groupVersion: "apps/v1" }, versions: [{ groupVersion: "apps/v1" }] }, { name: "unknown.example.com", versions: [] }] },
    "/apis/apps/v1": { resources: [kind("deployments", "Deployment", true)] },
    "/api/v1/pods?limit=500": { metadata: { continue: "next page" }, items: [pod("first")] },
    "/api/v1/pods?limit=500&continue=next%20page": { metadata: {}, items: [pod("second")] },
    "/api/v1/namespaces?limit=500": { items: [] }, "/apis/apps/v1/deployments?limit=500": { items: [] },
};

describe("audit", () => {
    let folder: string;
    const servers: Server[] = [];
    const { DOCKER_HOST: hostBefore } = process.env;

    before(() => { folder = mkdtempSync(join(tmpdir(), "audit-")); });
    after(() => {
        rmSync(folder, { recursive: true, force: true });
        servers.forEach(server => server.close());
        delete process.env["DOCKER_HOST"];
        Object.assign(process.env, hostBefore === undefined ? {} : { DOCKER_HOST: hostBefore });
    });

    async function serve(answers: Answers): Promise<number> {
        const server = createServer(({ url = "", method }, response) => {
            assert.equal(method, "GET", "an audit only reads");
            const answer = answers[url.replace(/^\/v\d[^/]*/, "")] ?? 404;
            response.writeHead(typeof answer === "number" ? answer : 200, { "Content-Type": "application/json" });
            response.end(JSON.stringify(typeof answer === "number" ? { message: `status ${answer}` } : answer));
        });
        servers.push(server);
        await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
        return (server.address() as { readonly port: number }).port;
    }

    async function audit(...words: string[]): Promise<{ readonly status: number; readonly report: Report; readonly text: string }> {
        const file = join(folder, "report.json");
        const status = await runAudit([...words, "--format", "json", "--output", file]);
        const text = readFileSync(file, "utf8");
        return { status, text, report: JSON.parse(text) as Report };
    }

    async function cluster(answers: Answers): Promise<string> {
        const file = join(folder, "kubeconfig");
        writeFileSync(file, JSON.stringify({
            clusters: [{ name: "far", cluster: { server: `http://127.0.0.1:${await serve(answers)}`, "insecure-skip-tls-verify": true } }], users: [{ name: "me", user: {} }],
            contexts: [{ name: "far", context: { cluster: "far", user: "me" } }], "current-context": "far",
        }));
        return file;
    }

    const engineAt = async (answers: Answers): Promise<string> => `tcp://127.0.0.1:${await serve(answers)}`;
    const rulesOf = (report: Report, name: string): string[] => report.findings.filter(({ subject }) => subject.name === name).map(({ rule }) => rule);

    it("judges an engine elsewhere, and says nothing of what only its host knows", async () => {
        const { status, report, text } = await audit("docker", "--host", await engineAt(ENGINE));
        assert.equal(status, 1);
        assert.ok(rulesOf(report, "web").includes("privileged-container") && rulesOf(report, "web").includes("secret-in-environment"));
        assert.deepEqual(rulesOf(report, "far").filter(rule => ["userland-proxy", "engine-file-open", "users-not-remapped"].includes(rule)), ["users-not-remapped"]);
        assert.ok(report.findings.every(({ path }) => path === "urn:docker:far"));
        assert.ok(!text.includes(SECRET), "a secret is printed");
    });

    it("a part that cannot be read is said, the rest is judged, and nothing passes", async () => {
        const { status, report } = await audit("docker", "--fail-on", "critical", "--host", await engineAt({ ...ENGINE, "/containers/web/json": 500, "/containers/gone/json": container("gone"), "/networks": 403 }));
        assert.equal(status, 3);
        assert.deepEqual(report.errors.map(({ message }) => message.split(":", 1)[0]), ["container web cannot be read", "the list of networks cannot be read"]);
        assert.ok(rulesOf(report, "gone").includes("privileged-container"));
    });

    it("judges a cluster, page by page", async () => {
        const { status, report, text } = await audit("kubernetes", "--kubeconfig", await cluster(CLUSTER));
        assert.equal(status, 1);
        assert.deepEqual(report.findings.filter(({ rule }) => rule === "privileged-container").map(({ subject }) => subject.name), ["first", "second"]);
        assert.ok(report.findings.every(({ path }) => path === "urn:kubernetes:far"));
        assert.ok(!text.includes(SECRET), "a secret is printed");
    });

    it("one namespace alone, and its own object", async () => {
        const answers = { ...CLUSTER, "/api/v1/namespaces/shop/pods?limit=500": { items: [pod("only")] }, "/api/v1/namespaces/shop": { metadata: { name: "shop" } }, "/apis/apps/v1/namespaces/shop/deployments?limit=500": { items: [] } };
        const { report } = await audit("kubernetes", "--namespace", "shop", "--kubeconfig", await cluster(answers));
        assert.deepEqual([...new Set(report.findings.map(({ subject }) => subject.name))].sort(), ["only", "shop"]);
        assert.deepEqual(report.errors, []);
    });

    it("what a reader may not list is said, and nothing passes", async () => {
        const { status, report } = await audit("kubernetes", "--fail-on", "critical", "--kubeconfig", await cluster({ ...CLUSTER, "/apis/apps/v1/deployments?limit=500": 403, "/api/v1/namespaces?limit=500": { kind: "Other" } }));
        assert.equal(status, 3);
        assert.deepEqual(report.errors.map(({ message }) => message), ["the list of kind Deployment cannot be read: 403 status 403", "the list of kind Namespace cannot be read: the server sent no list"].sort((a, b) => b.localeCompare(a)));
    });

    it("exemptions and baselines hold here too", async () => {
        const host = await engineAt(ENGINE);
        const exemptions = join(folder, "exemptions.yaml");
        writeFileSync(exemptions, "exemptions:\n- {rule: privileged-container, service: web, reason: it mends the host, owner: ann, expires: 2099-01-01}\n");
        const { report } = await audit("docker", "--host", host, "--exemptions", exemptions);
        assert.ok(!rulesOf(report, "web").includes("privileged-container"));
        const baseline = join(folder, "baseline.json");
        assert.equal((await audit("docker", "--host", host, "--write-baseline", baseline)).status, 0);
        const again = await audit("docker", "--host", host, "--baseline", baseline);
        assert.deepEqual([again.status, again.report.findings], [0, []]);
    });

    it("an engine or a cluster that does not answer is no pass", async () => {
        const nobody = await serve({});
        servers.pop()?.close();
        assert.equal(await main(["audit", "docker", "--host", `tcp://127.0.0.1:${nobody}`]), 3);
        assert.equal(await main(["audit", "docker", "--host", "unix:///nowhere/docker.sock"]), 3);
        assert.equal(await main(["audit", "kubernetes", "--kubeconfig", "/nowhere/config"]), 3);
        assert.equal(await main(["audit", "kubernetes", "--kubeconfig", await cluster({})]), 3);
    });

    it("words that do not fit are refused", async () => {
        for (const words of [[], ["podman"], ["docker", "more"], ["docker", "--namespace", "a"], ["docker", "--system"], ["kubernetes", "--host", "a"], ["docker", "--profile", "none"], ["docker", "--format", "none"]]) {
            assert.equal(await main(["audit", ...words]), 2, words.join(" "));
        }
    });

    it("objects of every group that a rule names are read", () => {
        const files = readdirSync(join(__dirname, "../../../policies"), { recursive: true, encoding: "utf8" }).filter(name => name.endsWith(".ts"));
        const text = files.map(name => readFileSync(join(__dirname, "../../../policies", name), "utf8")).join("\n");
        const named = new Set([...text.matchAll(/"([a-z0-9.-]*)\/[A-Z][A-Za-z]+"/g)].map(match => match[1] ?? ""));
        // No group of an API server: what files hold alone, what a library and what Pulumi calls so, and a group that is gone.
        const elsewhere = ["api", "v1", "helm.sh", "kubelet.config.k8s.io", "extensions"];
        assert.ok(named.size > 10);
        assert.deepEqual([...named].filter(group => !GROUPS.has(group) && !elsewhere.includes(group)).sort(), []);
    });
});
