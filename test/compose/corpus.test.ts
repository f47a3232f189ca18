import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

import { buildOracle } from "../support/compose-oracle";
import { type Comparison, compareAll, composeFilesIn, countOutcomes, disagreements } from "./compare";

const CORPUS = join(__dirname, "../../../shared/corpus/compose");

describe("the loader against the specification's own, on real Compose files", function () {
    this.timeout(600_000);

    it("makes the same canonical project of every file of the corpus, or refuses what it refuses", async function () {
        const comparisons = await compareCorpus(this);
        console.table(countOutcomes(comparisons));
        assert.deepEqual(disagreements(comparisons), []);
        assert.ok(comparisons.filter(({ outcome }) => outcome === "same project").length > 200);
    });

    it("prints them as the same YAML, letter by letter", async function () {
        const comparisons = await compareCorpus(this, true);
        assert.deepEqual(disagreements(comparisons), []);
    });

    it("loads each of them in less than two seconds", async function () {
        const slow = (await compareCorpus(this)).filter(({ milliseconds }) => milliseconds > 2000);
        assert.deepEqual(slow.map(({ request }) => request.files), []);
    });
});

async function compareCorpus(test: Mocha.Context, yaml = false): Promise<Comparison[]> {
    const oracle = buildOracle();
    if (!existsSync(CORPUS) || "reason" in oracle) {
        console.log(`      skipped: ${"reason" in oracle ? oracle.reason : `${CORPUS} is not there`}`);
        test.skip();
    }
    return compareAll((oracle as { binary: string }).binary, composeFilesIn(CORPUS).flatMap(file => [[], ["*"]].map(profiles => ({
        files: [file], directory: dirname(file), profiles, yaml, environment: { HOME: "/home/nobody", PWD: dirname(file) },
    }))));
}
