import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { loadProject } from "../../infra/compose/load";
import { confinementOf, containersOf, down, inside, portsInUse, reaches, shownByEngine, type Stack, up } from "../support/compose-stack";
import { engine, findEngine } from "../support/docker-engine";
import { buildStandIns, STAND_IN_TAGS, type StandIn, standInsLack } from "../support/stand-ins";

const ROOT = path.join(__dirname, "..", "..");
const TAGS: Readonly<Record<string, StandIn>> = { ...STAND_IN_TAGS, "nginx:1.27": "nginx" };
const lacking = typeof findEngine() === "string" ? findEngine() as string : standInsLack(TAGS);

const COMPOSE = `
services:
  web:
    image: nginx:1.27
    ports: ["8088:80"]
    volumes: ["./site:/usr/share/nginx/html:ro"]
    depends_on: [cache]
    environment: { GREETING: "costs $$5" }
  cache:
    image: valkey/valkey:8
    command: ["redis-server", "--requirepass", "published-example"]
    ports: ["6379:6379"]
    volumes: ["cache:/data"]
  db:
    image: mysql:8.0.40
    environment: { MYSQL_ROOT_PASSWORD: published-example, MYSQL_DATABASE: shop }
    volumes: ["db:/var/lib/mysql"]
  later:
    image: example/later
    profiles: [later]
volumes: { cache: , db: }
`;

describe(`live: an application of which nothing is declared, under docker compose${lacking === undefined ? "" : ` (skipped: ${lacking})`}`, function () {
    this.timeout(300_000);
    let folder: string | undefined;
    let stack: Stack;

    before(async function () {
        if (lacking !== undefined) {
            this.skip();
        }
        const busy = await portsInUse([80, 443]);
        if (busy !== undefined) {
            console.log(`      skipped: ${busy}`);
            this.skip();
        }
        buildStandIns(TAGS);
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "undeclared-"));
        const app = path.join(folder, `undeclared${process.pid}`);
        fs.mkdirSync(path.join(app, "site"), { recursive: true });
        fs.writeFileSync(path.join(app, "docker-compose.yml"), COMPOSE);
        fs.writeFileSync(path.join(app, "site", "index.html"), "hello\n");
        stack = { directory: path.join(folder, "out"), project: path.basename(app), words: [] };
        const { status, stderr } = spawnSync(process.execPath, [path.join(ROOT, "cli", "bin.cjs"), "render", "--target", "docker", "--system", app, "--out", stack.directory],
            { cwd: ROOT, encoding: "utf8" });
        assert.equal(status, 0, stderr);
        up(stack);
    });
    after(() => {
        if (folder !== undefined) {
            down(stack);
            fs.rmSync(folder, { recursive: true });
        }
    });

    it("comes up healthy and confined", () => {
        const containers = containersOf(stack.project);
        assert.deepEqual([...containers].map(([service, container]) => [service, container.inspected.State.Health?.Status, confinementOf(container)]),
            [["cache", 999], ["db", 999], ["edge", 101], ["web", 101]].map(([service, uid]) =>
                [service, "healthy", { uid, capabilities: [], noNewPrivileges: true, seccomp: 2 }]));
    });

    it("serves what its project has, through the edge alone", () => {
        const { stdout } = spawnSync("curl", ["-s", "--cacert", path.join(stack.directory, "authority.pem"), "https://localhost/"], { encoding: "utf8" });
        assert.equal(stdout, "hello\n");
        const edge = containersOf(stack.project).get("edge");
        assert.deepEqual(reaches(edge!, ["web:80", "cache:6379", "db:3306"]), ["web:80"]);
    });

    it("hands a password over where the image takes it only on its command line", () => {
        const cache = containersOf(stack.project).get("cache");
        assert.match(inside(cache!, "redis-cli ping").output, /NOAUTH/);
        assert.match(inside(cache!, "redis-cli -a published-example ping").output, /NOAUTH|WRONGPASS/);
        assert.match(inside(cache!, "redis-cli --no-auth-warning -a \"$(cat /run/secrets/*)\" ping").output, /^PONG$/);
        assert.doesNotMatch(shownByEngine(stack.project), /published-example/);
    });

    it("means to Docker Compose exactly what was checked before it was written", () => {
        const printed = engine().compose(stack.directory, ["config", "--format", "json"]).stdout;
        const loaded = loadProject({ files: [path.join(stack.directory, "compose.yaml")], environment: process.env }).project;
        assert.deepEqual(JSON.parse(printed.replaceAll("$$", "$")), JSON.parse(JSON.stringify(loaded)));
        assert.equal(containersOf(stack.project).get("web")?.inspected.Config.Env.includes("GREETING=costs $5"), true);
    });
});
