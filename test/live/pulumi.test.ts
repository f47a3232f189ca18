import * as assert from "node:assert/strict";
import { createServer, type AddressInfo } from "node:net";
import * as path from "node:path";

import { docker, engine, findEngine } from "../support/docker-engine";
import { operations, pulumiLacks, pulumiProject, type PulumiProject } from "../support/pulumi-cli";
import { buildStandIns, standInsLack, TOOL_IMAGE } from "../support/stand-ins";
import { NAME } from "./pulumi-stack/shop";

const TOKEN = "q7JvR2mXw9Zt4Lb8";
const POLICIES = path.resolve(__dirname, "../../policies");
const SERVICES = ["db", "edge", "recluse", "web"];
const YES = ["--yes", "--skip-preview"];

/** A command in a service's container, as the service's own user. Returns status and both streams. */
function inside(service: string, script: string): { status: number; output: string } {
    const { status, stdout, stderr } = engine().docker(["exec", `${NAME}-${service}`, "/bin/sh", "-c", script]);
    return { status, output: `${stdout}${stderr}`.trim() };
}

function inspect(service: string): { Id: string; HostConfig: Record<string, unknown>; State: { Running: boolean; StartedAt: string } } {
    return JSON.parse(docker("inspect", `${NAME}-${service}`)).at(0);
}

function freePort(): Promise<number> {
    return new Promise(resolve => {
        const server = createServer().listen(0, "127.0.0.1", () => {
            const { port } = server.address() as AddressInfo;
            server.close(() => resolve(port));
        });
    });
}

/** Everything on the engine that bears the shop's name. */
function leftovers(): string[] {
    const of = (...args: string[]): string[] => docker(...args).split("\n").filter(line => line.startsWith(NAME));
    return [
        ...of("ps", "--all", "--format", "{{.Names}}"), ...of("volume", "ls", "--format", "{{.Name}}"), ...of("network", "ls", "--format", "{{.Name}}"),
        ...docker("ps", "--all", "--filter", "label=portcullis.role=courier", "--format", "{{.Names}}").split("\n").filter(line => line !== ""),
    ];
}

describe("live/pulumi", function () {
    this.timeout(300_000);
    let project: PulumiProject;
    const set = (key: string, value: string): string => project.must("config", "set", key, value);
    const up = (...more: string[]): string[] => operations(project.must("up", ...YES, ...more));

    let port: number;

    before(async function () {
        const found = findEngine();
        const reason = (typeof found === "string" ? found : undefined) ?? standInsLack() ?? pulumiLacks();
        if (reason !== undefined) {
            console.log(`      skipped: ${reason}`);
            this.skip();
        }
        buildStandIns({});
        // By its content, as the policies ask for: an image that was never pushed has no digest of a registry.
        const image = docker("image", "inspect", "--format", "{{.Id}}", TOOL_IMAGE);
        project = pulumiProject("shop", path.join(__dirname, "pulumi-stack/index.ts"));
        port = await freePort();
        const config = { "shop:port": String(port), "shop:image": image, "shop:webMemoryMiB": "32", "shop:webCpus": "0.25", "shop:webPids": "24", "shop:greeting": "hello", "shop:privileged": "false" };
        Object.entries(config).forEach(([key, value]) => set(key, value));
        project.must("config", "set", "--secret", "token", TOKEN);
        set("portcullis:holderImage", image);
        set("portcullis:holderCommand", '["/bin/sleep","1000000"]');
    });

    after(() => {
        project?.pulumi("destroy", ...YES);
        project?.remove();
    });

    it("previews without touching the engine", () => {
        const output = project.must("preview");
        assert.match(output, /\+ \d+ to create/);
        assert.deepEqual(leftovers(), []);
    });

    it("refuses a privileged container by the policy pack, and nothing else of it", () => {
        assert.match(project.must("preview", "--policy-pack", POLICIES), /\+ \d+ to create/);
        set("shop:privileged", "true");
        const { status, output } = project.pulumi("preview", "--policy-pack", POLICIES);
        set("shop:privileged", "false");
        assert.notEqual(status, 0);
        const refused = [...output.matchAll(/\[mandatory\]\s+(?:\[severity: \w+\]\s+)?(\S+)\s+\((\S+): (\S+)\)/g)];
        assert.deepEqual(refused.map(([, rule, type, name]) => `${rule} ${type} ${name}`), ["privileged-container docker:index:Container web"]);
    });

    it("refuses a secret that is weak or not encrypted before it does anything", () => {
        const refused = (...value: string[]): string => {
            project.must("config", "set", ...value);
            const { status, output } = project.pulumi("preview");
            assert.notEqual(status, 0);
            return output;
        };
        const remedy = 'set one with "pulumi config set --secret token"';
        const weak = refused("--secret", "token", "minioadmin");
        const plain = refused("--plaintext", "token", TOKEN);
        project.must("config", "set", "--secret", "token", TOKEN);
        assert.ok(weak.includes(`secrets.TOKEN is a well-known default; ${remedy}`) && !weak.includes("minioadmin"), weak);
        assert.ok(plain.includes(`secrets.TOKEN stands in clear text in the stack's configuration; ${remedy}`) && !plain.includes(TOKEN), plain);
    });

    it("brings the application up in order, healthy, its job done", () => {
        up();
        const states = docker("ps", "--all", "--filter", `label=portcullis.system=${NAME}`, "--format", "{{.Names}} {{.Status}}").split("\n").sort();
        assert.deepEqual(states.map(line => line.replace(/(Up) .*?( \(healthy\))?$/, "$1$2").replace(/ \d+ \S+ ago$| Less than a second ago$| About a \S+ ago$/, "")), [
            `${NAME}-db Up (healthy)`, `${NAME}-edge Up (healthy)`, `${NAME}-migrate Exited (0)`, `${NAME}-recluse Up`, `${NAME}-secrets Up`, `${NAME}-web Up`,
        ]);
    });

    it("runs every process without root, rights or a writable root", () => {
        for (const service of SERVICES) {
            const uid = service === "db" ? 1999 : 1000;
            const status = inside(service, "grep -E '^(Uid|CapEff|CapBnd|CapPrm|NoNewPrivs|Seccomp):' /proc/1/status").output.replace(/\t/g, " ").split("\n");
            const none = "0000000000000000";
            assert.deepEqual(status, [`Uid: ${uid} ${uid} ${uid} ${uid}`, `CapPrm: ${none}`, `CapEff: ${none}`, `CapBnd: ${none}`, "NoNewPrivs: 1", "Seccomp: 2"], service);
            assert.match(inside(service, "echo x > /x").output, /Read-only file system/, service);
            assert.deepEqual(inside(service, "touch /tmp/x"), { status: 0, output: "" }, service);
            assert.match(inside(service, "printf '#!/bin/sh\\n' > /tmp/run && chmod 700 /tmp/run && /tmp/run").output, /Permission denied/, service);
            assert.notEqual(inside(service, "unshare -U true").status, 0, service);
        }
    });

    it("puts a secret where only its service can read it, in memory", () => {
        assert.deepEqual(inside("db", "stat -c '%a %u:%g %n' /run/secrets /run/secrets/*; grep -o '^tmpfs /run/secrets tmpfs ro' /proc/mounts; touch /run/secrets/x"), {
            status: 1,
            output: "500 1999:1998 /run/secrets\n400 1999:1998 /run/secrets/DB_PASSWORD\n400 1999:1998 /run/secrets/SIGNING_KEY\ntmpfs /run/secrets tmpfs ro\n"
                + "touch: /run/secrets/x: Read-only file system",
        });
        assert.match(inside("secrets", `cat /held/${NAME}-db-secrets/DB_PASSWORD`).output, /Permission denied/);
        assert.equal(inside("db", "wc -c < /run/secrets/DB_PASSWORD").output, "32");
    });

    it("gives volumes their owner and files of configuration to read", () => {
        assert.equal(inside("db", "stat -c '%u:%g' /data").output, "1999:1998");
        assert.equal(inside("web", "cat /etc/shop/greeting.conf; stat -c '%a %u' /etc/shop/greeting.conf").output, "hello\n444 0");
        assert.match(inside("web", "echo x > /etc/shop/greeting.conf").output, /Read-only file system|Permission denied/);
    });

    it("stops a bounded fork loop at the limit, from the first start on", () => {
        assert.equal(inspect("web").HostConfig["PidsLimit"], 24);
        const { output } = inside("web", "for i in $(seq 1 60); do sleep 2 & done; wait");
        assert.match(output, /can't fork: Resource temporarily unavailable/);
        assert.equal(inside("db", "for i in $(seq 1 30); do sleep 0.1 & done; wait; echo all").output.split("\n").at(-1), "all");
    });

    it("connects services only as declared, the sandbox to nobody", () => {
        assert.match(inside("db", "nslookup database").output, /Address/);
        assert.notEqual(inside("web", "nslookup database").status, 0);
        assert.equal(inside("recluse", "ls /sys/class/net").output, "lo");
    });

    it("shows no secret in the state, in docker inspect, in logs or in the image", () => {
        const password = inside("db", "cat /run/secrets/DB_PASSWORD").output;
        const key = inside("db", "cat /run/secrets/SIGNING_KEY").output;
        assert.match(key, /^[0-9a-f]{64}$/);
        // A key must not stand there in another spelling either.
        const secrets = [password, TOKEN, key, Buffer.from(key, "hex").toString("base64"), Buffer.from(key, "hex").toString("base64url")];
        const ids = docker("ps", "--all", "--quiet", "--filter", `label=portcullis.system=${NAME}`).split("\n");
        const shown = {
            state: project.must("stack", "export"),
            inspect: docker("inspect", ...ids),
            logs: ids.map(id => docker("logs", id)).join("\n"),
            volumes: docker("volume", "inspect", `${NAME}-db-secrets`, `${NAME}-migrate-secrets`),
            history: docker("history", "--no-trunc", TOOL_IMAGE),
        };
        for (const [place, text] of Object.entries(shown)) {
            assert.deepEqual(secrets.filter(secret => text.includes(secret)), [], place);
        }
        // The state does hold them, encrypted: the search would find them in clear text.
        assert.equal(project.must("stack", "export", "--show-secrets").includes(password), true);
    });

    it("changes nothing at a second deployment, and finds no difference to what runs", () => {
        assert.deepEqual(up("--expect-no-changes"), []);
        assert.deepEqual(operations(project.must("refresh", ...YES, "--expect-no-changes")), []);
    });

    it("replaces only the container whose limit changed, and updates in place what the engine can", () => {
        const before = SERVICES.map(service => inspect(service).Id);
        set("shop:webCpus", "1");
        assert.deepEqual(up(), ["replaced Container web", "replaced ProcessLimit web", "replaced Start web"]);
        const after = SERVICES.map(service => inspect(service).Id);
        assert.deepEqual(SERVICES.filter((_, at) => before[at] !== after[at]), ["web"]);
        assert.equal(inspect("web").HostConfig["NanoCpus"], 1_000_000_000);

        set("shop:webMemoryMiB", "48");
        assert.deepEqual(up(), ["updated Container web"]);
        set("shop:webPids", "30");
        assert.deepEqual(up(), ["updated ProcessLimit web"]);
        const { Id, HostConfig } = inspect("web");
        assert.deepEqual([Id, HostConfig["Memory"], HostConfig["MemorySwap"], HostConfig["PidsLimit"]], [after[3], 48 * 1024 ** 2, 48 * 1024 ** 2, 30]);
    });

    it("restarts only who reads a changed file, and lets the edge take its own without a restart", async () => {
        const before = SERVICES.map(service => inspect(service).State.StartedAt);
        set("shop:greeting", "salut");
        assert.deepEqual(up(), [`updated Files ${NAME}-edge-config`, `updated Files ${NAME}-web-config`, "updated Start edge", "updated Start web"]);
        const after = SERVICES.map(service => inspect(service).State.StartedAt);
        assert.deepEqual(SERVICES.filter((_, at) => before[at] !== after[at]), ["web"]);
        assert.equal(inside("web", "cat /etc/shop/greeting.conf").output, "salut");
        assert.equal(inside("edge", "cat /tmp/taken").output, "salut");
        assert.equal(await (await fetch(`http://127.0.0.1:${port}/site.conf`)).text(), "salut\n");
    });

    it("says so where the edge refuses its files, and leaves it as it was", () => {
        const { StartedAt } = inspect("edge").State;
        set("shop:greeting", "broken");
        const { status, output } = project.pulumi("up", ...YES);
        assert.notEqual(status, 0);
        assert.match(output, /container portcullis-live-edge refuses its changed files and goes on with the old ones \(exit status 1\): site.conf is broken/);
        assert.deepEqual([inspect("edge").State.StartedAt, inside("edge", "cat /tmp/taken").output], [StartedAt, "salut"]);
        set("shop:greeting", "hallo");
        assert.ok(up().includes("updated Start edge"));
        assert.equal(inside("edge", "cat /tmp/taken").output, "hallo");
    });

    it("keeps limits and secrets when a container restarts", () => {
        const password = inside("db", "cat /run/secrets/DB_PASSWORD").output;
        docker("restart", "--time", "0", `${NAME}-db`, `${NAME}-web`);
        assert.equal(inside("db", "cat /run/secrets/DB_PASSWORD").output, password);
        assert.equal(inspect("web").HostConfig["PidsLimit"], 30);
        assert.match(inside("web", "for i in $(seq 1 60); do sleep 1 & done; wait").output, /can't fork/);
    });

    it("fails closed where memory was lost, as after a reboot, and heals at the next deployment", () => {
        const password = inside("db", "cat /run/secrets/DB_PASSWORD").output;
        docker("stop", "--time", "0", `${NAME}-db`, `${NAME}-secrets`);
        docker("start", `${NAME}-secrets`, `${NAME}-db`);
        assert.notEqual(inside("db", "test -s /run/secrets/DB_PASSWORD").status, 0);
        assert.ok(up().includes(`updated Files ${NAME}-db-secrets`));
        assert.equal(inside("db", "cat /run/secrets/DB_PASSWORD").output, password);
        assert.deepEqual(up("--expect-no-changes"), []);
    });

    it("leaves nothing behind", () => {
        project.must("destroy", ...YES);
        assert.deepEqual(leftovers(), []);
    });
});
