import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

describe("portcullis config", function () {
    this.timeout(60_000);
    let folder = "";
    before(() => {
        folder = realpathSync(mkdtempSync(join(tmpdir(), "cli-config-")));
        mkdirSync(join(folder, "shop"));
        writeFileSync(join(folder, "shop", "compose.yaml"), "services:\n  web:\n    image: nginx:${TAG}\n    command: echo $$HOME\n  tool: {image: t, profiles: [dev]}\n");
        writeFileSync(join(folder, "shop", ".env"), "TAG=1\n");
        writeFileSync(join(folder, "other.env"), "TAG=2\n");
        writeFileSync(join(folder, "bad.yaml"), "services:\n  web:\n    imag: a\n    ports: [x]\n");
    });
    after(() => { rmSync(folder, { recursive: true, force: true }); });

    function run(...words: string[]): { status: number | null; stdout: string; stderr: string } {
        const { status, stdout, stderr } = spawnSync(process.execPath, [join(__dirname, "../../cli/bin.cjs"), "config", ...words],
            { cwd: folder, encoding: "utf8", env: { PATH: process.env["PATH"], HOME: folder } });
        return { status, stdout, stderr };
    }

    it("prints YAML that can be loaded again, each dollar doubled", () => {
        assert.deepEqual(run("shop/compose.yaml"), { status: 0, stderr: "", stdout: "name: shop\nservices:\n  web:\n    command:\n      - echo\n      - $$HOME\n    image: nginx:1\n    networks:\n      default: null\nnetworks:\n  default:\n    name: shop_default\n" });
    });

    it("prints JSON, with profiles, env files and a project directory", () => {
        const { status, stdout } = run("shop/compose.yaml", "--format", "json", "--profile", "dev", "--env-file", "other.env", "--project-directory", ".", "-p", "given");
        const project = JSON.parse(stdout) as { name: string; services: Record<string, { image: string }> };
        assert.equal(status, 0);
        assert.deepEqual([project.name, project.services["web"]?.image, Object.keys(project.services)], ["given", "nginx:2", ["tool", "web"]]);
    });

    it("finds the files of a folder", () => {
        assert.match(run("--project-directory", "shop").stdout, /^name: shop$/m);
    });

    it("tells of problems, one a line, on standard error, prints nothing and ends with 2", () => {
        const { status, stdout, stderr } = run("bad.yaml");
        assert.deepEqual([status, stdout], [2, ""]);
        assert.match(stderr, /^bad\.yaml:3:5 services\.web\.imag is not a key of the Compose specification; [^\n]+\n$/);
        assert.equal(run("none.yaml").status, 2);
        assert.equal(run("shop/compose.yaml", "--format", "xml").status, 2);
        assert.equal(run("--nonsense").status, 2);
    });
});
