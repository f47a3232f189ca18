import type { Report } from "./report";

/** The report as other programs read it. `unknown` is there only where something was not known. */
export function toJson(report: Report): string {
    return `${JSON.stringify(jsonReport(report), undefined, 2)}\n`;
}

/** The same as plain data. */
export function jsonReport(report: Report): object {
    const { findings, exempted, unknown, errors, checked } = report;
    return { findings, exempted, errors, checked, ...unknown.length > 0 ? { unknown } : {} };
}
