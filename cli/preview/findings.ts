import type { Report } from "../../policies/report/report";
import { ABOUT_PINS } from "../openings";

/** The verdict in lines: what is wrong first, then what cannot be known before the update. */
export function describeReport({ findings, exempted, unknown, errors }: Report): string[] {
    const judgedLater = [...new Set(unknown.map(({ rule }) => rule))];
    return [
        ...errors.map(({ path, message }) => `could not judge ${path}: ${message}`),
        ...findings.map(({ severity, rule, message, remedy }) => `${severity} ${rule}: ${message}; ${remedy}`),
        ...exempted.filter(({ rule }) => !ABOUT_PINS.includes(rule)).map(({ rule, message, reason }) => `answered for, ${rule}: ${message} — ${reason}`),
        ...(judgedLater.length > 0 ? [`judged again at the update, for values that are not known yet: ${judgedLater.join(", ")}`] : []),
        ...(findings.length + errors.length === 0 ? ["no finding"] : []),
    ];
}
