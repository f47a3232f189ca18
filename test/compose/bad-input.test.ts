import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { loadProject } from "../../infra/compose/load";
import { ProblemsError } from "../../infra/model/problem";

const WEB = "services:\n  web:\n    image: nginx\n";

/** What is wrong, the files, and the problems that must be told, `DIR` standing for the folder. */
const CASES: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
    ["text that is not YAML", { "compose.yaml": "services: [a\n" }, ["DIR/compose.yaml:2:1 the file is not valid YAML (unexpected end of the stream within a flow collection)"]],
    ["a key twice", { "compose.yaml": `${WEB}    image: other\n` }, ["DIR/compose.yaml:4:5 the file is not valid YAML (the key image stands twice in one mapping)"]],
    ["a tab as indentation", { "compose.yaml": "services:\n\tweb: {image: a}\n" }, ["DIR/compose.yaml:2:1 the file is not valid YAML (tab characters must not be used in indentation)"]],
    ["a circle of extends", { "compose.yaml": "services:\n  a: {image: a, extends: b}\n  b: {image: b, extends: a}\n" }, ["DIR/compose.yaml:2:17 services.a.extends is a circle (a extends b extends a)"]],
    ["a circle of include", { "compose.yaml": "include: [other.yaml]\n", "other.yaml": "include: [compose.yaml]\n" }, ["DIR/other.yaml:1:11 include[0] is a circle (DIR/compose.yaml includes DIR/other.yaml includes DIR/compose.yaml)"]],
    ["a file to extend that is missing", { "compose.yaml": `${WEB}    extends:\n      file: none.yaml\n      service: x\n` }, ["DIR/compose.yaml:5:7 the Compose file DIR/none.yaml does not exist; name a file that exists"]],
    ["an env file that is missing", { "compose.yaml": `${WEB}    env_file: none.env\n` }, ["DIR/compose.yaml:4:5 the env file DIR/none.env does not exist; name a file that exists"]],
    ["a required variable that is not set", { "compose.yaml": `${WEB}    command: \${GONE:?say which}\n    user: \${LOST?}\n` }, ["DIR/compose.yaml:4:5 services.web.command needs the variable GONE, which is not set (\"say which\"); set GONE in the environment or in .env", "DIR/compose.yaml:5:5 services.web.user needs the variable LOST, which is not set; set LOST in the environment or in .env"]],
    ["a broken interpolation", { "compose.yaml": `${WEB}    command: a \${b\n` }, ["DIR/compose.yaml:4:5 services.web.command is not a valid interpolation (\"a ${b\"); write $$ for a dollar that stands for itself"]],
    ["a broken interpolation in a file that is extended", { "compose.yaml": `${WEB}    command: fine\n    extends: {file: base.yaml, service: web}\n`, "base.yaml": "services: {web: {command: \"${\"}}\n" }, ["DIR/base.yaml:1:18 services.web.command is not a valid interpolation (\"${\"); write $$ for a dollar that stands for itself"]],
    ["unknown keys", { "compose.yaml": `${WEB}    imagee: x\nservice: {}\n` }, ["DIR/compose.yaml:4:5 services.web.imagee is not a key of the Compose specification; correct the name, or begin it with x-", "DIR/compose.yaml:5:1 service is not a key of the Compose specification; correct the name, or begin it with x-"]],
    ["wrong types", { "compose.yaml": `${WEB}    cap_add: NET_ADMIN\n    privileged: [yes]\n` }, ["DIR/compose.yaml:4:5 services.web.cap_add is not a list (\"NET_ADMIN\")", "DIR/compose.yaml:5:5 services.web.privileged is not true or false or a text (a list)"]],
    ["a port that is none", { "compose.yaml": `${WEB}    ports:\n      - "80"\n      - "80:http"\n` }, ["DIR/compose.yaml:6:9 services.web.ports[1] has a port that is not a number up to 65535 (\"80:http\"); write \"80\", \"8080:80\", \"127.0.0.1:8080:80/tcp\" or a range"]],
    ["references to nothing", { "compose.yaml": `${WEB}    networks: [none]\n    depends_on: [gone]\n    volumes: ["lost:/x"]\n` }, ["DIR/compose.yaml:4:16 services.web.networks.none is not defined; define it under networks:", "DIR/compose.yaml:5:18 services.web.depends_on.gone is not a service", "DIR/compose.yaml:6:15 services.web.volumes[0] is not defined (lost); define it under volumes:"]],
    ["a circle of dependencies", { "compose.yaml": `${WEB}    depends_on: [a]\n  a:\n    image: a\n    depends_on:\n      - web\n` }, ["DIR/compose.yaml:8:9 services.a.depends_on.web closes a circle (a needs web needs a)"]],
    ["an env file with a name that is none", { "compose.yaml": `${WEB}    env_file: e.env\n`, "e.env": "A=1\n!B=2\n" }, ["DIR/e.env:2:1 the text before = is not a variable's name (\"!B=2\")"]],
    ["an env file with an open quote", { "compose.yaml": WEB, ".env": "A=1\nB=\"x\n" }, ["DIR/.env:2:1 the value has a quote that is not closed"]],
    ["an empty file", { "compose.yaml": "# nothing\n" }, ["DIR/compose.yaml:1:1 the Compose file is empty; begin with services:"]],
    ["a list", { "compose.yaml": "- web\n" }, ["DIR/compose.yaml:1:1 the file DIR/compose.yaml is not a mapping of the Compose specification's keys (a list); begin with services:"]],
    ["a remote file", { "compose.yaml": "include:\n  - oci://example.com/app\n" }, ["DIR/compose.yaml:2:5 include[0] is a remote file, which is not fetched (oci://example.com/app); download it and name the copy"]],
    ["an alias to itself", { "compose.yaml": "services: &a\n  web: *a\n" }, ["DIR/compose.yaml:2:8 the file is not valid YAML (the anchor a contains itself)"]],
    ["binary", { "compose.yaml": "\u0000\u0001\u0002services:" }, ["DIR/compose.yaml:1:1 the file is not valid YAML (null byte is not allowed in input)"]],
];

describe("the loader's problems", () => {
    let folder = "";
    beforeEach(() => { folder = realpathSync(mkdtempSync(join(tmpdir(), "compose-bad-"))); });
    afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

    function write(name: string, content: string | Buffer): void {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), content);
    }

    function problems(): string[] {
        try {
            loadProject({ files: [join(folder, "compose.yaml")], environment: {} });
            return [];
        } catch (error) {
            assert.ok(error instanceof ProblemsError, String(error));
            return error.message.replaceAll(folder, "DIR").split("\n");
        }
    }

    for (const [what, files, expected] of CASES) {
        it(`tells of ${what}`, () => {
            Object.entries(files).forEach(([name, content]) => { write(name, content); });
            assert.deepEqual(problems(), expected);
        });
    }

    it("loads the same file once it is right", () => {
        write("compose.yaml", WEB);
        assert.deepEqual(problems(), []);
    });

    it("tells of aliases that multiply, at once", () => {
        const bomb = [...Array(30).keys()].map(at => `x-${at + 1}: &a${at + 1} [${Array(9).fill(at === 0 ? "1" : `*a${at}`).join(", ")}]`).join("\n");
        write("compose.yaml", `${bomb}\n${WEB}`);
        const start = performance.now();
        assert.match(problems().join("\n"), /^DIR\/compose\.yaml:\d+:\d+ the file is not valid YAML \(the aliases of the file multiply its content without bound\)$/);
        assert.ok(performance.now() - start < 2000);
    });

    it("tells of a file of 10 MB without reading it", () => {
        write("compose.yaml", `${WEB}# ${"x".repeat(10_000_000)}\n`);
        const start = performance.now();
        assert.deepEqual(problems(), ["DIR/compose.yaml:1:1 the Compose file DIR/compose.yaml is larger than 1 MiB; take large content out of it"]);
        assert.ok(performance.now() - start < 200);
    });

    it("tells of deep nesting instead of running out of stack", () => {
        write("compose.yaml", `${WEB}x-deep: ${"[".repeat(100_000)}\n`);
        assert.match(problems().join("\n"), /^DIR\/compose\.yaml:4:\d+ the file is not valid YAML \(nesting exceeded/);
    });

    it("tells of bytes that are not UTF-8", () => {
        write("compose.yaml", Buffer.from([0x73, 0xff, 0xfe, 0x00, 0x80]));
        assert.deepEqual(problems(), ["DIR/compose.yaml:1:1 the Compose file DIR/compose.yaml is not text in UTF-8; save it as UTF-8"]);
    });

    it("follows a symbolic link within the project, and tells of a loop of links", () => {
        write("real.env", "A=1\n");
        write("compose.yaml", `${WEB}    env_file: link.env\n`);
        symlinkSync("real.env", join(folder, "link.env"));
        assert.deepEqual(problems(), []);
        rmSync(join(folder, "link.env"));
        symlinkSync("link.env", join(folder, "link.env"));
        assert.deepEqual(problems(), ["DIR/compose.yaml:4:5 the env file DIR/link.env is a loop of symbolic links; name a file that exists"]);
    });

    it("tells of symbolic links that lead out of the project, wherever one is named", () => {
        const outside = realpathSync(mkdtempSync(join(tmpdir(), "compose-outside-")));
        writeFileSync(join(outside, "base.yaml"), "services: {base: {labels: {l: x}}}\n");
        writeFileSync(join(outside, "out.env"), "A=1\n");
        symlinkSync(join(outside, "base.yaml"), join(folder, "base.yaml"));
        symlinkSync(join(outside, "out.env"), join(folder, "link.env"));
        symlinkSync(outside, join(folder, "data"));
        write("compose.yaml", `${WEB}    env_file: [link.env]\n    extends: {file: base.yaml, service: base}\n    volumes: [./data:/data]\n    secrets: [s]\nsecrets: {s: {file: data/out.env}}\n`);
        const told = problems().map(line => line.replaceAll(outside, "OUT"));
        rmSync(outside, { recursive: true });
        const fault = (place: string, path: string, file: string, target: string): string =>
            `DIR/compose.yaml:${place} ${path} leads out of the project by a symbolic link (DIR/${file} is OUT${target}); write the path that it leads to`;
        assert.deepEqual(told, [
            fault("5:15", "services.web.extends.file", "base.yaml", "/base.yaml"), fault("4:16", "services.web.env_file[0]", "link.env", "/out.env"),
            fault("6:15", "services.web.volumes[0]", "data", ""), fault("8:15", "secrets.s.file", "data/out.env", "/out.env"),
        ]);
    });

    it("tells of a file that it may not read", function () {
        write("compose.yaml", `${WEB}    env_file: e.env\n`);
        write("e.env", "A=1\n");
        chmodSync(join(folder, "e.env"), 0);
        if (process.getuid?.() === 0) {
            console.log("      skipped: root may read every file");
            this.skip();
        }
        assert.deepEqual(problems(), ["DIR/compose.yaml:4:5 the env file DIR/e.env may not be read by this user"]);
    });

    it("tells of a folder and of a missing file where a Compose file is expected", () => {
        mkdirSync(join(folder, "compose.yaml"));
        assert.deepEqual(problems(), ["DIR/compose.yaml:1:1 the Compose file DIR/compose.yaml is a directory; name a file in it"]);
        rmSync(join(folder, "compose.yaml"), { recursive: true });
        assert.deepEqual(problems(), ["DIR/compose.yaml:1:1 the Compose file DIR/compose.yaml does not exist; name a file that exists"]);
    });
});
