import * as assert from "node:assert/strict";

import { EDGE_IMAGE } from "../../infra/edge/constants";
import { docker, engine, findEngine } from "../support/docker-engine";
import { buildStandIns, standInsLack } from "../support/stand-ins";

const lacking = typeof findEngine() === "string" ? findEngine() as string : standInsLack();

interface Case {
    readonly image: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly command?: readonly string[];
    /** Succeeds inside the running container. */
    readonly healthy: string;
    /** Fails inside it: the wrong password is refused. */
    readonly refused?: string;
    /** Without this variable it must not start. */
    readonly needs?: string;
}

const CASES: readonly Case[] = [
    { image: "mysql:8.0.40", env: { MYSQL_ROOT_PASSWORD: "right" }, healthy: "mysqladmin ping -uroot -pright && mysql -uroot -pright", refused: "mysql -uroot -pwrong", needs: "MYSQL_ROOT_PASSWORD" },
    { image: "valkey/valkey:8", command: ["redis-server", "--requirepass", "right"], healthy: "redis-cli -a right ping | grep PONG", refused: "redis-cli -a wrong ping | grep PONG" },
    { image: "pgsty/silo:RELEASE.2026-08-06T00-00-00Z", env: { MINIO_ROOT_USER: "user", MINIO_ROOT_PASSWORD: "right" }, command: ["server", "--console-address", ":9001", "/data"], healthy: "curl -f http://localhost:9000/minio/health/live", needs: "MINIO_ROOT_PASSWORD" },
    { image: "elasticsearch:8.11.3", env: { ELASTIC_PASSWORD: "right" }, healthy: "curl -f -u elastic:right http://localhost:9200", refused: "curl -f http://localhost:9200", needs: "ELASTIC_PASSWORD" },
    { image: "infiniflow/sandbox-executor-manager:latest", healthy: "curl -f http://localhost:9385/healthz" },
    { image: EDGE_IMAGE, healthy: "curl -f http://localhost:80/" },
];

function run(test: Case, env: Readonly<Record<string, string>>): string {
    const variables = Object.entries(env).flatMap(([name, value]) => ["--env", `${name}=${value}`]);
    return docker("run", "--detach", ...variables, test.image, ...test.command ?? []);
}

describe(`live: stand-in images${lacking === undefined ? "" : ` (skipped: ${lacking})`}`, function () {
    this.timeout(120_000);
    const started: string[] = [];

    before(function () {
        if (lacking !== undefined) {
            this.skip();
        }
        buildStandIns();
    });
    after(() => {
        started.forEach(id => docker("rm", "--force", "--volumes", id));
    });

    for (const test of CASES) {
        it(`${test.image} serves, and asks for its password`, () => {
            const id = run(test, test.env ?? {});
            started.push(id);
            const inside = (script: string) => engine().docker(["exec", id, "sh", "-c", script]).status;
            const end = Date.now() + 10_000;
            while (inside(test.healthy) !== 0 && Date.now() < end);
            assert.equal(inside(test.healthy), 0);
            assert.notEqual(inside(test.refused ?? "false"), 0);
        });
    }

    for (const test of CASES.filter(one => one.needs !== undefined)) {
        it(`${test.image} does not start without ${test.needs ?? ""}`, () => {
            const rest = Object.entries(test.env ?? {}).filter(([name]) => name !== test.needs);
            const id = run(test, Object.fromEntries(rest));
            started.push(id);
            assert.equal(docker("wait", id), "1");
            assert.match(engine().docker(["logs", id]).stderr, new RegExp(`${test.needs as string} is not set`));
        });
    }
});
