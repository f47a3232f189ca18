import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { judgeFiles } from "../../../cli/check/judge-files";

type Files = Readonly<Record<string, string>>;

/** Ways to write what must not be, each in files of a folder: places where tools that read one file do not look. */
const PRIVILEGED: Readonly<Record<string, Files>> = {
    "a line of its own": { "compose.yaml": "services:\n  api:\n    image: a:1\n    privileged: true\n" },
    "flow style": { "compose.yaml": "{services: {api: {image: \"a:1\", privileged: true}}}\n" },
    "JSON": { "compose.json": JSON.stringify({ services: { api: { image: "a:1", privileged: true } } }) },
    "a text that says so": { "compose.yaml": "services:\n  api:\n    image: a:1\n    privileged: \"true\"\n" },
    "an anchor": { "compose.yaml": "x-on: &on true\nservices:\n  api:\n    image: a:1\n    privileged: *on\n" },
    "a merge key": { "compose.yaml": "x-common: &common\n  privileged: true\nservices:\n  api:\n    <<: *common\n    image: a:1\n" },
    "a list of merge keys": { "compose.yaml": "x-a: &a {init: true}\nx-b: &b {privileged: true}\nservices:\n  api:\n    <<: [*a, *b]\n    image: a:1\n" },
    "a merge key inside a merge": { "compose.yaml": "x-a: &a {privileged: true}\nx-b: &b\n  <<: *a\nservices:\n  api:\n    <<: *b\n    image: a:1\n" },
    "extends, of another file": {
        "compose.yaml": "services:\n  api:\n    extends: {file: base/common.yaml, service: base}\n    image: a:1\n", "base/common.yaml": "services:\n  base:\n    image: b:1\n    privileged: true\n",
    },
    "extends, of the same file": { "compose.yaml": "services:\n  base: {image: \"b:1\", privileged: true, profiles: [never]}\n  api:\n    extends: base\n    image: a:1\n" },
    "extends of one that extends": {
        "compose.yaml": "services:\n  api:\n    extends: {file: one.yaml, service: one}\n", "one.yaml": "services:\n  one:\n    image: a:1\n    extends: {file: two.yaml, service: two}\n",
        "two.yaml": "services:\n  two:\n    image: a:1\n    privileged: true\n",
    },
    "an included file": { "compose.yaml": "include: [more/api.yaml]\nservices: {web: {image: \"a:1\"}}\n", "more/api.yaml": "services:\n  api: {image: \"a:1\", privileged: true}\n" },
    "an included file with an override": {
        "compose.yaml": "include:\n  - path: [api.yaml, local.yaml]\n", "api.yaml": "services:\n  api: {image: \"a:1\"}\n", "local.yaml": "services:\n  api: {privileged: true}\n",
    },
    "the override beside it": { "compose.yaml": "services:\n  api: {image: \"a:1\"}\n", "compose.override.yaml": "services:\n  api: {privileged: true}\n" },
    "a variable of .env": { "compose.yaml": "services:\n  api:\n    image: a:1\n    privileged: ${PRIVILEGED}\n", ".env": "PRIVILEGED=true\n" },
    "a variable's default": { "compose.yaml": "services:\n  api:\n    image: a:1\n    privileged: ${PRIVILEGED:-true}\n" },
    "a profile": { "compose.yaml": "services:\n  web: {image: \"a:1\"}\n  api: {image: \"a:1\", privileged: true, profiles: [debug]}\n" },
};

const socket = (volumes: string, more: Files = {}): Files => ({ "compose.yaml": `services:\n  api:\n    image: a:1\n    volumes:\n${volumes}`, ...more });
const SOCKET: Readonly<Record<string, Files>> = {
    "short syntax": socket("      - /var/run/docker.sock:/var/run/docker.sock\n"),
    "read-only, and by the real path": socket("      - /run/docker.sock:/tmp/d.sock:ro\n"),
    "long syntax": socket("      - type: bind\n        source: /var/run/docker.sock\n        target: /x\n"),
    "long syntax in flow style": socket("      - {type: bind, source: /var/run/docker.sock, target: /x, read_only: true}\n"),
    "a variable's default": socket("      - ${DOCKER_SOCK:-/var/run/docker.sock}:/var/run/docker.sock\n"),
    "a variable of .env": socket("      - ${SOCK}:/var/run/docker.sock\n", { ".env": "SOCK=/var/run/docker.sock\n" }),
    "a default in a default": socket("      - ${A:-${B:-/var/run/docker.sock}}:/x\n"),
    "the folder that it is in": socket("      - /var/run:/host/run:ro\n"),
    "a named volume that is a bind": socket("      - sock:/x\n", { "compose.override.yaml": "volumes:\n  sock:\n    driver_opts: {type: none, o: bind, device: /var/run/docker.sock}\n" }),
    "an anchor": { "compose.yaml": "x-v: &v [\"/var/run/docker.sock:/var/run/docker.sock\"]\nservices:\n  api:\n    image: a:1\n    volumes: *v\n" },
    "extends": {
        "compose.yaml": "services:\n  api:\n    extends: {file: base.yaml, service: base}\n", "base.yaml": "services:\n  base:\n    image: a:1\n    volumes: [\"/var/run/docker.sock:/s\"]\n",
    },
    "an included file": { "compose.yaml": "include: [api.yaml]\n", "api.yaml": "services:\n  api: {image: \"a:1\", volumes: [\"/var/run/docker.sock:/s\"]}\n" },
    "the override beside it": { "compose.yaml": "services:\n  api: {image: \"a:1\"}\n", "compose.override.yml": "services:\n  api: {volumes: [\"/var/run/docker.sock:/s\"]}\n" },
    "another engine's": socket("      - /run/containerd/containerd.sock:/s\n"),
};

const SECRET: Readonly<Record<string, readonly [rule: string, files: Files]>> = {
    "environment, a mapping": ["secret-in-environment", { "compose.yaml": "services:\n  api: {image: \"a:1\", environment: {DB_PASSWORD: hunter2}}\n" }],
    "environment, a list": ["secret-in-environment", { "compose.yaml": "services:\n  api: {image: \"a:1\", environment: [DB_PASSWORD=hunter2]}\n" }],
    "an env file": ["secret-in-environment", { "compose.yaml": "services:\n  api: {image: \"a:1\", env_file: [app.env]}\n", "app.env": "# settings\nDB_PASSWORD='hunter2'\n" }],
    "an env file of what it extends": [
        "secret-in-environment",
        { "compose.yaml": "services:\n  api: {image: \"a:1\", extends: {file: sub/base.yaml, service: base}}\n", "sub/base.yaml": "services:\n  base: {env_file: app.env}\n", "sub/app.env": "DB_PASSWORD=hunter2\n" },
    ],
    "a variable of .env": ["secret-in-environment", { "compose.yaml": "services:\n  api: {image: \"a:1\", environment: {DB_PASSWORD: \"${PW}\"}}\n", ".env": "PW=hunter2\n" }],
    "a name alone, with its value in .env": ["secret-in-environment", { "compose.yaml": "services:\n  api: {image: \"a:1\", environment: [DB_PASSWORD]}\n", ".env": "DB_PASSWORD=hunter2\n" }],
    "a variable's default": ["secret-in-environment", { "compose.yaml": "services:\n  api: {image: \"a:1\", environment: {DB_PASSWORD: \"${PW:-hunter2}\"}}\n" }],
    "an address put together": ["secret-in-environment", { "compose.yaml": "services:\n  api: {image: \"a:1\", environment: {DB: \"postgres://app:${PW}@db/app\"}}\n", ".env": "PW=hunter2\n" }],
    "a command": ["secret-in-command", { "compose.yaml": "services:\n  api: {image: \"a:1\", command: \"redis-server --requirepass ${PW}\"}\n", ".env": "PW=hunter2\n" }],
    "an entrypoint": ["secret-in-command", { "compose.yaml": "services:\n  api: {image: \"a:1\", entrypoint: [sh, -c, \"API_TOKEN=hunter2 exec serve\"]}\n" }],
    "a health check": ["secret-in-command", { "compose.yaml": "services:\n  api: {image: \"a:1\", healthcheck: {test: [CMD, mysqladmin, ping, -uroot, -phunter2]}}\n" }],
    "a label": ["secret-in-label", { "compose.yaml": "services:\n  api: {image: \"a:1\", labels: {\"app.token\": hunter2}}\n" }],
    "a build argument": ["secret-build-argument", { "compose.yaml": "services:\n  api: {build: {context: ., args: {NPM_TOKEN: hunter2}}}\n", "Dockerfile": "FROM a:1\n" }],
    "a configuration": ["secret-in-upload", { "compose.yaml": "services:\n  api: {image: \"a:1\", configs: [app]}\nconfigs:\n  app: {content: \"api_token=${PW}\"}\n", ".env": "PW=hunter2\n" }],
    "a ConfigMap beside it": ["secret-in-config-map", { "app.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  app.env: |\n    DB_PASSWORD=hunter2\n" }],
    "a Secret in a List": ["secret-in-manifest", { "app.yaml": "apiVersion: v1\nkind: List\nitems:\n  - {apiVersion: v1, kind: Secret, metadata: {name: a}, data: {password: aHVudGVyMg==}}\n" }],
};

describe("check sees what is written out of sight", () => {
    let folder: string;
    beforeEach(() => { folder = mkdtempSync(join(tmpdir(), "portcullis-blind-")); });
    afterEach(() => { rmSync(folder, { recursive: true }); });

    /** Rules that fired on the files as a folder, and everything that the report says. */
    const judged = async (files: Files): Promise<{ rules: string[]; text: string }> => {
        for (const [name, text] of Object.entries(files)) {
            mkdirSync(dirname(join(folder, name)), { recursive: true });
            writeFileSync(join(folder, name), text);
        }
        const report = await judgeFiles([folder], {});
        assert.deepEqual(report.errors, []);
        return { rules: report.findings.map(({ rule, line, path }) => { assert.ok(line > 0 && path !== ""); return rule; }), text: JSON.stringify(report) };
    };

    for (const [way, files] of Object.entries(PRIVILEGED)) {
        it(`a privileged service by ${way}`, async () => {
            assert.ok((await judged(files)).rules.includes("privileged-container"));
        });
    }

    for (const [way, files] of Object.entries(SOCKET)) {
        it(`the engine's socket by ${way}`, async () => {
            const { rules } = await judged(files);
            const wanted = way.includes("named volume") ? "host-path-volume" : "docker-socket-mounted";
            assert.ok(rules.includes(wanted), rules.join(", "));
        });
    }

    for (const [way, [rule, files]] of Object.entries(SECRET)) {
        it(`a secret by ${way}, without saying it`, async () => {
            const { rules, text } = await judged(files);
            assert.ok(rules.includes(rule), rules.join(", "));
            assert.ok(!text.includes("hunter2"), "the report holds the value");
        });
    }
});
