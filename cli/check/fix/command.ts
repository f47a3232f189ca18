import { isAbsolute, relative } from "node:path";

import { UsageError } from "../../usage";
import { RULES, STANDARD_RULES } from "../../../policies/catalogue";
import { MENDS } from "../../../policies/mend";
import { reasonOf } from "../files";
import { unifiedDiff } from "./diff";
import { fix, type Fixed } from "./fix";
import { replaceFile } from "./files";
import { keyOf, type Left } from "./unit";
import type { CheckOptions } from "../documents";
import type { Failure, Finding, Report } from "../../../policies/report/report";

/** Options of `portcullis check` that mending has. */
export const FIX_OPTIONS = {
    fix: { type: "string" },
    rules: { type: "string" },
    diff: { type: "boolean", default: false },
    "dry-run": { type: "boolean", default: false },
} as const;

export const FIX_USAGE = [
    "  --fix         mends what can be mended without harm, in the files; --fix=all also what an application may need",
    "  --rules       with --fix: mends what these rules found, whatever an application may need, and nothing else",
    "  --diff        with --fix: prints what would change and changes nothing (--dry-run is the same)",
];

/** How to mend. */
export interface FixRequest {
    /** Ids of the rules whose mends are made. */
    readonly mending: ReadonlySet<string>;
    readonly write: boolean;
    /** Ids of rules that were named one by one. */
    readonly named: readonly string[];
}

/** `--fix` alone is `--fix=safe`: the parser knows no value that may be left out. */
export function fixWords(argv: readonly string[]): string[] {
    return argv.map(word => word === "--fix" ? "--fix=safe" : word);
}

/**
 * What is to be mended; undefined where nothing is.
 * @throws UsageError for an unknown kind or rule, and for options that go with --fix only
 */
export function fixRequest(values: { readonly fix?: string; readonly rules?: string; readonly diff: boolean; readonly "dry-run": boolean }): FixRequest | undefined {
    const dry = values.diff || values["dry-run"];
    if (values.fix === undefined) {
        if (dry || values.rules !== undefined) {
            throw new UsageError(`portcullis: ${values.rules === undefined ? "--diff" : "--rules"} goes with --fix`);
        }
        return undefined;
    }
    if (values.fix !== "safe" && values.fix !== "all") {
        throw new UsageError(`portcullis: --fix=${values.fix} is not known; write --fix or --fix=all`);
    }
    if (values.rules === undefined) {
        const ids = Object.entries(MENDS).filter(([, mend]) => values.fix === "all" || mend.breaks === undefined).map(([id]) => id);
        return { mending: new Set(ids), write: !dry, named: [] };
    }
    const named = values.rules.split(",").map(id => id.trim()).filter(id => id !== "");
    const wrong = named.find(id => !Object.hasOwn(MENDS, id));
    if (wrong !== undefined || named.length === 0) {
        const known = RULES.some(({ id }) => id === wrong);
        throw new UsageError(`portcullis: --rules ${wrong ?? "\"\""} ${known ? "is a rule that judges only" : "is no rule"}; write some of ${Object.keys(MENDS).sort().join(", ")}`);
    }
    return { mending: new Set(named), write: !dry, named };
}

/** What mending came to. */
export interface FixOutcome {
    /** What is found afterwards, or would be. */
    readonly report: Report;
    /** For standard output: the difference, where nothing is written. */
    readonly diff: string;
    /** For standard error, a line each. */
    readonly notes: readonly string[];
}

/**
 * Mends files, or says what would change.
 * @param judge judges the same paths with other texts than the files'
 */
export async function runFix(paths: readonly string[], report: Report, request: FixRequest, options: CheckOptions, judge: (texts: ReadonlyMap<string, string>) => Promise<Report>): Promise<FixOutcome> {
    const fixed = await fix(paths, report, { rules: options.rules ?? STANDARD_RULES, settings: options.settings ?? {}, mending: request.mending, skipOthers: options.skipOthers === true });
    const after = fixed.changed.length === 0 ? report : await judge(new Map(fixed.changed.map(({ path, after: text }) => [path, text])));
    const fresh = fixed.changed.length === 0 ? undefined : freshIn(report, after);
    if (fresh !== undefined) {
        // Each project is better for itself, and yet one that shares a file with it is not.
        return { report, diff: "", notes: [`nothing was written: ${fresh} would come, since files are shared; mend one project at a time`] };
    }
    const errors = request.write ? written(fixed) : [];
    const diff = request.write ? "" : fixed.changed.map(({ path, before, after: text }) => unifiedDiff(near(path), before, text)).join("");
    return { report: { ...after, errors: [...after.errors, ...errors] }, diff, notes: notesOf(fixed, request) };
}

/** A finding or error that was not there before; undefined where there is none. */
function freshIn(before: Report, after: Report): string | undefined {
    const known = new Map<string, number>();
    [...before.findings].forEach(finding => known.set(keyOf(finding), (known.get(keyOf(finding)) ?? 0) + 1));
    const fresh = after.findings.find(finding => {
        const count = known.get(keyOf(finding)) ?? 0;
        known.set(keyOf(finding), count - 1);
        return count <= 0;
    });
    const errors = new Set(before.errors.map(({ message }) => message));
    return fresh === undefined ? after.errors.find(({ message }) => !errors.has(message))?.message : `${fresh.rule}: ${fresh.message}`;
}

function written({ changed }: Fixed): Failure[] {
    return changed.flatMap(({ path, before, after }) => {
        try {
            replaceFile(path, before, after);
            return [];
        } catch (error) {
            return [{ path: near(path), line: 0, message: reasonOf(error) }];
        }
    });
}

function notesOf({ changed, mended, left, unasked }: Fixed, { write, named }: FixRequest): string[] {
    const files = changed.map(({ path }) => {
        const rules = mended.filter(remedy => remedy.path === path).flatMap(({ findings }) => findings.map(({ rule }) => rule));
        return `${near(path)}: ${write ? "mended" : "would mend"} ${tally(rules)}`;
    });
    const more = unasked.length === 0 || named.length > 0 ? [] : [`--fix=all, or --rules, mends more that an application may need: ${tally(unasked.map(({ rule }) => rule))}`];
    return [...files, ...left.map(leftLine), ...more];
}

function leftLine({ finding, reason }: Left): string {
    const { path, line, rule, message }: Finding = finding;
    return `${path}${line > 0 ? `:${line}` : ""} ${rule} left as it is: ${message}: ${reason}`;
}

/** `privileged-container, unbounded-logs (3)`. */
function tally(ids: readonly string[]): string {
    const counts = new Map<string, number>();
    ids.forEach(id => counts.set(id, (counts.get(id) ?? 0) + 1));
    return [...counts].sort(([one], [other]) => one < other ? -1 : 1).map(([id, count]) => count === 1 ? id : `${id} (${count})`).join(", ");
}

function near(path: string): string {
    const from = isAbsolute(path) ? relative(process.cwd(), path) : path;
    return from.startsWith("..") ? path : from;
}
