import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { judgeFiles } from "../../cli/check/judge-files";
import { RULES } from "../../policies/catalogue";
import { SEVERITIES } from "../../policies/rule";

const CORPUS = join(__dirname, "../../../shared/corpus");

/** What files of real projects may be found to be; anything else is a fault of the judge. */
const ERRORS = [
    /^is not (?:YAML|JSON): /, /^services\.|^networks\.|^the env file|^volumes\.|^secrets\.|^configs\.|^include/, /cannot be judged: .* is not (?:a |true or false)/,
];

for (const set of ["k8s", "k8s-labelled", "compose"]) {
    const folder = join(CORPUS, set);
    describe(`real files: ${set}${existsSync(folder) ? "" : " (skipped: the corpus is not beside this checkout)"}`, function () {
        this.timeout(120_000);

        it("are all judged, each finding with its place and in a sentence", async function () {
            if (!existsSync(folder)) {
                this.skip();
            }
            const report = await judgeFiles([folder], {});
            assert.ok(report.checked.subjects > 200);
            assert.deepEqual(report.errors.filter(({ message }) => !ERRORS.some(known => known.test(message))), []);
            assert.deepEqual(report.findings.filter(({ line, column }) => line < 1 || column < 1), []);
            assert.deepEqual(report.findings.filter(({ message }) => /undefined|null|\[object|NaN|\n/.test(message)).map(({ message }) => message), []);
            const counts = RULES.map(({ id }) => [id, report.findings.filter(({ rule }) => rule === id).length] as const).filter(([, count]) => count > 0);
            const severities = SEVERITIES.map(severity => `${report.findings.filter(finding => finding.severity === severity).length} ${severity}`);
            console.log(`      ${report.checked.files} files, ${report.checked.subjects} subjects: ${severities.join(", ")}; ${report.errors.length} files or parts could not be judged; ${counts.length} rules fired`);
        });
    });
}
