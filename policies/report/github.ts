import { summary } from "./text";
import type { Finding, Report } from "./report";

/** Workflow commands, which GitHub shows beside the lines of a pull request. */
export function toGithub(report: Report): string {
    const findings = report.findings.map(annotation);
    const errors = report.errors.map(error => `::error ${properties({ file: error.path, line: error.line, title: "cannot be judged" })}::${data(error.message)}`);
    return [...findings, ...errors, `::notice title=portcullis::${data(summary(report))}`].join("\n") + "\n";
}

function annotation(finding: Finding): string {
    const level = finding.severity === "critical" || finding.severity === "high" ? "error" : finding.severity === "medium" ? "warning" : "notice";
    const where = properties({ file: finding.path, line: finding.line, col: finding.column, title: `${finding.rule} (${finding.severity})` });
    return `::${level} ${where}::${data(`${finding.message}; ${finding.remedy}`)}`;
}

function properties(values: Readonly<Record<string, string | number>>): string {
    return Object.entries(values).filter(([, value]) => value !== 0 && value !== "").map(([name, value]) => `${name}=${property(String(value))}`).join(",");
}

function data(text: string): string {
    return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
    return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
