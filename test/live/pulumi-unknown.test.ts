import assert from "node:assert/strict";
import * as path from "node:path";

import { type PulumiProject, pulumiLacks, pulumiProject } from "../support/pulumi-cli";

const POLICIES = path.resolve(__dirname, "../../policies");
const lacks = pulumiLacks();

describe(`values that a preview of the real CLI does not know${lacks === undefined ? "" : ` (skipped: ${lacks})`}`, function () {
    this.timeout(180_000);
    let project: PulumiProject | undefined;
    let output = "";

    before(function () {
        if (lacks !== undefined) {
            this.skip();
        }
        project = pulumiProject("unknown", path.join(__dirname, "pulumi-stack/unknown.ts"));
        const previewed = project.pulumi("preview", "--policy-pack", POLICIES);
        output = previewed.output;
        assert.notEqual(previewed.status, 0, output);
    });
    after(() => { project?.remove(); });

    /** Rules that spoke of a container at a level. */
    const of = (level: string, name: string): string[] => {
        const lines = [...output.matchAll(/\[(mandatory|advisory)\]\s+(?:\[severity: \w+\]\s+)?(\S+)\s+\((\S+): (\S+)\)/g)];
        return [...new Set(lines.filter(([, at, , , subject]) => at === level && subject === name).map(([, , rule]) => rule ?? ""))];
    };

    it("hide no known violation, which keeps its level", () => {
        const mandatory = of("mandatory", "known");
        for (const rule of ["privileged-container", "docker-socket-mounted", "root-user", "writable-root", "capabilities-not-dropped", "new-privileges-allowed", "no-memory-limit"]) {
            assert.ok(mandatory.includes(rule), `${rule} is not among ${mandatory.join(", ")}\n${output}`);
        }
    });

    it("leave nothing clean that may not be", () => {
        const said = [...of("advisory", "open"), ...of("mandatory", "open")];
        for (const rule of ["privileged-container", "root-user", "capability-added"]) {
            assert.ok(said.includes(rule), `${rule} is not among ${said.join(", ")}\n${output}`);
        }
        assert.match(output, /can't run policy 'privileged-container'.* container "open[^"]*": privileged is not known yet; it is judged again at update/);
    });
});
