import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { readExemptions } from "../../../cli/check/exemptions";
import { judgeFiles } from "../../../cli/check/judge-files";
import { runRender } from "../../../cli/commands/render";
import { UsageError } from "../../../cli/usage";
import { ProblemsError } from "../../../infra/model/problem";
import { STANDARD_RULES } from "../../../policies/catalogue";

const COMPOSE = "services:\n  cache:\n    image: valkey/valkey:8\n    command: [\"redis-server\", \"--requirepass\", \"example-of-the-authors\"]\n    ports: [\"6379:6379\"]\n";
const DECLARED = "exposure: local\nservices:\n  cache:\n    user: \"USER\"\n";

describe("portcullis render", () => {
    let folder: string;
    let printed: string;
    const write = process.stdout.write.bind(process.stdout);
    const writeError = process.stderr.write.bind(process.stderr);

    beforeEach(() => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "render-"));
        fs.writeFileSync(path.join(folder, "docker-compose.yml"), COMPOSE);
        // Everything belongs to whoever runs the tests, so that they need not be root.
        fs.writeFileSync(path.join(folder, "hardening.yaml"), DECLARED.replace("USER", `${process.getuid?.() === 0 ? 999 : process.getuid?.() ?? 999}`));
        printed = "";
    });
    afterEach(() => {
        fs.rmSync(folder, { recursive: true });
    });

    /** Runs the command and keeps what it prints. */
    const render = async (...words: string[]): Promise<number> => {
        const capture = (text: string | Uint8Array): boolean => { printed += String(text); return true; };
        process.stdout.write = capture;
        process.stderr.write = capture;
        try {
            return await runRender(words);
        } finally {
            process.stdout.write = write;
            process.stderr.write = writeError;
        }
    };
    const out = (): string => path.join(folder, "out");
    const system = (...words: string[]): Promise<number> => render("--target", "docker", "--system", folder, "--out", out(), ...words);
    const secrets = (): string[] => fs.readdirSync(path.join(out(), "secrets"), { recursive: true, encoding: "utf8" }).sort()
        .map(name => path.join(out(), "secrets", name)).filter(file => fs.statSync(file).isFile()).map(file => fs.readFileSync(file, "utf8"));

    it("writes the files, says what is not ready for production, and no secret", async () => {
        assert.equal(await system(), 0);
        assert.deepEqual(fs.readdirSync(out()).sort(), [".gitignore", ".rendered.json", "compose.yaml", "exemptions.yaml", "hardened.override.yaml", "secrets"]);
        assert.match(printed, /before production: .*services\.cache\.image is not pinned by digest \(valkey\/valkey:8\)/);
        assert.deepEqual(secrets().filter(value => printed.includes(value)), []);
        assert.equal(fs.readFileSync(path.join(folder, "docker-compose.yml"), "utf8"), COMPOSE);
    });

    it("answers for what it opens with a reason, and for nothing else, in a file that check takes", async () => {
        fs.writeFileSync(path.join(folder, "docker-compose.yml"), `${COMPOSE}    volumes: ["data:/kept"]\nvolumes:\n  data: {}\n`);
        assert.equal(await system(), 0);
        const file = path.join(out(), "exemptions.yaml");
        const inNinetyDays = new Date(Date.now() + 90 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
        const exemptions = readExemptions(file);
        const reason = "the engine makes the root of a volume root's: data";
        assert.deepEqual(exemptions.map(({ rule, service, reason: given, expires }) => [rule, service, given, expires]).sort(), [
            ["capability-added", "volume-owner", reason, inNinetyDays],
            ["network-not-internal", "published-cache", "the exposure is local", inNinetyDays],
            ["root-user", "volume-owner", reason, inNinetyDays],
        ]);
        const judged = await judgeFiles([path.join(out(), "compose.yaml")], { rules: STANDARD_RULES, exemptions });
        assert.deepEqual(judged.findings.filter(({ rule }) => rule !== "unpinned-image"), []);
        assert.equal(judged.exempted.length, 3);
        assert.ok(judged.findings.length > 0);
    });

    it("keeps the secrets that it finds", async () => {
        await system();
        const before = secrets();
        await system();
        assert.deepEqual(secrets(), before);
    });

    it("writes nothing for a named stack that refuses what it would write", async () => {
        await assert.rejects(system("--stack", "prod"), (error: unknown) =>
            error instanceof ProblemsError && /services\.cache\.image is not pinned by digest/.test(error.message));
        assert.equal(fs.existsSync(out()), false);
    });

    it("takes what nobody can generate from a variable, and refuses its absence and the authors' example", async () => {
        fs.appendFileSync(path.join(folder, "hardening.yaml"), "secrets: { values: { REQUIREPASS: { given: true } } }\n");
        const given = (value: string | undefined): void => {
            if (value === undefined) {
                delete process.env["REQUIREPASS"];
            } else {
                process.env["REQUIREPASS"] = value;
            }
        };
        try {
            given(undefined);
            await assert.rejects(system(), { message: "secret REQUIREPASS has no value; set the variable REQUIREPASS for this command" });
            given("CHANGE_ME");
            await assert.rejects(system(), { message: "secret REQUIREPASS is a well-known default; set the variable REQUIREPASS for this command" });
            assert.equal(fs.existsSync(out()), false);
            given("a-value-that-nobody-guesses");
            assert.equal(await system(), 0);
            assert.equal(fs.readFileSync(path.join(out(), "secrets", "cache", "REQUIREPASS"), "utf8"), "a-value-that-nobody-guesses");
        } finally {
            given(undefined);
        }
    });

    it("refuses the system's own folder, which is not a rendering's to replace", async () => {
        await assert.rejects(render("--target", "docker", "--system", folder, "--out", folder), /--out holds what no rendering wrote/);
    });

    it("writes nothing for a Compose file with a problem", async () => {
        fs.appendFileSync(path.join(folder, "docker-compose.yml"), "    priviledged: true\n");
        await assert.rejects(system(), /docker-compose\.yml:\d+:\d+ services\.cache/);
        assert.equal(fs.existsSync(out()), false);
    });

    it("asks for what it needs, and knows its targets", async () => {
        await assert.rejects(render("--target", "docker"), (error: unknown) => error instanceof UsageError && error.message.startsWith("portcullis: render needs --target and --out\n"));
        await assert.rejects(render("--target", "swarm", "--out", out()), (error: unknown) => error instanceof UsageError && /--target "swarm" is not known/.test(error.message));
        await assert.rejects(render("--target", "docker", "--out", out(), "--wat"), UsageError);
        assert.equal(await render("--help"), 0);
        assert.match(printed, /^usage: portcullis render --target docker --out DIR/);
    });
});
