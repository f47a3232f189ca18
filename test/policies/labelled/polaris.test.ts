import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { CORE_SCHEMA, loadAll, mergeTag } from "js-yaml";

import { RULES } from "../../../policies/catalogue";
import { judgeDocuments } from "../../../policies/sources";

const CHECKS = join(__dirname, "../../../../shared/corpus/k8s-labelled/FairwindsOps__polaris/test/checks");

/** Polaris' checks of resources, availability and images, and the rule that asks the same. */
const RULE_OF: Readonly<Record<string, string>> = {
    cpuLimitsMissing: "no-cpu-limit", cpuRequestsMissing: "no-cpu-request", memoryLimitsMissing: "no-memory-limit", memoryRequestsMissing: "no-memory-request",
    deploymentMissingReplicas: "single-replica", hpaMaxAvailability: "autoscaler-without-room", hpaMinAvailability: "single-replica",
    livenessProbeMissing: "no-liveness-probe", readinessProbeMissing: "no-readiness-probe",
    missingPodDisruptionBudget: "no-disruption-budget", pdbDisruptionsIsZero: "disruption-budget-blocks-drains", pdbMinAvailableGreaterThanHPAMinReplicas: "disruption-budget-blocks-drains",
    priorityClassNotSet: "no-priority-class", topologySpreadConstraint: "not-spread-over-nodes",
    pullPolicyNotAlways: "cached-image-taken", tagNotSpecified: "latest-tag",
};

const ONE = "one replica cannot be spread";
const BLOCKED = "as many must stay as there are, so that none can be evicted";
const LATEST = "without a tag the pull policy is Always, said or not";

/** Files that are judged otherwise here, and why. */
const DISPUTED: Readonly<Record<string, string>> = {
    "pdbMinAvailableGreaterThanHPAMinReplicas/success.equals.yaml": BLOCKED,
    "pdbMinAvailableGreaterThanHPAMinReplicas/success.hpa-no-match.yaml": BLOCKED,
    "pdbMinAvailableGreaterThanHPAMinReplicas/success.no-hpa.yaml": BLOCKED,
    "pdbMinAvailableGreaterThanHPAMinReplicas/success.no-min-replicas.yaml": BLOCKED,
    "topologySpreadConstraint/failure.empty.yaml": ONE,
    "topologySpreadConstraint/failure.nospreadconstraint.yaml": ONE,
    "pullPolicyNotAlways/failure.cron-job.yaml": LATEST,
    "pullPolicyNotAlways/failure.yaml": LATEST,
};

function isFound(file: string, rule: string): boolean {
    const roots = loadAll(readFileSync(file, "utf8"), { schema: CORE_SCHEMA.withTags(mergeTag) }).filter(root => typeof root === "object" && root !== null);
    const report = judgeDocuments(roots.map((root, document) => ({ path: file, document, root })), { rules: RULES.filter(({ id }) => id === rule) });
    assert.deepEqual(report.errors, []);
    return report.findings.length > 0;
}

describe("files that Polaris ships for its own checks", () => {
    it("are judged as it labels them, but for those that are disputed", function () {
        if (!existsSync(CHECKS)) {
            console.log("      skipped: Polaris' files are not beside the project");
            this.skip();
        }
        const files = Object.entries(RULE_OF).flatMap(([check, rule]) => readdirSync(join(CHECKS, check))
            .filter(name => /^(?:failure|success)/.test(name)).map(name => ({ name: `${check}/${name}`, bad: name.startsWith("failure"), rule })));
        const differing = files.filter(({ name, bad, rule }) => isFound(join(CHECKS, name), rule) !== bad).map(({ name }) => name);
        console.log(`      ${files.length} files, ${files.length - differing.length} judged as they are labelled`);
        assert.deepEqual(differing.sort(), Object.keys(DISPUTED).sort());
        assert.ok(files.length > 60);
    });
});
