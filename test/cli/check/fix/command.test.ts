import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { readExactly, replaceFile } from "../../../../cli/check/fix/files";
import { inFolder } from "../../../support/fixing";

const BIN = join(__dirname, "../../../../cli/bin.cjs");
const COMPOSE = "# ours\nservices:\n  api:   # the API\n    image: api:1.0\n    privileged: true\n";

function check(folder: string, ...words: readonly string[]): { status: number | null; stdout: string; stderr: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, "check", ...words], { cwd: folder, encoding: "utf8" });
    return { status, stdout, stderr: stderr.split("\n").filter(line => !line.startsWith("npm ")).join("\n") };
}

describe("portcullis check --fix", function () {
    this.timeout(120_000);

    it("prints what would change, as a difference that patch takes, and changes nothing", async () => {
        await inFolder({ "compose.yaml": COMPOSE }, folder => {
            const { status, stdout, stderr } = check(folder, "compose.yaml", "--fix", "--diff");
            assert.equal(status, 1);
            assert.equal(readFileSync(join(folder, "compose.yaml"), "utf8"), COMPOSE);
            assert.match(stderr, /^compose\.yaml: would mend new-privileges-allowed, unbounded-logs\n--fix=all, or --rules, mends more that an application may need: .*privileged-container/);
            writeFileSync(join(folder, "change.patch"), stdout);
            execFileSync("patch", ["-s", "-p0", "-i", "change.patch"], { cwd: folder });
            const patched = readFileSync(join(folder, "compose.yaml"), "utf8");
            writeFileSync(join(folder, "compose.yaml"), COMPOSE);
            check(folder, "compose.yaml", "--fix");
            assert.equal(readFileSync(join(folder, "compose.yaml"), "utf8"), patched);
            assert.equal(check(folder, "compose.yaml", "--fix", "--dry-run").stdout, "");
            return Promise.resolve();
        });
    });

    it("mends what is safe, all that can be, or what rules that are named found", async () => {
        await inFolder({ "compose.yaml": COMPOSE }, folder => {
            const file = join(folder, "compose.yaml");
            const safe = check(folder, file, "--fix");
            assert.equal(safe.status, 1);
            assert.match(readFileSync(file, "utf8"), /privileged: true\n {4}security_opt:\n {6}- no-new-privileges:true\n/);
            assert.doesNotMatch(safe.stdout, /new-privileges-allowed/);
            check(folder, file, "--fix", "--rules", "privileged-container,writable-root");
            assert.match(readFileSync(file, "utf8"), /privileged: false\n/);
            assert.match(readFileSync(file, "utf8"), /read_only: true\n/);
            assert.doesNotMatch(readFileSync(file, "utf8"), /cap_drop/);
            check(folder, file, "--fix=all");
            assert.match(readFileSync(file, "utf8"), /^# ours\nservices:\n {2}api: {3}# the API\n[^]*cap_drop:\n {6}- ALL\n/);
            return Promise.resolve();
        });
    });

    it("keeps the file's mode, writes through a link, leaves nothing beside it, and the report's format", async () => {
        await inFolder({ "real/compose.yaml": COMPOSE }, folder => {
            const file = join(folder, "real/compose.yaml");
            chmodSync(file, 0o640);
            symlinkSync(file, join(folder, "link.yaml"));
            const { stdout } = check(folder, "link.yaml", "--fix=all", "--format", "json");
            assert.ok(Array.isArray((JSON.parse(stdout) as { findings: unknown }).findings));
            assert.equal(statSync(file).mode & 0o777, 0o640);
            assert.match(readFileSync(file, "utf8"), /privileged: false/);
            assert.deepEqual(readdirSync(join(folder, "real")), ["compose.yaml"]);
            assert.deepEqual(readdirSync(folder).sort(), ["link.yaml", "real"]);
            return Promise.resolve();
        });
    });

    it("writes nothing over what somebody else wrote meanwhile, and nothing half", async () => {
        await inFolder({ "a.yaml": "a: 1\n" }, folder => {
            const file = join(folder, "a.yaml");
            assert.throws(() => { replaceFile(file, "a: 2\n", "a: 3\n"); }, /was changed by somebody else meanwhile/);
            writeFileSync(join(folder, `.a.yaml.${process.pid}.new`), "in the way");
            assert.throws(() => { replaceFile(file, "a: 1\n", "a: 3\n"); });
            assert.equal(readFileSync(file, "utf8"), "a: 1\n");
            replaceFile(file, "a: 1\n", "a: 3\n");
            assert.equal(readFileSync(file, "utf8"), "a: 3\n");
            writeFileSync(file, Buffer.from([0xff, 0xfe, 0x61, 0]));
            assert.throws(() => readExactly(file), /is not text in UTF-8, and is left as it is/);
            return Promise.resolve();
        });
    });

    it("says what it leaves and why, and does not touch what is exempt", async () => {
        const files = {
            "compose.yaml": "services:\n  api:\n    image: api:1.0\n    privileged: ${PRIVILEGED:-true}\n  other:\n    image: api:1.0\n    privileged: true\n",
            "exempt.yaml": "exemptions:\n  - {rule: privileged-container, service: other, reason: builds images, owner: us, expires: \"2999-01-01\"}\n",
        };
        await inFolder(files, folder => {
            const { stderr } = check(folder, "compose.yaml", "--fix", "--rules", "privileged-container", "--exemptions", "exempt.yaml");
            assert.match(stderr, /^compose\.yaml:4 privileged-container left as it is: service "api" is privileged: its value comes from a variable: change it where the variable is set$/m);
            assert.equal(readFileSync(join(folder, "compose.yaml"), "utf8"), files["compose.yaml"]);
            return Promise.resolve();
        });
    });

    it("refuses words that do not go together", async () => {
        await inFolder({ "compose.yaml": COMPOSE }, folder => {
            for (const [words, message] of [
                [["--diff"], /--diff goes with --fix/], [["--rules", "root-user"], /--rules goes with --fix/], [["--fix=most"], /--fix=most is not known; write --fix or --fix=all/],
                [["--fix", "--rules", "nothing"], /--rules nothing is no rule/], [["--fix", "--rules", "unpinned-image"], /--rules unpinned-image is a rule that judges only/],
            ] as const) {
                const { status, stderr } = check(folder, "compose.yaml", ...words);
                assert.equal(status, 2);
                assert.match(stderr, message);
            }
            return Promise.resolve();
        });
    });
});
