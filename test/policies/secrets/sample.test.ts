import assert from "node:assert/strict";

import { labelledSample, qualityOf } from "../../../bench/secrets/labels";

describe("secrets among the values of public projects", () => {
    const sample = labelledSample();

    it("are a sample of some size, drawn more than once", () => {
        assert.ok(sample.length >= 1_000 && sample.filter(({ secret }) => secret).length >= 300);
        assert.deepEqual([...new Set(sample.map(({ draw }) => draw))], [1, 2, 3, 4, 5, 6, 7]);
    });

    for (const number of [1, 2, 3, 4, 5, 6, 7]) {
        it(`are told from other values: draw ${number}`, () => {
            const { precision, recall, missed, false: wrong } = qualityOf(sample.filter(({ draw }) => draw === number));
            const worst = JSON.stringify([...missed, ...wrong].map(({ name, value }) => [name, value]));
            assert.ok(precision > 0.97 && recall > 0.97, `precision ${precision}, recall ${recall}: ${worst}`);
        });
    }
});
