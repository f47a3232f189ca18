import { SEVERITIES } from "../rule";
import { isDefaultCredential, namesSecret, secretReason } from "../view/secret";
import type { Finding, Report } from "./report";

/** How to show a report to a person. */
export interface TextOptions {
    /** The line of source that a finding points at; undefined where it cannot be read. */
    readonly sourceLine?: (path: string, line: number) => string | undefined;
}

/** Grouped by what is to be mended: file, then subject, then findings by weight, each with its line and its fix. */
export function toText(report: Report, options: TextOptions = {}): string {
    const blocks = [...groups(report.findings)].map(([title, findings]) => block(title, findings, options));
    const exempted = report.exempted.map(one => `exempted  ${one.rule}: ${one.message} (${one.reason}${one.expires === "" ? "" : `; until ${one.expires}`})`);
    const unknown = [...unknownGroups(report)].map(([message, rules]) => `not known yet  ${message}; judged again at update by ${rules.join(", ")}`);
    const errors = report.errors.map(error => `error  ${place(error.path, error.line)} ${error.message}`);
    return [...blocks, section(exempted), section(unknown), section(errors), summary(report)].filter(part => part !== "").join("\n\n") + "\n";
}

/** One line: what was judged and what came out. */
export function summary(report: Report): string {
    const { findings, exempted, unknown, errors, checked } = report;
    const counts = [...SEVERITIES].reverse()
        .map(severity => [severity, findings.filter(finding => finding.severity === severity).length] as const)
        .filter(([, count]) => count > 0).map(([severity, count]) => `${count} ${severity}`);
    const parts = [
        findings.length === 0 ? "no finding" : `${plural(findings.length, "finding")} (${counts.join(", ")})`,
        ...exempted.length > 0 ? [`${exempted.length} exempted`] : [],
        ...unknown.length > 0 ? [`${unknown.length} not known yet`] : [],
        ...errors.length > 0 ? [plural(errors.length, "error")] : [],
    ];
    const judged = [plural(checked.subjects, "subject"), ...checked.files > 0 ? [plural(checked.files, "file")] : []].join(" in ");
    return `${parts.join(", ")}; ${judged} judged`;
}

export function plural(count: number, word: string): string {
    return `${count} ${word}${count === 1 ? "" : "s"}`;
}

/** `file:12:9`, as far as it is known. */
export function place(path: string, line: number, column = 0): string {
    return [path, ...line > 0 ? [String(line)] : [], ...line > 0 && column > 0 ? [String(column)] : []].join(":");
}

function groups(findings: readonly Finding[]): Map<string, Finding[]> {
    const byTitle = new Map<string, Finding[]>();
    for (const finding of findings) {
        const { kind, name, namespace } = finding.subject;
        const title = `${finding.path}  ${kind} ${namespace === "" ? "" : `${namespace}/`}${name}`;
        byTitle.set(title, [...byTitle.get(title) ?? [], finding]);
    }
    return byTitle;
}

function block(title: string, findings: readonly Finding[], options: TextOptions): string {
    const order = [...SEVERITIES].reverse();
    const sorted = [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
    return [title, ...sorted.flatMap(finding => lines(finding, options))].join("\n");
}

function lines(finding: Finding, options: TextOptions): string[] {
    const source = finding.line > 0 ? options.sourceLine?.(finding.path, finding.line) : undefined;
    return [
        `  ${finding.severity.padEnd(8)}  ${finding.rule}${finding.level === "advisory" ? " (advice)" : ""}${finding.line > 0 ? `  ${finding.line}:${finding.column}` : ""}`,
        `            ${finding.message}`,
        ...source === undefined || mayShowSecret(source) ? [] : [`            | ${source.trim().slice(0, 100)}`],
        `            fix: ${finding.remedy}`,
    ];
}

/** A line that names a secret, or looks like one, is not shown: a report is read by more people than the file. */
function mayShowSecret(line: string): boolean {
    return line.split(/[\s"'=:,{}[\]]+/).some(word => namesSecret(word) || secretReason("", word) !== undefined || isDefaultCredential("", word))
        || secretReason("", line) !== undefined;
}

/** Many rules wait for the same value: it is said once. */
function unknownGroups(report: Report): Map<string, string[]> {
    const byMessage = new Map<string, string[]>();
    for (const { message, rule } of report.unknown) {
        byMessage.set(message, [...byMessage.get(message) ?? [], rule]);
    }
    return byMessage;
}

function section(lines: readonly string[]): string {
    return lines.join("\n");
}
