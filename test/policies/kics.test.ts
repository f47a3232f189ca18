import assert from "node:assert/strict";

import { KICS_DIFFERENCES } from "../../bench/compose-peers/differences";
import { kicsCases, kicsQueries } from "../../bench/compose-peers/kics";
import { KICS, KICS_DOCKERFILE } from "../../bench/compose-peers/rules";

for (const [platform, mapping, least] of [["dockerCompose", KICS, 110], ["dockerfile", KICS_DOCKERFILE, 280]] as const) {
    describe(`cases that KICS ships: ${platform}`, function () {
        this.timeout(60_000);

        it("are judged as it judges them, save those that are listed with a reason", async function () {
            const queries = kicsQueries(platform);
            if (queries === undefined) {
                this.skip();
            }
            const cases = await kicsCases(queries, mapping);
            const differing = cases.filter(({ positive, findings }) => positive !== findings.length > 0).map(({ query, file }) => `${query}/${file}`);
            assert.deepEqual(differing.filter(name => KICS_DIFFERENCES[name] === undefined), []);
            assert.ok(cases.length >= least, `only ${cases.length} cases were found`);
            console.log(`      ${cases.length - differing.length} of ${cases.length} are judged alike, ${differing.length} differ with a reason`);
        });
    });
}
