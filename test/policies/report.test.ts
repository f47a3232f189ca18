import assert from "node:assert/strict";

import { FORMATS, formatReport } from "../../policies/report/formats";
import { fingerprint } from "../../policies/report/sarif";
import type { Finding, Report } from "../../policies/report/report";

const FINDING: Finding = {
    rule: "privileged-container", severity: "critical", message: 'container "a<b>" is privileged', path: "k8s/app & co.yaml", line: 12, column: 9, document: 1,
    subject: { kind: "Deployment", name: "web", namespace: "prod", container: "a<b>" }, benchmarks: ["CIS Docker 5.5"], controls: ["RAGFLOW-SANDBOX-01"], remedy: "take it out",
};
const REPORT: Report = {
    findings: [FINDING, { ...FINDING, rule: "no-cpu-limit", severity: "low", line: 0, column: 0 }],
    exempted: [{ ...FINDING, rule: "host-pid", reason: "moves | in @March", expires: "2027-03-01" }],
    unknown: [],
    errors: [{ path: "bad.yaml", line: 3, message: "is not YAML: 100%\nbroken" }],
    checked: { files: 2, documents: 3, subjects: 4 },
};
const EMPTY: Report = { findings: [], exempted: [], unknown: [], errors: [], checked: { files: 1, documents: 1, subjects: 1 } };
const OPTIONS = { version: "1.2.3" };

describe("report", () => {
    it("JSON has exactly the shape that others read", () => {
        assert.deepEqual(JSON.parse(formatReport(REPORT, "json", OPTIONS)), { findings: REPORT.findings, exempted: REPORT.exempted, errors: REPORT.errors, checked: REPORT.checked });
        assert.deepEqual(Object.keys(JSON.parse(formatReport(REPORT, "json", OPTIONS)) as object), ["findings", "exempted", "errors", "checked"]);
    });

    it("text is grouped by subject, heaviest first, with the line and the fix", () => {
        const text = formatReport({ ...REPORT, findings: [...REPORT.findings].reverse() }, "text", { ...OPTIONS, sourceLine: (path, line) => `${path} ${line}: privileged: yes` });
        assert.equal(text, [
            "k8s/app & co.yaml  Deployment prod/web",
            "  critical  privileged-container  12:9",
            '            container "a<b>" is privileged',
            "            | k8s/app & co.yaml 12: privileged: yes",
            "            fix: take it out",
            "  low       no-cpu-limit",
            '            container "a<b>" is privileged',
            "            fix: take it out",
            "",
            'exempted  host-pid: container "a<b>" is privileged (moves | in @March; until 2027-03-01)',
            "",
            "error  bad.yaml:3 is not YAML: 100%\nbroken",
            "",
            "2 findings (1 critical, 1 low), 1 exempted, 1 error; 4 subjects in 2 files judged",
            "",
        ].join("\n"));
    });

    for (const line of ["    DB_PASSWORD: hunter2", "- {name: x, value: ghp_0123456789abcdefghijABCDEFGHIJ012345}", "url: postgres://a:hunter2@b/c", "password=admin123"]) {
        it(`text does not show a line that may hold a secret: ${line.split(/[:=]/, 1)[0]}`, () => {
            assert.doesNotMatch(formatReport({ ...REPORT, exempted: [] }, "text", { ...OPTIONS, sourceLine: () => line }), /\|\s/);
        });
    }

    it("text says once what several rules wait for", () => {
        const unknown = ["a", "b"].map(rule => ({ rule, message: "x is not known yet", path: "p", subject: FINDING.subject }));
        assert.match(formatReport({ ...EMPTY, unknown }, "text", OPTIONS), /^not known yet {2}x is not known yet; judged again at update by a, b$/m);
    });

    it("SARIF 2.1.0: rules, places, suppressions, and errors as notifications", () => {
        const log = JSON.parse(formatReport(REPORT, "sarif", OPTIONS));
        const [run] = log.runs;
        assert.equal(log.version, "2.1.0");
        assert.equal(run.results.length, 3);
        assert.deepEqual(run.results[0].locations[0].physicalLocation, { artifactLocation: { uri: "k8s/app%20%26%20co.yaml" }, region: { startLine: 12, startColumn: 9 } });
        assert.equal(run.tool.driver.rules[run.results[0].ruleIndex].id, "privileged-container");
        assert.equal(run.results[1].locations[0].physicalLocation.region, undefined);
        assert.deepEqual(run.results[2].suppressions, [{ kind: "external", status: "accepted", justification: "moves | in @March (until 2027-03-01)" }]);
        assert.equal(run.invocations[0].executionSuccessful, false);
        assert.equal(run.invocations[0].toolExecutionNotifications.length, 1);
    });

    it("a fingerprint survives moved lines, and tells findings apart", () => {
        assert.equal(fingerprint({ ...FINDING, line: 99, column: 1 }), fingerprint(FINDING));
        assert.notEqual(fingerprint({ ...FINDING, rule: "host-pid" }), fingerprint(FINDING));
        assert.match(fingerprint(FINDING), /^[0-9a-f]{16}$/);
    });

    it("JUnit escapes what XML would take for its own", () => {
        const xml = formatReport(REPORT, "junit", OPTIONS);
        assert.match(xml, /<testsuite name="k8s\/app &amp; co\.yaml" tests="3" failures="2" errors="0" skipped="1">/);
        assert.match(xml, /message="container &quot;a&lt;b&gt;&quot; is privileged"/);
        assert.match(xml, /<testsuite name="bad\.yaml" tests="1" failures="0" errors="1" skipped="0">/);
        assert.match(formatReport({ ...REPORT, findings: [{ ...FINDING, message: "a\u0000\u001bb" }] }, "junit", OPTIONS), /message="a\?\?b"/);
        assert.match(formatReport(EMPTY, "junit", OPTIONS), /tests="1" failures="0"/);
    });

    it("GitHub's commands are one line each, with their own characters written as codes", () => {
        assert.deepEqual(formatReport(REPORT, "github", OPTIONS).trimEnd().split("\n"), [
            '::error file=k8s/app & co.yaml,line=12,col=9,title=privileged-container (critical)::container "a<b>" is privileged; take it out',
            '::notice file=k8s/app & co.yaml,title=no-cpu-limit (low)::container "a<b>" is privileged; take it out',
            "::error file=bad.yaml,line=3,title=cannot be judged::is not YAML: 100%25%0Abroken",
            "::notice title=portcullis::2 findings (1 critical, 1 low), 1 exempted, 1 error; 4 subjects in 2 files judged",
        ]);
    });

    it("Markdown lets nothing from a file become markup or a mention", () => {
        const text = formatReport(REPORT, "markdown", OPTIONS);
        assert.match(text, /^### portcullis: failed\n/);
        assert.match(text, /\| critical \| privileged-container \| `k8s\/app & co\.yaml:12` \| container "a&lt;b&gt;" is privileged \| take it out \|/);
        assert.match(text, /moves \\\| in &#64;March/);
        assert.match(formatReport(EMPTY, "markdown", OPTIONS), /^### portcullis: passed\n\nno finding; 1 subject in 1 file judged\n$/);
    });

    it("every format ends with a line end, and has something to say of nothing", () => {
        for (const format of FORMATS) {
            assert.match(formatReport(EMPTY, format, OPTIONS), /\S\n$/);
        }
    });
});
