import { faultsOf, viewsFor } from "../judge";
import { settingsOf } from "../rule";
import { stackOf } from "../view/stack";
import { Unfinished } from "../view/unfinished";
import { mendOf, parametersOf } from "./index";
import type { Rule, Settings, StackFault, Verdict } from "../rule";
import type { Origin, Piece, Platform, Seen, Subject } from "../view/types";
import type { Path } from "../view/unfinished";
import type { Edit } from "./edits";
import type { Mend } from "./mend";

/** What would make one finding go away. */
export interface Remedy {
    readonly rule: string;
    readonly origin: Origin;
    readonly subject: Subject;
    /** The finding's whole message. */
    readonly message: string;
    /** The place that the finding points at. */
    readonly at: Path;
    /** Paths are those of the document, `origin.base` left out. Empty: nobody can tell what would be right. */
    readonly edits: readonly Edit[];
    /** Why it is left alone although there are edits. */
    readonly unless?: string;
}

/** Which remedies are wanted, and how. */
export interface PlanOptions {
    readonly rules: readonly Rule[];
    readonly settings?: Readonly<Record<string, Settings>>;
}

/** Remedies for what the rules find in these pieces, by rules that mend; what is not known has none. */
export function remediesOf(pieces: readonly Piece[], options: PlanOptions): Remedy[] {
    return options.rules.flatMap(rule => {
        const mend = mendOf(rule.id);
        if (mend === undefined) {
            return [];
        }
        const settings = settingsOf({ ...rule, parameters: parametersOf(rule) }, options.settings?.[rule.id]);
        return faultsIn(rule, pieces, settings).map(fault => remedy(rule, mend, fault, settings));
    });
}

function faultsIn(rule: Rule, pieces: readonly Piece[], settings: Settings): readonly StackFault[] {
    if (rule.about === "stack") {
        return known(() => rule.check(stackOf(pieces), settings));
    }
    // The view's kind is the one that the rule is about: viewsFor() chose it by that.
    const check = rule.check as (view: Seen, settings: Settings) => Verdict;
    return pieces.flatMap(piece => {
        let views: readonly Seen[] = [];
        known(() => {
            views = viewsFor(rule, piece);
            return [];
        });
        return views.flatMap(view => known(() => faultsOf(check(view, settings)).map(fault => ({ ...fault, about: view })), view));
    });
}

/** What is known to be wrong, whatever else could not be read: that is the judge's to report. */
function known(check: () => readonly StackFault[], view?: Seen): readonly StackFault[] {
    try {
        return check();
    } catch (error) {
        return error instanceof Unfinished ? error.faults.flatMap(fault => "about" in fault ? [fault as StackFault] : view === undefined ? [] : [{ ...fault, about: view }]) : [];
    }
}

function remedy(rule: Rule, mend: Mend, fault: StackFault, settings: Settings): Remedy {
    const { about: view } = fault;
    const at = fault.at ?? (rule.property === undefined ? view.path : view.place(rule.property));
    const found = { view, platform: platformOf(view), at, settings };
    const unless = attempt(() => mend.unless?.(found), undefined);
    return {
        rule: rule.id, origin: view.origin, subject: view.subject,
        message: `${view.label} ${fault.message}`,
        at,
        edits: attempt(() => mend.edits(found), []),
        ...unless === undefined ? {} : { unless },
    };
}

/** What a mend has to read may be unknown although the fault was not: then there is none. */
function attempt<Result>(read: () => Result, otherwise: Result): Result {
    try {
        return read();
    } catch (error) {
        if (error instanceof Unfinished) {
            return otherwise;
        }
        throw error;
    }
}

/** The system in whose words a view's part of the document is written. */
export function platformOf(view: Seen): Platform {
    if ("workload" in view) {
        return (view as { readonly workload: { readonly platform: Platform } }).workload.platform;
    }
    if ("platform" in view) {
        return view.platform as Platform;
    }
    const { kind } = view.subject;
    if (kind === "service" || kind === "network" || kind === "volume") {
        return "compose";
    }
    const swarm = kind === "Service" && (view as { readonly how?: unknown }).how === "published";
    return swarm ? "swarm" : ["Container", "Network", "RemoteImage", "Volume"].includes(kind) ? "docker" : "kubernetes";
}
