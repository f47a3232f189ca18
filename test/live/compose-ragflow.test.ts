import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { type Container, confinementOf, containersOf, down, inside, listening, portsInUse, reaches, shownByEngine, type Stack, textOfFiles, up, writable } from "../support/compose-stack";
import { docker, engine, findEngine } from "../support/docker-engine";
import { ragflowSystem, type RagflowSystem, UPSTREAM } from "../support/ragflow-system";
import { buildStandIns, standInsLack } from "../support/stand-ins";

const ROOT = path.join(__dirname, "..", "..");
const SERVICES = ["edge", "es01", "minio", "mysql", "ragflow-cpu", "redis", "sandbox-executor-manager"];
/** What the authors publish on every address of the host, but for the two ports that the edge has in the hardened system. */
const PUBLISHED = [1200, 3306, 6379, 9000, 9001, 9380, 9381, 9382, 9385];
const STORES = ["es01:9200", "minio:9000", "minio:9001", "mysql:3306", "redis:6379"];
const PLACES = ["/", "/bin", "/etc", "/home", "/opt", "/root", "/srv", "/usr", "/usr/local/bin", "/var", "/var/lib"];
const EXAMPLE = /infini_rag_flow|CHANGE_ME/;

const lacking = typeof findEngine() === "string" ? findEngine() as string : standInsLack();
const reason = (more?: string): string => lacking === undefined && more === undefined ? "" : ` (skipped: ${lacking ?? more ?? ""})`;

/** Tries to start as many processes at once, none for long; how many the container then has. Counting starts none. */
function forks(container: Container, count: number): number {
    const loop = `i=0; while [ $i -lt ${count} ]; do i=$((i+1)); sleep 3 & done`;
    return Number(inside(container, `(${loop}) 2>/dev/null; set -- /proc/[0-9]*; echo $#`).output);
}

/** Address of every other container of the project, with each port that a store has. */
function addressesOfStores(containers: ReadonlyMap<string, Container>): string[] {
    return STORES.flatMap(store => {
        const [service = "", port = ""] = store.split(":");
        const networks = containers.get(service)?.inspected.NetworkSettings.Networks ?? {};
        return Object.values(networks).map(({ IPAddress }) => `${IPAddress}:${port}`);
    });
}

for (const from of ["own", "upstream"] as const) {
    const absent = from === "upstream" && !fs.existsSync(UPSTREAM) ? "the authors' files are not at hand" : undefined;

    describe(`live: RAGFlow from ${from === "own" ? "systems/ragflow" : "its authors' files"} under docker compose${reason(absent)}`, function () {
        this.timeout(600_000);
        let system: RagflowSystem;
        before(async function () {
            if (lacking !== undefined || absent !== undefined) {
                this.skip();
            }
            const busy = await portsInUse([80, 443, ...PUBLISHED]);
            if (busy !== undefined) {
                console.log(`      skipped: ${busy}`);
                this.skip();
            }
            buildStandIns();
            system = ragflowSystem(from, `ragflow-${process.pid}`);
        });
        after(() => { (system as RagflowSystem | undefined)?.dispose(); });

        hardened(() => system);
        original(() => system);
    });
}

function hardened(system: () => RagflowSystem): void {
    describe("hardened", () => {
        const name = `ragflow-${process.pid}`;
        let stack: Stack;
        let containers: ReadonlyMap<string, Container>;
        const container = (service: string): Container => containers.get(service) as Container;
        const render = () => spawnSync(process.execPath, [path.join(ROOT, "cli", "bin.cjs"), "render", "--target", "docker", "--system", system().folder, "--out", stack.directory],
            { cwd: ROOT, encoding: "utf8" });
        const secretValues = (): string[] => {
            const folder = path.join(stack.directory, "secrets");
            return [...new Set(fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).map(file => path.join(folder, file))
                .filter(file => fs.statSync(file).isFile()).map(file => fs.readFileSync(file, "utf8").trim()))];
        };

        before(async () => {
            assert.equal(await portsInUse([80, 443]), undefined);
            stack = { directory: path.join(system().folder, "out"), project: name, words: [] };
            const { status, stderr } = render();
            assert.equal(status, 0, stderr);
            up(stack);
            containers = containersOf(name);
        });
        after(() => { down(stack); });

        it("comes up healthy", () => {
            assert.deepEqual([...containers].map(([service, { inspected: { State } }]) => [service, State.Status, State.Health?.Status]), [
                ...SERVICES.map(service => [service, "running", "healthy"]), ["volume-owner", "exited", undefined],
            ]);
        });

        it("answers through the edge, and on plain HTTP only sends there", () => {
            const get = (url: string) => spawnSync("curl", ["-s", "-o", "/dev/null", "-w", "%{http_code} %{redirect_url}", "--cacert", path.join(stack.directory, "authority.pem"),
                "--resolve", "rag.example.com:443:127.0.0.1", "--resolve", "rag.example.com:80:127.0.0.1", url], { encoding: "utf8" }).stdout.trim();
            assert.equal(get("https://rag.example.com/"), "200");
            assert.equal(get("http://rag.example.com/"), "308 https://rag.example.com/");
        });

        it("runs each service as a user without any capability, unable to gain one, its system calls filtered", () => {
            const uid: Readonly<Record<string, number>> = { "edge": 101, "mysql": 999, "redis": 999 };
            assert.deepEqual(SERVICES.map(service => [service, confinementOf(container(service))]), SERVICES.map(service =>
                [service, { uid: uid[service] ?? 1000, capabilities: [], noNewPrivileges: true, seccomp: 2 }]));
        });

        it("lets none write but where it must", () => {
            assert.deepEqual(SERVICES.map(service => [service, writable(container(service), [...PLACES, "/tmp"])]), SERVICES.map(service => [service, ["/tmp"]]));
            assert.deepEqual(writable(container("mysql"), ["/var/lib/mysql", "/var/run/mysqld"]), ["/var/lib/mysql", "/var/run/mysqld"]);
            assert.deepEqual(writable(container("minio"), ["/data"]), ["/data"]);
            assert.deepEqual(writable(container("ragflow-cpu"), ["/ragflow/logs", "/ragflow/web"]), ["/ragflow/logs"]);
        });

        it("lets nothing be run from scratch", () => {
            const script = "cp /bin/busybox /tmp/busybox && /tmp/busybox true";
            assert.match(inside(container("mysql"), script).output, /Permission denied/);
        });

        it("gives the sandbox no address and no way to one", () => {
            const sandbox = container("sandbox-executor-manager");
            assert.equal(inside(sandbox, "ls /sys/class/net").output, "lo");
            const gateway = docker("network", "inspect", "bridge", "--format", "{{(index .IPAM.Config 0).Gateway}}");
            assert.deepEqual(reaches(sandbox, [...STORES, ...addressesOfStores(containers), `${gateway}:443`, "127.0.0.1:9385"]), ["127.0.0.1:9385"]);
        });

        it("shows the stores to the application, and neither to the edge nor to the host", async () => {
            const targets = [...STORES, ...addressesOfStores(containers)];
            assert.deepEqual(reaches(container("ragflow-cpu"), targets), [...targets].sort());
            assert.deepEqual(reaches(container("edge"), [...targets, "ragflow-cpu:80"]), ["ragflow-cpu:80"]);
            assert.deepEqual(await listening([...PUBLISHED, 80, 443]), [80, 443]);
        });

        it("publishes nothing but 443 and 80", () => {
            const bindings = [...containers.values()].flatMap(({ service, inspected: { HostConfig } }) =>
                Object.values(HostConfig.PortBindings ?? {}).flat().map(({ HostPort }) => `${service} ${HostPort}`));
            assert.deepEqual(bindings.sort(), ["edge 443", "edge 80"]);
        });

        it("holds the limit of processes against a fork loop", () => {
            assert.equal(container("sandbox-executor-manager").inspected.HostConfig.PidsLimit, 64);
            const allowed = forks(container("sandbox-executor-manager"), 100);
            assert.ok(allowed > 10 && allowed <= 64, `${allowed} processes at once`);
        });

        it("holds the limit of memory", () => {
            const take = (mebibytes: number) => inside(container("sandbox-executor-manager"), `dd if=/dev/zero of=/dev/null bs=${mebibytes}M count=1`).status;
            assert.equal(take(64), 0);
            assert.equal(take(700), 137);
        });

        it("shows no secret, to whoever asks the engine or reads the logs and the files", () => {
            const values = secretValues();
            assert.equal(values.length, 8); // four passwords, the certificate, its key, its seed, the key of fingerprints
            const shown = [shownByEngine(name), textOfFiles(stack.directory, "secrets"), engine().compose(stack.directory, ["config"]).stdout].join("\n");
            assert.deepEqual(values.filter(value => shown.includes(value)).length, 0);
            assert.doesNotMatch(shownByEngine(name), EXAMPLE);
        });

        it("hands each service its secrets alone, readable by its user alone", () => {
            assert.equal(inside(container("mysql"), "cd /run/secrets && stat -c '%n %a %u' *").output, "MYSQL_PASSWORD 400 999");
            assert.equal(inside(container("sandbox-executor-manager"), "ls /run/secrets 2>/dev/null | wc -l").output, "0");
            assert.equal(inside(container("mysql"), "mysql -uroot -p\"$(cat /run/secrets/MYSQL_PASSWORD)\" -e 'select 1'").status, 0);
        });

        it("changes nothing when it is rendered and started a second time", () => {
            const before = secretValues();
            const { status, stdout, stderr } = render();
            assert.equal(status, 0, stderr);
            assert.deepEqual(secretValues(), before);
            assert.deepEqual(before.filter(value => `${stdout}${stderr}`.includes(value)).length, 0);
            up(stack);
            const ids = (map: ReadonlyMap<string, Container>) => SERVICES.map(service => map.get(service)?.id);
            assert.deepEqual(ids(containersOf(name)), ids(containers));
        });

        it("replaces the services that have a secret, and no other, when it gets a new value", () => {
            const ids = (): Map<string, string | undefined> => new Map([...containersOf(name)].map(([service, { id }]) => [service, id]));
            const before = ids();
            fs.rmSync(path.join(stack.directory, "secrets", ".kept", "REDIS_PASSWORD"));
            assert.equal(render().status, 0);
            up(stack);
            const after = ids();
            assert.deepEqual(SERVICES.filter(service => before.get(service) !== after.get(service)), ["ragflow-cpu", "redis"]);
            containers = containersOf(name);
        });

        it("finds its secrets and its data again after a restart", () => {
            assert.equal(engine().compose(stack.directory, ["restart", "--timeout", "2", "mysql"]).status, 0);
            up(stack);
            assert.equal(inside(container("mysql"), "wc -l < /var/lib/mysql/stand-in").output, "2");
        });
    });
}

/** The same probes on what the authors ship: each finds the fault that the hardened system has not. */
function original(system: () => RagflowSystem): void {
    describe("as its authors ship it", () => {
        const name = `ragflow-original-${process.pid}`;
        let stack: Stack;
        let containers: ReadonlyMap<string, Container>;
        const container = (service: string): Container => containers.get(service) as Container;

        before(async () => {
            assert.equal(await portsInUse([80, 443]), undefined);
            const { folder, originalFiles: files, profiles } = system();
            stack = { directory: folder, project: name, words: [...files.flatMap(file => ["--file", file]), ...profiles.flatMap(profile => ["--profile", profile])] };
            up(stack);
            containers = containersOf(name);
        });
        after(() => { down(stack); });

        it("runs as root, with capabilities and free to gain more, the sandbox without any filter", () => {
            const root = { uid: 0, capabilities: ["CapPrm", "CapEff", "CapBnd"], noNewPrivileges: false };
            assert.deepEqual(["minio", "ragflow-cpu"].map(service => confinementOf(container(service))), [{ ...root, seccomp: 2 }, { ...root, seccomp: 2 }]);
            // The one protection that the authors themselves give it.
            assert.deepEqual({ ...confinementOf(container("sandbox-executor-manager")), noNewPrivileges: false }, { ...root, seccomp: 0 });
        });

        it("writes wherever it likes, and runs what it wrote", () => {
            assert.deepEqual(writable(container("ragflow-cpu"), ["/", "/bin", "/etc"]), ["/", "/bin", "/etc"]);
            assert.equal(inside(container("mysql"), "cp /bin/busybox /tmp/busybox && /tmp/busybox true").status, 0);
        });

        it("lets the sandbox and everybody else reach every store", () => {
            assert.deepEqual(reaches(container("sandbox-executor-manager"), STORES), STORES);
            assert.match(inside(container("sandbox-executor-manager"), "ls /sys/class/net").output, /eth0/);
        });

        it("listens on the host with all it has", async () => {
            assert.deepEqual((await listening(PUBLISHED)).filter(port => port !== 9382), PUBLISHED.filter(port => port !== 9382));
        });

        it("lets a fork loop and a glutton go on", () => {
            assert.ok(forks(container("sandbox-executor-manager"), 100) > 100);
            assert.equal(inside(container("sandbox-executor-manager"), "dd if=/dev/zero of=/dev/null bs=700M count=1").status, 0);
        });

        it("shows its passwords to whoever asks the engine", () => {
            assert.match(shownByEngine(name), EXAMPLE);
        });
    });
}
