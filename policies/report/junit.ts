import { place } from "./text";
import type { Finding, Report } from "./report";

/** JUnit XML: a suite a file, a failed case a finding, a case in error for what could not be judged. */
export function toJunit(report: Report): string {
    const byFile = new Map<string, string[]>();
    const add = (path: string, text: string) => byFile.set(path, [...byFile.get(path) ?? [], text]);
    report.findings.forEach(finding => add(finding.path, failed(finding)));
    report.exempted.forEach(finding => add(finding.path, `    <testcase ${names(finding)}><skipped message="${escapeXml(`${finding.reason} (until ${finding.expires})`)}"/></testcase>`));
    report.errors.forEach(error => add(error.path, `    <testcase name="readable" classname="${escapeXml(error.path)}"><error message="${escapeXml(`${place(error.path, error.line)} ${error.message}`)}"/></testcase>`));
    const suites = [...byFile].map(([path, cases]) => [
        `  <testsuite name="${escapeXml(path)}" tests="${cases.length}" failures="${count(cases, "<failure")}" errors="${count(cases, "<error")}" skipped="${count(cases, "<skipped")}">`,
        ...cases, "  </testsuite>",
    ].join("\n"));
    const whole = suites.length > 0 ? suites : [`  <testsuite name="portcullis" tests="1" failures="0" errors="0" skipped="0">\n    <testcase name="no finding" classname="portcullis"/>\n  </testsuite>`];
    return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="portcullis">\n${whole.join("\n")}\n</testsuites>\n`;
}

function failed(finding: Finding): string {
    const text = `${place(finding.path, finding.line, finding.column)} ${finding.message}\n${finding.remedy}`;
    return `    <testcase ${names(finding)}><failure type="${finding.severity}" message="${escapeXml(finding.message)}">${escapeXml(text)}</failure></testcase>`;
}

function names({ rule, subject }: Finding): string {
    const name = [rule, subject.kind, subject.name, subject.container].filter(part => part !== "").join(" ");
    return `name="${escapeXml(name)}" classname="${escapeXml(rule)}"`;
}

function count(cases: readonly string[], tag: string): number {
    return cases.filter(text => text.includes(tag)).length;
}

/** XML has no way to write most control characters: they become a question mark. */
function escapeXml(text: string): string {
    return [...text].map(character => {
        const code = character.codePointAt(0) ?? 0;
        return ESCAPES[character] ?? (code < 32 && ![9, 10, 13].includes(code) || code === 0xfffe || code === 0xffff ? "?" : character);
    }).join("");
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "\n": "&#10;" };
