import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";

import { loadProject } from "../../infra/compose/load";
import { printProject } from "../../infra/compose/print/print";
import { toApplication } from "../../infra/compose/translate/application";
import { ProblemsError, formatProblem } from "../../infra/model/problem";
import { type Mutation, PIECES, mutate } from "../support/mutate";
import { buildOracle } from "../support/compose-oracle";
import { type Comparison, compareAll, composeFilesIn, countOutcomes } from "./compare";
import { PROJECT_CASES } from "./project-cases";
import { SERVICE_CASES } from "./service-cases";

const CORPUS = join(__dirname, "../../../shared/corpus/compose");
const RUNS = Number(process.env["PORTCULLIS_FUZZ_RUNS"] ?? 1500);
const ENVIRONMENT = { HOME: "/home/nobody" };

const mutation: fc.Arbitrary<Mutation> = fc.record({
    kind: fc.constantFrom("delete", "insert", "swap", "duplicate", "indent", "cut", "replace"),
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), size: fc.integer({ min: 1, max: 12 }), text: fc.constantFrom(...PIECES),
});

describe("the loader on broken input", function () {
    this.timeout(600_000);
    let folder = "";
    before(() => { folder = realpathSync(mkdtempSync(join(tmpdir(), "compose-fuzz-"))); });
    after(() => { rmSync(folder, { recursive: true, force: true }); });

    it(`makes a project or problems with places of ${RUNS} mutated files, each within two seconds`, () => {
        const bases = baseTexts();
        const file = join(folder, "compose.yaml");
        fc.assert(fc.property(fc.constantFrom(...bases), fc.array(mutation, { minLength: 1, maxLength: 4 }), (base, mutations) => {
            writeFileSync(file, mutations.reduce(mutate, base));
            const start = performance.now();
            checkAnswer(file);
            const took = performance.now() - start;
            assert.ok(took < 2000, `took ${took} ms`);
        }), { numRuns: RUNS });
    });

    it("refuses what the specification's own loader refuses, and makes the same of the rest, for 1200 files mutated once", async function () {
        const oracle = buildOracle();
        if ("reason" in oracle) {
            console.log(`      skipped: ${oracle.reason}`);
            this.skip();
        }
        const texts = fc.sample(fc.tuple(fc.constantFrom(...goodTexts(join(folder, "compose.yaml"))), mutation), { numRuns: 1200, seed: 20261121 })
            .map(([base, change]) => mutate(base, change))
            // go-yaml breaks lines at this character as YAML 1.1 did, js-yaml does not as YAML 1.2 says.
            .filter(text => !text.includes("\u2028"));
        const requests = texts.map((text, at) => {
            const file = join(folder, `${at}.yaml`);
            writeFileSync(file, text);
            return { files: [file], directory: folder, profiles: ["*"], environment: ENVIRONMENT };
        });
        const comparisons: Comparison[] = await compareAll((oracle as { binary: string }).binary, requests);
        console.table(countOutcomes(comparisons));
        const agreed = comparisons.filter(({ outcome }) => outcome === "same project" || outcome === "both refuse").length;
        assert.deepEqual(comparisons.filter(({ outcome }) => outcome === "crash" || outcome === "different project").map(({ request, detail }) => `${request.files.join()}: ${detail}`), []);
        assert.ok(agreed / comparisons.length > 0.995, `${agreed} of ${comparisons.length}`);
    });
});

function baseTexts(): string[] {
    const own = [...SERVICE_CASES, ...PROJECT_CASES].map(({ files }) => files["compose.yaml"] ?? "").filter(text => text !== "");
    const corpus = existsSync(CORPUS) ? composeFilesIn(CORPUS).map(file => readFileSync(file, "utf8")).filter(text => text.length < 30_000) : [];
    if (corpus.length === 0) {
        console.log(`      ${CORPUS} is not there: only the project's own cases are mutated`);
    }
    return [...own, ...corpus];
}

/** Those that load by themselves: a change to another is hidden by what is wrong already. */
function goodTexts(file: string): string[] {
    return baseTexts().filter(text => {
        writeFileSync(file, text);
        try {
            loadProject({ files: [file], profiles: ["*"], environment: ENVIRONMENT });
            return true;
        } catch {
            return false;
        }
    });
}

/** A project that can be translated and printed, or problems with a place and one line each. */
function checkAnswer(file: string): void {
    try {
        const loaded = loadProject({ files: [file], profiles: ["*"], environment: ENVIRONMENT, secretVariable: name => /PASS|KEY/.test(name) });
        toApplication(loaded);
        printProject(loaded, "yaml");
    } catch (error) {
        assert.ok(error instanceof ProblemsError, error instanceof Error ? error.stack : String(error));
        assert.ok(error.problems.length > 0);
        for (const problem of error.problems) {
            assert.match(formatProblem(problem), /^[^\n]+:\d+:\d+ [^\n]+$/);
        }
    }
}
