import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { CORE_SCHEMA, loadAll, mergeTag } from "js-yaml";

import { RULES } from "../../../policies/catalogue";
import { judgeDocuments } from "../../../policies/sources";
import type { Finding } from "../../../policies/report/report";
import type { Settings } from "../../../policies/rule";

const LABELLED = join(__dirname, "../../../../shared/corpus/k8s-labelled");
const POLARIS = join(LABELLED, "FairwindsOps__polaris/test/checks");
const LINTER = join(LABELLED, "stackrox__kube-linter/tests/checks");

function findings(file: string, rules: readonly string[], settings?: Readonly<Record<string, Settings>>): readonly Finding[] {
    const roots = loadAll(readFileSync(file, "utf8"), { schema: CORE_SCHEMA.withTags(mergeTag) }).filter(root => typeof root === "object" && root !== null);
    const report = judgeDocuments(roots.map((root, document) => ({ path: file, document, root })), { rules: RULES.filter(({ id }) => rules.includes(id)), settings });
    assert.deepEqual(report.errors, []);
    return report.findings;
}

const RULES_OF: Readonly<Record<string, readonly string[]>> = {
    hostNetworkSet: ["host-network"], hostPortSet: ["host-port"], missingNetworkPolicy: ["no-default-deny"], tlsSettingsMissing: ["ingress-without-tls"],
};
const DENIES = "a policy of both types without rules allows nothing, which is what it is for";
const DISPUTED: Readonly<Record<string, string>> = {
    "missingNetworkPolicy/failure.netpol_missing_egress_rules.yaml": DENIES,
    "missingNetworkPolicy/failure.netpol_missing_ingress_rules.yaml": DENIES,
};

/** Files of kube-linter, the rules that ask the same, and whom they must find: what is labelled `dont-fire` and the like is not among them. */
const LINTED: readonly { readonly file: string; readonly rules: readonly string[]; readonly names: readonly string[]; readonly settings?: Readonly<Record<string, Settings>> }[] = [
    { file: "dangling-ingress.yml", rules: ["route-without-service"], names: ["bad-port", "missing-service"] },
    { file: "dangling-networkpolicy.yml", rules: ["policy-selects-nothing"], settings: { "policy-selects-nothing": { complete: true } }, names: ["app"] },
    { file: "dangling-networkpolicypeer-podselector.yml", rules: ["policy-selects-nothing"], settings: { "policy-selects-nothing": { complete: true } }, names: ["app"] },
    { file: "dangling-service.yml", rules: ["service-selects-nothing"], names: ["app1", "app2"] },
    { file: "dangling-servicemonitor.yml", rules: ["service-selects-nothing"], names: ["app1", "app2"] },
    { file: "non-isolated-pod.yml", rules: ["no-network-policy"], names: ["app1", "app2"] },
    { file: "privileged-ports.yml", rules: ["privileged-container-port"], names: ["app1", "app2"] },
    { file: "exposed-services.yml", rules: ["node-port-service", "load-balancer-service"], names: ["app"] },
    { file: "host-network.yml", rules: ["host-network"], names: ["app"] },
];

describe("files about networks that other tools ship for their own checks", () => {
    it("of Polaris are judged as it labels them, but for those that are disputed", function () {
        if (!existsSync(POLARIS)) {
            console.log("      skipped: Polaris' files are not beside the project");
            this.skip();
        }
        const files = Object.entries(RULES_OF).flatMap(([check, rules]) => readdirSync(join(POLARIS, check)).filter(name => /^(?:failure|success)/.test(name))
            .map(name => ({ name: `${check}/${name}`, bad: name.startsWith("failure"), rules })));
        const differing = files.filter(({ name, bad, rules }) => findings(join(POLARIS, name), rules).length > 0 !== bad).map(({ name }) => name);
        console.log(`      ${files.length} files, ${files.length - differing.length} judged as they are labelled`);
        assert.deepEqual(differing.sort(), Object.keys(DISPUTED).sort());
        assert.ok(files.length >= 12);
    });

    for (const { file, rules, names, settings } of LINTED) {
        it(`of kube-linter, ${file}: ${rules.join(", ")} find ${names.join(", ")}`, function () {
            if (!existsSync(join(LINTER, file))) {
                console.log("      skipped: kube-linter's files are not beside the project");
                this.skip();
            }
            assert.deepEqual([...new Set(findings(join(LINTER, file), rules, settings).map(({ subject }) => subject.name))].sort(), names);
        });
    }
});
