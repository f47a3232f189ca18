import { readFileSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";

import { UsageError } from "../usage";
import { fingerprint } from "../../policies/report/sarif";
import type { Finding, Report } from "../../policies/report/report";

/** A finding that was there when the rules were adopted. The text is for people; the fingerprint is compared. */
interface Known {
    readonly fingerprint: string;
    readonly rule: string;
    readonly path: string;
    readonly message: string;
}

interface Baseline {
    readonly version: 1;
    readonly findings: readonly Known[];
}

/** A report without what a baseline knows. */
export interface Compared {
    readonly report: Report;
    /** How many findings the baseline knows that are not there any more: it can be written anew, shorter. */
    readonly gone: number;
}

/** Writes all findings of a report as those to start from. */
export function writeBaseline(path: string, { findings }: Report): void {
    const known = findings.map(finding => ({ fingerprint: printOf(path, finding), rule: finding.rule, path: pathFrom(path, finding), message: finding.message }));
    const baseline: Baseline = { version: 1, findings: known };
    writeFileSync(path, `${JSON.stringify(baseline, undefined, 2)}\n`);
}

/**
 * Takes out of a report what the baseline knows; each of its entries answers for one finding, so that a second one of the
 * same kind is new.
 * @throws UsageError for a file that cannot be read or is no baseline
 */
export function compareWithBaseline(path: string, report: Report): Compared {
    const left = new Map<string, number>();
    for (const { fingerprint: print } of readBaseline(path).findings) {
        left.set(print, (left.get(print) ?? 0) + 1);
    }
    const isKnown = (finding: Finding): boolean => {
        const print = printOf(path, finding);
        const count = left.get(print) ?? 0;
        left.set(print, count - 1);
        return count > 0;
    };
    const sorted = report.findings.map(finding => ({ finding, known: isKnown(finding) }));
    return {
        report: {
            ...report,
            findings: sorted.filter(({ known }) => !known).map(({ finding }) => finding),
            exempted: [...report.exempted, ...sorted.filter(({ known }) => known).map(({ finding }) => ({ ...finding, reason: `known to ${path}`, expires: "" }))],
        },
        gone: [...left.values()].reduce((sum, count) => sum + Math.max(count, 0), 0),
    };
}

function readBaseline(path: string): Baseline {
    let read: unknown;
    try {
        read = JSON.parse(readFileSync(path, "utf8"));
    } catch (error) {
        throw new UsageError(`${path} cannot be read as a baseline: ${error instanceof Error ? error.message : String(error)}; write one with --write-baseline`);
    }
    const { version, findings } = (read ?? {}) as Partial<Baseline>;
    if (version !== 1 || !Array.isArray(findings) || !findings.every(isKnownEntry)) {
        throw new UsageError(`${path} is no baseline of version 1; write one with --write-baseline`);
    }
    return { version, findings };
}

function isKnownEntry(entry: unknown): entry is Known {
    return typeof (entry as Partial<Known> | null)?.fingerprint === "string";
}

/** The same from wherever the check is started: paths start at the baseline. */
function printOf(path: string, finding: Finding): string {
    return fingerprint({ ...finding, path: pathFrom(path, finding) });
}

function pathFrom(baseline: string, { path }: Finding): string {
    return path.startsWith("urn:") || path === "" ? path : relative(dirname(resolve(baseline)), resolve(path));
}
