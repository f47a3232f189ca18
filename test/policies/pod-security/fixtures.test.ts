import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { load } from "js-yaml";

import { runCheck } from "../../../cli/commands/check";
import { POD_CHECKS } from "../../../policies/pod-security";
import { ruleOf } from "../../../policies/pod-security/check";
import { NEWEST } from "../../../policies/pod-security/versions";
import { distinctFixtures, fixtureCase, rearranged } from "../../support/pod-security/cases";
import { compare, comparison, saidByKubernetes, saidByUs } from "../../support/pod-security/compare";
import { KINDS } from "../../support/pod-security/kinds";
import { findOracle, libraryCatalogue } from "../../support/pod-security/oracle";
import type { Case, Comparison, Said } from "../../support/pod-security/compare";
import type { Template } from "../../support/pod-security/kinds";
import type { Oracle } from "../../support/pod-security/oracle";
import type { Report } from "../../../policies/report/report";

/** Pods on which versions differ, where no fixture tells. */
const TELLING = [
    { os: { name: "windows" }, containers: [{ name: "c" }] },
    { hostUsers: false, containers: [{ name: "c", securityContext: { runAsUser: 0, procMount: "Unmasked" } }] },
    { containers: [{ name: "c", securityContext: { seLinuxOptions: { type: "container_engine_t" } } }] },
].map(spec => ({ apiVersion: "v1", kind: "Pod", metadata: { name: "p" }, spec }));

/** Every check as it must not be: not there, or without one of its revisions. */
const SPOILT = POD_CHECKS.flatMap(check => [
    { title: `no ${check.check}`, version: "v1.37", id: check.id, spoilt: [] },
    ...check.revisions.map(revision => ({
        title: `${check.check} as before v1.${revision.since}`, version: `v1.${revision.since}`, id: check.id,
        spoilt: [ruleOf({ ...check, revisions: check.revisions.filter(one => one !== revision) })],
    })),
]);

describe("Pod Security Standards: what Kubernetes tests its own checks with", function () {
    this.timeout(600_000);
    let oracle: Oracle;

    before(function () {
        const found = findOracle();
        if (typeof found === "string") {
            console.log(`      skipped: ${found}`);
            this.skip();
        }
        oracle = found;
    });

    const agreed = ({ cases, denied, verdicts, names, differences }: Comparison): void => {
        assert.deepEqual(differences.slice(0, 5), []);
        assert.deepEqual({ verdicts, names }, { verdicts: cases, names: cases });
        console.log(`      ${cases} cases, ${denied} of them denied: all with the same verdict and the same checks named`);
    };

    it("knows every check of the library, at its level, and each version at which it changes", () => {
        const ours = POD_CHECKS.map(({ check, level, revisions }) => [check, [level, ...revisions.map(({ since }) => `v1.${since}`)]]);
        assert.deepEqual(Object.fromEntries(ours), libraryCatalogue(oracle));
    });

    it("knows the versions that there are fixtures for", () => {
        assert.equal(new Set(oracle.fixtures.map(({ version }) => version)).size, NEWEST + 1);
        assert.equal(oracle.fixtures.length, 4537);
    });

    it("judges every fixture as it is meant, by the check that it is named after or by one that takes its place", () => {
        const cases = oracle.fixtures.map(fixtureCase);
        agreed(compare(oracle, cases));
        const overriders = (check: string): string[] => POD_CHECKS.filter(({ revisions }) => revisions.some(({ overrides }) => overrides?.includes(check) === true)).map(one => one.check);
        const named = new Map(POD_CHECKS.map(({ check }) => [check.toLowerCase(), [check, ...overriders(check)]]));
        saidByUs(cases).forEach((said, at) => {
            const { passes, name } = oracle.fixtures[at]!;
            const meant = passes ? [] : named.get(name.replace(/\d+$/, "")) ?? [];
            assert.ok(passes ? said.length === 0 : meant.some(check => said.includes(check)), `${cases[at]?.title}: ${String(said)}`);
        });
    });

    it("judges them the same in every kind of controller, and with their containers made init containers, sidecars or ephemeral", () => {
        const cases = distinctFixtures(oracle).flatMap((fixture): Case[] => {
            const { object, level, version, title } = fixtureCase(fixture);
            const pod = object as Template;
            const templates = { asIs: pod, init: rearranged(pod, "initContainers"), sidecar: rearranged(pod, "sidecars"), ephemeral: rearranged(pod, "ephemeralContainers") };
            return Object.entries(KINDS).flatMap(([kind, wrap]) => Object.entries(templates).map(([how, template]) => ({ title: `${title} ${kind} ${how}`, object: wrap(template), level, version })));
        });
        agreed(compare(oracle, cases));
    });

    it("finds through the command what Kubernetes finds", async () => {
        for (const [level, version] of [["baseline", "v1.18"], ["baseline", "v1.37"], ["restricted", "v1.24"], ["restricted", "v1.37"]] as const) {
            const fixtures = oracle.fixtures.filter(fixture => fixture.level === level && fixture.version === version);
            const folder = mkdtempSync(join(tmpdir(), "portcullis-pod-security-"));
            try {
                fixtures.forEach(({ passes, name, text }) => { writeFileSync(join(folder, `${passes ? "pass" : "fail"}-${name}.yaml`), text); });
                assert.equal(await runCheck([folder, "--profile", `pss-${level}@${version}`, "--format", "json", "--output", join(folder, "report.txt")]), 1);
                const { findings, errors } = JSON.parse(readFileSync(join(folder, "report.txt"), "utf8")) as Report;
                assert.deepEqual(errors, []);
                assert.deepEqual(findings.filter(({ line, column }) => line < 1 || column < 1), []);
                const denied = new Set(findings.map(({ path }) => path));
                assert.deepEqual([...denied].sort(), fixtures.filter(({ passes }) => !passes).map(({ name }) => join(folder, `fail-${name}.yaml`)).sort());
            } finally {
                rmSync(folder, { recursive: true });
            }
        }
    });

    it("notices when a check is not there, or stays as it was when Kubernetes changed it", () => {
        const labelled = new Map<string, readonly [readonly Case[], readonly Said[]]>();
        const casesOf = (version: string): readonly [readonly Case[], readonly Said[]] => {
            const cases = [...oracle.fixtures.filter(fixture => fixture.version === version).map(fixtureCase), ...TELLING.map(object => ({ title: JSON.stringify(object), object, level: "restricted" as const, version }))];
            const made = labelled.get(version) ?? [cases, saidByKubernetes(oracle, cases)];
            labelled.set(version, made);
            return made;
        };
        const unnoticed = SPOILT.filter(({ version, id, spoilt }) => {
            const [cases, theirs] = casesOf(version);
            const ours = saidByUs(cases, rules => rules.flatMap(rule => rule.id === id ? spoilt : [rule]));
            return comparison(cases, theirs, ours).differences.length === 0;
        });
        assert.deepEqual(unnoticed.map(({ title }) => title), []);
        console.log(`      ${SPOILT.length} spoilt checks noticed`);
    });

    it("a volume with only a name is an emptyDir, for both", () => {
        const object = load("{ apiVersion: v1, kind: Pod, metadata: { name: p }, spec: { volumes: [{ name: a }], containers: [] } }");
        agreed(compare(oracle, [{ title: "a name", object, level: "restricted", version: "v1.37" }]));
        assert.deepEqual(saidByUs([{ title: "a name", object, level: "restricted", version: "v1.37" }]), [[]]);
    });
});
