import { place, summary } from "./text";
import type { Finding, Report } from "./report";

/** A comment for a pull request: the verdict first, then a table, then what was set aside. */
export function toMarkdown(report: Report): string {
    const parts = [
        `### portcullis: ${report.findings.length === 0 && report.errors.length === 0 ? "passed" : "failed"}`,
        escape(summary(report)),
        table(report.findings),
        list("Could not be judged", report.errors.map(error => `${code(place(error.path, error.line))} ${escape(error.message)}`)),
        list("Not known before the update", [...new Set(report.unknown.map(one => escape(one.message)))]),
        list("Exempted", report.exempted.map(one => `${one.rule}: ${escape(one.message)} (${escape(one.reason)}; until ${one.expires})`)),
    ];
    return parts.filter(part => part !== "").join("\n\n") + "\n";
}

function table(findings: readonly Finding[]): string {
    if (findings.length === 0) {
        return "";
    }
    const rows = findings.map(finding =>
        `| ${finding.severity} | ${finding.rule} | ${code(place(finding.path, finding.line))} | ${escape(finding.message)} | ${escape(finding.remedy)} |`);
    return ["| severity | rule | where | what | fix |", "|---|---|---|---|---|", ...rows].join("\n");
}

function list(title: string, items: readonly string[]): string {
    return items.length === 0 ? "" : `<details><summary>${title} (${items.length})</summary>\n\n${items.map(item => `- ${item}`).join("\n")}\n\n</details>`;
}

/** A name of a file as code: nothing in it may end the code or the cell. */
function code(text: string): string {
    return `\`${text.replaceAll(/[`|\n\r]/g, "?")}\``;
}

/** Text from files must not become markup, a mention or a new row. */
function escape(text: string): string {
    return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("|", "\\|").replaceAll("`", "\\`").replaceAll("@", "&#64;").replaceAll(/\s+/g, " ");
}
