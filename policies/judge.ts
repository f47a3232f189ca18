import { exempt } from "./exemptions";
import { STANDARD_RULES } from "./catalogue";
import { settingsOf } from "./rule";
import { stackOf } from "./view/stack";
import { Inexpressible, NotApplicable, Unfinished, Unknown } from "./view/unfinished";
import type { Exemption } from "./exemptions";
import type { Failure, Finding, Report, Undecided } from "./report/report";
import type { Rule, Settings, StackFault, Verdict } from "./rule";
import type { ContainerView, ObjectView, Origin, Piece, Platform, Seen } from "./view/types";
import type { Fault, Path } from "./view/unfinished";

/** How to judge. Nothing of it makes a rule weaker unless it says so in so many words. */
export interface JudgeOptions {
    /** Rules to judge by; the standard ones if undefined. */
    readonly rules?: readonly Rule[];
    /** Parameters by rule. */
    readonly settings?: Readonly<Record<string, Settings>>;
    readonly exemptions?: readonly Exemption[];
    /** Rules that only advise. */
    readonly advisory?: ReadonlySet<string>;
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
    const plan = planOf(options.rules ?? STANDARD_RULES, options.settings);
    const verdicts: Verdicts = { findings: [], unknown: [], errors: [] };
    withoutTraces(() => {
        for (const piece of pieces) {
            judgePiece(piece, plan, verdicts, options.locate);
        }
        judgeStack(pieces, plan, verdicts, options.locate);
    });
    const subjects = pieces.reduce((sum, piece) => sum + countSubjects(piece), 0);
    const found = options.advisory === undefined ? verdicts.findings : verdicts.findings.map(one => options.advisory?.has(one.rule) === true ? { ...one, level: "advisory" as const } : one);
    const { findings, exempted } = exempt(found, options);
    return {
        findings: sortFindings(findings), exempted, unknown: unrepeated(verdicts.unknown), errors: unrepeated(verdicts.errors),
        checked: { files: 0, documents: 0, subjects },
    };
}

/** "Not known" and "not applicable" are thrown by the thousand, and nobody reads where from. */
function withoutTraces(run: () => void): void {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
        run();
    } finally {
        Error.stackTraceLimit = stackTraceLimit;
    }
}

type Subject = Exclude<Rule["about"], "stack">;

/** A rule with its settings. */
interface Planned {
    readonly rule: Rule;
    readonly settings: Settings;
}

type Plan = Readonly<Record<Rule["about"], readonly Planned[]>>;

const SUBJECTS: readonly Subject[] = ["container", "workload", "exposure", "image", "volume", "object"];

function planOf(rules: readonly Rule[], configured: JudgeOptions["settings"]): Plan {
    const plan: Record<Rule["about"], Planned[]> = { container: [], workload: [], exposure: [], image: [], volume: [], object: [], stack: [] };
    for (const rule of rules) {
        plan[rule.about].push({ rule, settings: settingsOf(rule, configured?.[rule.id]) });
    }
    return plan;
}

function judgePiece(piece: Piece, plan: Plan, verdicts: Verdicts, locate?: Locate): void {
    for (const about of SUBJECTS) {
        const planned = plan[about];
        if (planned.length === 0) {
            continue;
        }
        let views: readonly Seen[];
        try {
            views = viewsOf(about, piece);
        } catch (error) {
            planned.forEach(({ rule }) => { fail(rule, piece, error, verdicts, locate); });
            continue;
        }
        for (const view of views) {
            for (const { rule, settings } of planned) {
                if (asksAbout(rule, view)) {
                    attempt(rule, view, settings, verdicts, locate);
                }
            }
        }
    }
}

function judgeStack(pieces: readonly Piece[], { stack: planned }: Plan, verdicts: Verdicts, locate?: Locate): void {
    // Without a rule to ask, nothing is put together.
    const stack = stackOf(planned.length === 0 ? [] : pieces);
    const [first] = [...stack.workloads, ...stack.networks, ...stack.objects];
    for (const { rule, settings } of planned) {
        stack.closed.forEach(({ piece, error }) => { fail(rule, piece, error, verdicts, locate); });
        if (first === undefined) {
            continue;
        }
        try {
            (rule as Extract<Rule, { about: "stack" }>).check(stack, settings).forEach(fault => verdicts.findings.push(finding(rule, fault, locate)));
        } catch (error) {
            // Whose value it was the rule does not say: the rules about that subject do, where it stands.
            (error instanceof Unfinished ? error.faults as readonly StackFault[] : []).forEach(fault => verdicts.findings.push(finding(rule, fault, locate)));
            fail(rule, { origin: first.origin, subject: first.subject, label: "the stack as a whole" }, error, verdicts);
        }
    }
}

function viewsOf(about: Subject, piece: Piece): readonly Seen[] {
    switch (about) {
        case "container":
            return piece.workloads.flatMap(workload => workload.containers);
        case "workload":
            return piece.workloads;
        case "exposure":
            return piece.exposures;
        case "image":
            return piece.images;
        case "volume":
            return piece.volumes;
        case "object":
            return piece.objects;
    }
}

/** The views of a piece that a rule asks about; none for a rule about the whole stack. */
export function viewsFor(rule: Rule, piece: Piece): readonly Seen[] {
    return rule.about === "stack" ? [] : viewsOf(rule.about, piece).filter(view => asksAbout(rule, view));
}

/** Whether a rule speaks of this system, and of objects of this type. */
function asksAbout(rule: Rule, view: Seen): boolean {
    if (rule.platforms !== undefined && !rule.platforms.includes(platformOf(view) ?? rule.platforms[0] as Platform)) {
        return false;
    }
    return rule.about !== "object" || rule.types.length === 0 || rule.types.includes((view as ObjectView).type);
}

function platformOf(view: Seen): Platform | undefined {
    return (view as Partial<ObjectView>).platform ?? (view as Partial<ContainerView>).workload?.platform;
}

function attempt(rule: Rule, view: Seen, settings: Settings, verdicts: Verdicts, locate?: Locate): void {
    try {
        // The view's kind is the one that the rule is about: viewsOf() chose it by that.
        const verdict = (rule.check as (view: Seen, settings: Settings) => Verdict)(view, settings);
        if (verdict !== undefined) {
            faultsOf(verdict).forEach(fault => verdicts.findings.push(finding(rule, { ...fault, about: view }, locate)));
        }
    } catch (error) {
        unfinished(rule, view, error, verdicts, locate);
    }
}

/** A reading that came to no end: what it found by then stands. */
function unfinished(rule: Rule, view: Seen, error: unknown, verdicts: Verdicts, locate?: Locate): void {
    const faults: readonly StackFault[] = error instanceof Inexpressible ? [{ message: error.message, about: view }]
        : error instanceof Unfinished ? error.faults.map(fault => ({ about: view, ...fault })) : [];
    faults.forEach(fault => verdicts.findings.push(finding(rule, fault, locate)));
    fail(rule, view, error, verdicts, locate);
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

/** By code units: the same on every machine, and many times as fast as by the rules of a language. */
function textOrder(one: string, other: string): number {
    return one < other ? -1 : one > other ? 1 : 0;
}

/** By file and place, then by weight: the order in which a person mends. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
    const compare = (a: Finding, b: Finding) => textOrder(a.path, b.path) || a.document - b.document || a.line - b.line || a.column - b.column
        || ORDER[a.severity] - ORDER[b.severity] || textOrder(a.rule, b.rule);
    return [...findings].sort(compare);
}

/** The same failure once, though several rules met it. */
function unrepeated<Item extends Failure | Undecided>(items: readonly Item[]): readonly Item[] {
    return [...new Map(items.map(item => [JSON.stringify(item), item])).values()];
}
