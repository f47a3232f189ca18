import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { loadProject } from "../../infra/compose/load";
import { formatProblem, ProblemsError } from "../../infra/model/problem";
import { differences } from "../../infra/render/compare";
import { composeFiles, type RenderedProject } from "../../infra/render/compose-files";
import { loadSystem } from "../../infra/system/load";
import { prepare } from "../../infra/system/prepare";

const CORPUS = path.join(__dirname, "..", "..", "..", "shared", "corpus", "compose");
const ENVIRONMENT = { HOME: "/root", PATH: process.env["PATH"] ?? "" };
const isThere = fs.existsSync(CORPUS);
const compose = spawnSync("docker", ["compose", "version"]).status === 0;

/** Writes the rendered files without secrets' values; undefined where the application cannot be hardened as it is. */
function rendered(file: string, out: string): RenderedProject | undefined {
    try {
        const system = loadSystem(file, { environment: ENVIRONMENT });
        const { application } = prepare(system, { deploying: false });
        const place = { out, upstream: system.composeFiles, directory: application.directory, envFiles: [], seccompStrict: "{}" };
        const project = composeFiles(application, place, new Map());
        for (const { path: name, content } of project.files) {
            fs.mkdirSync(path.dirname(path.join(out, name)), { recursive: true });
            fs.writeFileSync(path.join(out, name), content);
        }
        return project;
    } catch (error) {
        assert.ok(error instanceof ProblemsError, `${file}: ${String(error)}`);
        return undefined;
    }
}

describe(`rendering the applications of the corpus${isThere ? "" : " (skipped: the corpus is not at hand)"}`, function () {
    this.timeout(120_000);
    let folder: string;
    const projects = new Map<string, RenderedProject>();

    before(function () {
        if (!isThere) {
            this.skip();
        }
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "corpus-"));
        const files = fs.readdirSync(CORPUS, { recursive: true, encoding: "utf8" }).filter(name => /compose[^/]*\.ya?ml$/.test(name)).sort();
        files.forEach((name, at) => {
            const project = rendered(path.join(CORPUS, name), path.join(folder, String(at)));
            if (project !== undefined) {
                projects.set(path.join(folder, String(at)), project);
            }
        });
        console.log(`      ${projects.size} of ${files.length} files are hardened with nothing declared`);
        assert.ok(projects.size > 0);
    });
    after(() => {
        if (isThere) {
            fs.rmSync(folder, { recursive: true });
        }
    });

    it("gives files that mean what was hardened", () => {
        const differing = [...projects].flatMap(([out, { expected }]) =>
            differences(expected, loadProject({ files: [path.join(out, "compose.yaml")], environment: ENVIRONMENT }).project).map(formatProblem));
        assert.deepEqual(differing, []);
    });

    it(`gives files that mean the same to Docker Compose${compose ? "" : " (skipped: no docker compose)"}`, function () {
        if (!compose) {
            this.skip();
        }
        const differing = [...projects].flatMap(([out, { expected }]) => {
            const { status, stdout, stderr } = spawnSync("docker", ["compose", "config", "--format", "json"], { cwd: out, encoding: "utf8", env: { ...process.env, ...ENVIRONMENT } });
            return status === 0 ? differences(expected, JSON.parse(stdout.replaceAll("$$", "$")) as Record<string, unknown>).map(formatProblem) : [stderr];
        });
        assert.deepEqual(differing, []);
    });
});
