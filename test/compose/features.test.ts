import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { type OracleRequest, buildOracle } from "../support/compose-oracle";
import { compareAll, countOutcomes, disagreements } from "./compare";
import { type FeatureCase, SMALL_CASES } from "./feature-cases";
import { PROJECT_CASES } from "./project-cases";
import { SERVICE_CASES } from "./service-cases";

describe("the loader against the specification's own, construct by construct", function () {
    this.timeout(300_000);
    let folder = "";
    before(() => { folder = realpathSync(mkdtempSync(join(tmpdir(), "compose-features-"))); });
    after(() => { rmSync(folder, { recursive: true, force: true }); });

    for (const [what, cases] of [["values", SMALL_CASES], ["keys of a service", SERVICE_CASES], ["whole projects", PROJECT_CASES]] as const) {
        it(`agrees on ${cases.length} cases of ${what}`, async function () {
            const oracle = buildOracle();
            if ("reason" in oracle) {
                console.log(`      skipped: ${oracle.reason}`);
                this.skip();
            }
            const requests = cases.map((entry, at) => writeCase(entry, join(folder, what.replaceAll(" ", "-"), String(at), "project")));
            const comparisons = await compareAll((oracle as { binary: string }).binary, requests);
            console.table(countOutcomes(comparisons));
            const names = new Map(requests.map((request, at) => [request.directory, cases[at]?.name ?? ""]));
            assert.deepEqual(disagreements(comparisons).map(line => line.replace(/^(\S+\/project)\S*/, found =>
                `${names.get(/^(\S+\/project)/.exec(found)?.[1] ?? "") ?? ""}:`)), []);
        });
    }
});

function writeCase(entry: FeatureCase, directory: string): OracleRequest {
    for (const [name, content] of Object.entries(entry.files)) {
        const file = join(directory, name);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, content);
    }
    return {
        directory, files: (entry.load ?? ["compose.yaml"]).map(file => join(directory, file)),
        environment: { HOME: "/home/nobody", PWD: directory, ...entry.environment }, yaml: entry.jsonOnly !== true,
        ...entry.profiles === undefined ? {} : { profiles: entry.profiles },
        ...entry.envFiles === undefined ? {} : { envFiles: entry.envFiles.map(file => join(directory, file)) },
        ...entry.projectDirectory === undefined ? {} : { projectDirectory: join(directory, entry.projectDirectory) },
        ...entry.projectName === undefined ? {} : { projectName: entry.projectName },
    };
}
