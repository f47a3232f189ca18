import { Inexpressible, NotApplicable, Unfinished, withFaults } from "./view/unfinished";
import type { Fault, Path } from "./view/unfinished";
import type { ContainerView, ExposureView, ImageView, ObjectView, Platform, Seen, VolumeView, WorkloadView } from "./view/types";
import type { Stack } from "./view/stack";

export type Severity = "low" | "medium" | "high" | "critical";
export const SEVERITIES: readonly Severity[] = ["low", "medium", "high", "critical"];

/** What a rule says of its subject: nothing, or the predicate of a sentence (`has a writable root filesystem`), or several. */
export type Verdict = string | Fault | readonly Fault[] | undefined;

/** What a rule found in a whole stack: whom it is about comes with it. */
export interface StackFault extends Fault {
    readonly about: Seen;
}

/** What can be set for a rule, as a JSON Schema of its properties; every one has a default. */
export type Parameters = Readonly<Record<string, { readonly type: "array" | "boolean" | "integer" | "string"; readonly items?: { readonly type: "string" }; readonly default: unknown; readonly description: string }>>;

/** Values of a rule's parameters, defaults filled in. */
export type Settings = Readonly<Record<string, unknown>>;

/** Inputs of one Pulumi resource. */
export type Inputs = Readonly<Record<string, unknown>>;

export interface RuleText {
    /** The file's name. It says the fault. */
    readonly id: string;
    readonly severity: Severity;
    /** What holds where the rule is kept, a sentence without a full stop. */
    readonly title: string;
    readonly fix: string;
    /** Benchmarks and standards, e.g. `CIS Docker 5.5`. */
    readonly benchmarks: readonly string[];
    /** Requirements of the toolkit's own catalogue; empty where none asks for it. */
    readonly controls: readonly string[];
    /** Whether it suits some houses only, or contradicts another rule: then it is judged only where it is asked for. */
    readonly optional?: true;
    /** The systems that it speaks of; all that have such a view where undefined. */
    readonly platforms?: readonly Platform[];
    readonly parameters?: Parameters;
    /** The property of the view that the verdict is about: findings point at it unless a fault says otherwise. */
    readonly property?: string;
}

type Check<View> = (view: View, settings: Settings) => Verdict;

export type Rule = RuleText & (
    | { readonly about: "container"; readonly check: Check<ContainerView> }
    | { readonly about: "workload"; readonly check: Check<WorkloadView> }
    | { readonly about: "exposure"; readonly check: Check<ExposureView> }
    | { readonly about: "image"; readonly check: Check<ImageView> }
    | { readonly about: "volume"; readonly check: Check<VolumeView> }
    | { readonly about: "object"; readonly types: readonly string[]; readonly check: Check<ObjectView> }
    | { readonly about: "stack"; readonly check: (stack: Stack, settings: Settings) => readonly StackFault[] }
);

type Define<View> = RuleText & { readonly property?: Extract<keyof View, string>; readonly check: Check<View> };

/** A rule about every container, wherever it is: init, sidecar and ephemeral ones too. */
export function containerRule(rule: Define<ContainerView>): Rule {
    return { about: "container", ...rule };
}

/** A rule about what containers started together share: namespaces, networks, the host's paths. */
export function workloadRule(rule: Define<WorkloadView>): Rule {
    return { about: "workload", ...rule };
}

/** A rule about a way in from outside. */
export function exposureRule(rule: Define<ExposureView>): Rule {
    return { about: "exposure", ...rule };
}

/** A rule about a reference to an image. */
export function imageRule(rule: Define<ImageView>): Rule {
    return { about: "image", property: "reference", ...rule };
}

/** A rule about a volume, whoever mounts it. */
export function volumeRule(rule: Define<VolumeView>): Rule {
    return { about: "volume", ...rule };
}

/** A rule about what Kubernetes alone has: the check is asked about pods only. */
export function podRule(rule: Define<WorkloadView>): Rule {
    return { about: "workload", platforms: ["kubernetes"], ...rule };
}

/** A rule about what Kubernetes alone has: the check is asked about containers of pods only. */
export function podContainerRule(rule: Define<ContainerView>): Rule {
    return { about: "container", platforms: ["kubernetes"], ...rule };
}

/**
 * A rule about anything else that was given, as it was given.
 * @param rule `types` as in `ObjectView.type`; empty for every type of its platforms
 */
export function objectRule(rule: RuleText & { readonly types: readonly string[]; readonly check: Check<ObjectView> }): Rule {
    return { about: "object", ...rule };
}

/** A rule that only the whole stack answers. */
export function stackRule(rule: RuleText & { readonly check: (stack: Stack, settings: Settings) => readonly StackFault[] }): Rule {
    return { about: "stack", ...rule };
}

/**
 * Judges every item, and only then says that one of them could not be read: what is known to be wrong stays wrong.
 * @param check returns the message about one item, or nothing.
 */
export function each<Item extends { readonly path: Path }>(items: readonly Item[], check: (item: Item) => string | undefined): readonly Fault[] {
    const faults: Fault[] = [];
    let unfinished: Unfinished | undefined;
    for (const item of items) {
        try {
            const message = check(item);
            if (message !== undefined) {
                faults.push({ message, at: item.path });
            }
        } catch (error) {
            if (error instanceof Inexpressible) {
                faults.push({ message: error.message, at: item.path });
            } else if (error instanceof Unfinished) {
                unfinished = error;
            } else if (!(error instanceof NotApplicable)) {
                throw error;
            }
        }
    }
    if (unfinished !== undefined) {
        throw withFaults(unfinished, faults);
    }
    return faults;
}

/** Makes every check of one subject, and only then says that one of them came to no end. */
export function together(...checks: readonly (() => readonly Fault[])[]): readonly Fault[] {
    const faults: Fault[] = [];
    let unfinished: Unfinished | undefined;
    for (const check of checks) {
        try {
            faults.push(...check());
        } catch (error) {
            if (!(error instanceof Unfinished)) {
                throw error;
            }
            faults.push(...error.faults);
            unfinished = error;
        }
    }
    if (unfinished !== undefined) {
        throw withFaults(unfinished, faults);
    }
    return faults;
}

/** As `each`, over views of a stack: every fault says whom it is about. */
export function across<View extends Seen>(views: readonly View[], property: string, check: (view: View) => string | undefined): readonly StackFault[] {
    const about = new Map<Path, View>();
    const items = views.map(view => {
        const path = view.place(property);
        about.set(path, view);
        return { path, view };
    });
    const complete = (fault: Fault): StackFault[] => {
        const view = fault.at === undefined ? undefined : about.get(fault.at);
        return view === undefined ? [] : [{ ...fault, about: view }];
    };
    try {
        return each(items, item => check(item.view)).flatMap(complete);
    } catch (error) {
        throw error instanceof Unfinished ? withFaults(error, error.faults.flatMap(complete)) : error;
    }
}

/** Findings of several kinds of views: what one of them does not know hides nothing of the others. */
export function allFaults(...asked: readonly (() => readonly StackFault[])[]): readonly StackFault[] {
    const faults: StackFault[] = [];
    let unfinished: Unfinished | undefined;
    for (const ask of asked) {
        try {
            faults.push(...ask());
        } catch (error) {
            if (!(error instanceof Unfinished)) {
                throw error;
            }
            // `across` has said of each whom it is about.
            faults.push(...error.faults as readonly StackFault[]);
            unfinished ??= error;
        }
    }
    if (unfinished !== undefined) {
        throw withFaults(unfinished, faults);
    }
    return faults;
}

/** Whether any item is so; throws `Unknown` only where no known one is. */
export function some<Item>(items: readonly Item[], holds: (item: Item) => boolean): boolean {
    let unknown: unknown;
    for (const item of items) {
        try {
            if (holds(item)) {
                return true;
            }
        } catch (error) {
            unknown = error;
        }
    }
    if (unknown !== undefined) {
        throw unknown as Error;
    }
    return false;
}

/** A parameter that is a list of texts. */
export function textsOf(settings: Settings, name: string): readonly string[] {
    const given = settings[name];
    return Array.isArray(given) ? given.filter(item => typeof item === "string") : [];
}

/** The rule's settings: what was configured over the defaults. */
export function settingsOf(rule: Rule, configured: Settings = {}): Settings {
    const defaults = Object.entries(rule.parameters ?? {}).map(([name, parameter]) => [name, parameter.default] as const);
    return { ...Object.fromEntries(defaults), ...configured };
}
