import { exempt } from "./exemptions";
import { STANDARD_RULES } from "./catalogue";
import { settingsOf } from "./rule";
import { stackOf } from "./view/stack";
import { Inexpressible, NotApplicable, Unfinished, Unknown } from "./view/unfinished";
import type { Exemption } from "./exemptions";
import type { Failure, Finding, Report, Undecided } from "./report/report";
import type { Rule, Settings, StackFault, Verdict } from "./rule";
import type { Stack } from "./view/stack";
import type { Origin, Piece, Platform, Seen, WorkloadView } from "./view/types";
import type { Fault, Path } from "./view/unfinished";

/** How to judge. Nothing of it makes a rule weaker unless it says so in so many words. */
export interface JudgeOptions {
    /** Rules to judge by; the standard ones if undefined. */
    readonly rules?: readonly Rule[];
    /** Parameters by rule. */
    readonly settings?: Readonly<Record<string, Settings>>;
    readonly exemptions?: readonly Exemption[];
    /** The day that exemptions are compared with, `2027-03-01`; today if undefined. */
    readonly today?: string;
    /** Where in a file something was written, both counted from 1. */
    readonly locate?: Locate;
}

export type Locate = (origin: Origin, path: Path) => Spot | undefined;

/** A line and a column, both from 1, of the origin's file unless another is named. */
export interface Spot {
    readonly file?: string;
    readonly line: number;
    readonly column: number;
}

interface Verdicts {
    readonly findings: Finding[];
    readonly unknown: Undecided[];
    readonly errors: Failure[];
}

/** Judges pieces as one stack. Whatever cannot be judged is in `errors` or `unknown`: silence means that a rule is kept. */
export function judge(pieces: readonly Piece[], options: JudgeOptions = {}): Report {
    const rules = options.rules ?? STANDARD_RULES;
    const verdicts: Verdicts = { findings: [], unknown: [], errors: [] };
    const stack = stackOf(pieces);
    for (const rule of rules) {
        const settings = settingsOf(rule, options.settings?.[rule.id]);
        if (rule.about === "stack") {
            judgeStack(rule, stack, settings, verdicts, options.locate);
        } else {
            for (const piece of pieces) {
                judgePiece(rule, piece, settings, verdicts, options.locate);
            }
        }
    }
    const subjects = pieces.reduce((sum, piece) => sum + countSubjects(piece), 0);
    const { findings, exempted } = exempt(verdicts.findings, options);
    return {
        findings: sortFindings(findings), exempted, unknown: unrepeated(verdicts.unknown), errors: unrepeated(verdicts.errors),
        checked: { files: 0, documents: 0, subjects },
    };
}

/** What one rule says of one piece: faults with whom they are about, and whether anything was not known. */
function judgePiece(rule: Exclude<Rule, { about: "stack" }>, piece: Piece, settings: Settings, verdicts: Verdicts, locate?: Locate): void {
    try {
        for (const view of viewsFor(rule, piece)) {
            // The view's kind is the one that the rule is about: viewsFor() chose it by that.
            const check = rule.check as (view: Seen, settings: Settings) => Verdict;
            attempt(rule, view, () => faultsOf(check(view, settings)).map(fault => ({ ...fault, about: view })), verdicts, locate);
        }
    } catch (error) {
        fail(rule, piece, error, verdicts, locate);
    }
}

function judgeStack(rule: Extract<Rule, { about: "stack" }>, stack: Stack, settings: Settings, verdicts: Verdicts, locate?: Locate): void {
    const [first] = [...stack.workloads, ...stack.networks, ...stack.objects];
    if (first !== undefined) {
        attempt(rule, first, () => rule.check(stack, settings), verdicts, locate);
    }
}

/** The views of a piece that a rule asks about. */
export function viewsFor(rule: Rule, piece: Piece): readonly Seen[] {
    switch (rule.about) {
        case "container":
            return workloadsFor(rule, piece).flatMap(workload => workload.containers);
        case "workload":
            return workloadsFor(rule, piece);
        case "object":
            return piece.objects.filter(({ platform, type }) => speaksOf(rule, platform) && (rule.types.length === 0 || rule.types.includes(type)));
        case "exposure":
            return piece.exposures;
        case "image":
            return piece.images;
        case "volume":
            return piece.volumes;
        case "stack":
            return [];
    }
}

function workloadsFor(rule: Rule, piece: Piece): readonly WorkloadView[] {
    return rule.platforms === undefined ? piece.workloads : piece.workloads.filter(({ platform }) => speaksOf(rule, platform));
}

function speaksOf(rule: Rule, platform: Platform): boolean {
    return rule.platforms?.includes(platform) ?? true;
}

function attempt(rule: Rule, view: Seen, run: () => readonly StackFault[], verdicts: Verdicts, locate?: Locate): void {
    let faults: readonly StackFault[];
    try {
        faults = run();
    } catch (error) {
        faults = error instanceof Inexpressible ? [{ message: error.message, about: view }]
            : error instanceof Unfinished ? error.faults.map(fault => ({ about: view, ...fault })) : [];
        fail(rule, view, error, verdicts, locate);
    }
    for (const fault of faults) {
        verdicts.findings.push(finding(rule, fault, locate));
    }
}

function fail(rule: Rule, of: Pick<Seen, "origin" | "subject"> & { readonly label?: string }, error: unknown, verdicts: Verdicts, locate?: Locate): void {
    if (error instanceof NotApplicable || error instanceof Inexpressible) {
        return;
    }
    const what = of.label ?? `${of.subject.kind} "${of.subject.name}"`;
    if (error instanceof Unknown) {
        verdicts.unknown.push({ rule: rule.id, message: `${what}: ${error.message}`, path: of.origin.path, subject: of.subject });
        return;
    }
    // A rule that fails is no reason to pass: it is as good as an unreadable file.
    const message = error instanceof Error ? error.message : String(error);
    const place = error instanceof Unfinished ? locate?.(of.origin, error.path) : undefined;
    verdicts.errors.push({ path: place?.file ?? of.origin.path, line: place?.line ?? 0, message: `${what} cannot be judged: ${message}` });
}

/** A verdict in its one full form. */
export function faultsOf(verdict: Verdict): readonly Fault[] {
    if (verdict === undefined) {
        return [];
    }
    return typeof verdict === "string" ? [{ message: verdict }] : Array.isArray(verdict) ? verdict as readonly Fault[] : [verdict as Fault];
}

function finding(rule: Rule, fault: StackFault, locate: Locate | undefined): Finding {
    const { about } = fault;
    const path = fault.at ?? (rule.property === undefined ? about.path : about.place(rule.property));
    const place = locate?.(about.origin, path);
    return {
        rule: rule.id, severity: rule.severity,
        message: `${about.label} ${fault.message}`,
        path: place?.file ?? about.origin.path, line: place?.line ?? 0, column: place?.column ?? 0, document: about.origin.document,
        subject: about.subject,
        benchmarks: rule.benchmarks, controls: rule.controls, remedy: rule.fix,
    };
}

function countSubjects(piece: Piece): number {
    try {
        return piece.workloads.reduce((sum, workload) => sum + workload.containers.length, 0) + piece.networks.length;
    } catch {
        return 1;
    }
}

const ORDER = { critical: 0, high: 1, medium: 2, low: 3 } as const;

/** By file and place, then by weight: the order in which a person mends. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
    const compare = (a: Finding, b: Finding) => a.path.localeCompare(b.path) || a.document - b.document || a.line - b.line || a.column - b.column
        || ORDER[a.severity] - ORDER[b.severity] || a.rule.localeCompare(b.rule);
    return [...findings].sort(compare);
}

/** The same failure once, though several rules met it. */
function unrepeated<Item extends Failure | Undecided>(items: readonly Item[]): readonly Item[] {
    return [...new Map(items.map(item => [JSON.stringify(item), item])).values()];
}
