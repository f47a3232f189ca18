import type { Parameters, Settings } from "../rule";
import type { ContainerView, ExposureView, NetworkView, ObjectView, Platform, Seen, WorkloadView } from "../view/types";
import type { Path } from "../view/unfinished";
import type { Edit, Plain } from "./edits";

/** What a rule found fault with, and where. */
export interface Found<View extends Seen = Seen> {
    readonly view: View;
    readonly platform: Platform;
    /** The place that the finding points at. */
    readonly at: Path;
    readonly settings: Settings;
}

/** How a finding of a rule is mended. */
export interface Mend {
    /** What an application may need that is then gone: it is not mended unless somebody asks for it. Undefined where it is safe. */
    readonly breaks?: string;
    /** What can be set for the values that it writes. */
    readonly parameters?: Parameters;
    /** Why this one must be left alone as long as something else is as it is; undefined where nothing stands in the way. */
    readonly unless?: (found: Found) => string | undefined;
    /** The edits that make the finding go away; none where nobody can tell what would be right. */
    readonly edits: (found: Found) => readonly Edit[];
}

/** Which part of a file something written as a mend is about. */
type Options = Omit<Mend, "edits" | "unless">;

/** A mend of a container, wherever it is. */
export function containerMend(options: Options & { readonly unless?: (container: ContainerView, found: Found) => string | undefined }, edits: (container: ContainerView, found: Found) => readonly Edit[]): Mend {
    return made(options, edits);
}

/** A mend of what containers started together share. */
export function workloadMend(options: Options, edits: (workload: WorkloadView, found: Found) => readonly Edit[]): Mend {
    return made(options, edits);
}

/** A mend of a way in from outside. */
export function exposureMend(options: Options, edits: (exposure: ExposureView, found: Found) => readonly Edit[]): Mend {
    return made(options, edits);
}

/** A mend of a network. */
export function networkMend(options: Options, edits: (network: NetworkView, found: Found) => readonly Edit[]): Mend {
    return made(options, edits);
}

/** A mend of anything else that was given. */
export function objectMend(options: Options, edits: (object: ObjectView, found: Found) => readonly Edit[]): Mend {
    return made(options, edits);
}

/** The view's kind is the one that the rule is about: the table pairs them. */
function made<View extends Seen>(options: Options & { readonly unless?: (view: View, found: Found) => string | undefined }, edits: (view: View, found: Found) => readonly Edit[]): Mend {
    const { unless, ...rest } = options;
    return {
        ...rest,
        ...unless === undefined ? {} : { unless: (found: Found) => unless(found.view as View, found) },
        edits: found => edits(found.view as View, found),
    };
}

/** Sets a property of the view to a value, on the platforms that are named. */
export function settingMend(options: Options, property: string, values: Partial<Record<Platform, Plain>>): Mend {
    return made(options, (view: Seen, { platform }) => {
        const value = values[platform];
        return value === undefined ? [] : [set(view.place(property), value)];
    });
}

/** Sets what the finding points at to a value, on the platforms that are named. */
export function pointedMend(options: Options, values: Partial<Record<Platform, Plain>>): Mend {
    return made(options, (_view: Seen, { platform, at }) => {
        const value = values[platform];
        return value === undefined ? [] : [set(at, value)];
    });
}

/** Takes out what the finding points at: an item of a list, a key. */
export function removalMend(options: Options, platforms: readonly Platform[]): Mend {
    return made(options, (view: Seen, { platform, at }) => platforms.includes(platform) && at.length > view.path.length ? [remove(view, at)] : []);
}

export function set(at: Path, value: Plain): Edit {
    return { do: "set", at, value };
}

export function add(at: Path, value: Plain): Edit {
    return { do: "add", at, value };
}

/** Takes something out of a view's own part of the document, with what it leaves empty there. */
export function remove(view: Pick<Seen, "path">, at: Path): Edit {
    return { do: "remove", at, within: view.path.length };
}

/** A parameter that is a whole number. */
export function numberOf(settings: Settings, name: string): number {
    return Number(settings[name]);
}
