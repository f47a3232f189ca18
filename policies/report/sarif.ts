import { isAbsolute, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";

import { RULES } from "../catalogue";
import type { Severity } from "../rule";
import type { Exempted, Finding, Report } from "./report";

const LEVEL: Readonly<Record<Severity, string>> = { critical: "error", high: "error", medium: "warning", low: "note" };
/** As code hosts rank security findings: 9 and above is critical, 7 high, 4 medium. */
const SCORE: Readonly<Record<Severity, string>> = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" };

/** SARIF 2.1.0. Errors are notifications of an execution that did not succeed. */
export function toSarif(report: Report, version: string): string {
    const ids = RULES.map(rule => rule.id);
    const log = {
        $schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [{
            tool: { driver: { name: "portcullis", semanticVersion: version, rules: RULES.map(ruleDescriptor) } },
            columnKind: "utf16CodeUnits",
            results: [
                ...report.findings.map(finding => result(finding, ids)),
                ...report.exempted.map(finding => ({ ...result(finding, ids), suppressions: [suppression(finding)] })),
            ],
            invocations: [{
                executionSuccessful: report.errors.length === 0,
                toolExecutionNotifications: report.errors.map(error => ({
                    level: "error", message: { text: error.message },
                    locations: [location(error.path, error.line, 0)],
                })),
            }],
        }],
    };
    return `${JSON.stringify(log, undefined, 2)}\n`;
}

function ruleDescriptor(rule: typeof RULES[number]): object {
    return {
        id: rule.id,
        shortDescription: { text: rule.title },
        help: { text: rule.fix },
        defaultConfiguration: { level: LEVEL[rule.severity] },
        properties: { "security-severity": SCORE[rule.severity], tags: ["security", ...rule.benchmarks, ...rule.controls] },
    };
}

function result(finding: Finding, ids: readonly string[]): object {
    const index = ids.indexOf(finding.rule);
    return {
        ruleId: finding.rule,
        ...index < 0 ? {} : { ruleIndex: index },
        level: finding.level === "advisory" ? "note" : LEVEL[finding.severity],
        message: { text: `${finding.message}; ${finding.remedy}` },
        locations: [{ ...location(finding.path, finding.line, finding.column), logicalLocations: [{ fullyQualifiedName: logicalName(finding) }] }],
        partialFingerprints: { "portcullis/v1": fingerprint(finding) },
    };
}

function suppression(finding: Exempted): object {
    return { kind: "external", status: "accepted", justification: `${finding.reason}${finding.expires === "" ? "" : ` (until ${finding.expires})`}` };
}

function location(path: string, line: number, column: number): object {
    const region = line > 0 ? { region: { startLine: line, ...column > 0 ? { startColumn: column } : {} } } : {};
    return { physicalLocation: { artifactLocation: { uri: uriOf(path) }, ...region } };
}

/** Code hosts look files up from the repository's root, where the check runs; what is elsewhere needs a URI of its own. */
function uriOf(path: string): string {
    if (path.startsWith("urn:")) {
        return path;
    }
    const inside = relative(process.cwd(), resolve(path));
    return inside.startsWith("..") || isAbsolute(inside) ? pathToFileURL(resolve(path)).href : inside.split(sep).map(encodeURIComponent).join("/");
}

function logicalName({ subject }: Finding): string {
    return [subject.namespace, subject.kind, subject.name, subject.container].filter(part => part !== "").join("/");
}

/** The same finding keeps its fingerprint when lines move: it is made of what it is about, not of where it stands. */
export function fingerprint(finding: Finding): string {
    const text = [finding.rule, finding.path, logicalName(finding), finding.message].join("\n");
    // FNV-1a, twice with different starts: 64 bits are enough to tell findings of one run apart.
    return [0x811c9dc5, 0x01000193].map(start => {
        let hash = start;
        for (let at = 0; at < text.length; at++) {
            hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
        }
        return (hash >>> 0).toString(16).padStart(8, "0");
    }).join("");
}
