import type { Report } from "../../policies/report/report";

/** Nothing was read: there is no report. The message says why. */
export class Unreachable extends Error {}

/** What an audit found. */
export interface Audited {
    readonly report: Report;
    /** What a person should know of how far the audit went. */
    readonly notes: readonly string[];
}
