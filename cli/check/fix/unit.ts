import type { Edit } from "../../../policies/mend/edits";
import type { Finding, Report } from "../../../policies/report/report";
import type { Rule, Settings } from "../../../policies/rule";

/** Texts of files by absolute path. */
export type Texts = ReadonlyMap<string, string>;

/** Edits to one document of one file that make findings go away. */
export interface FileRemedy {
    /** Absolute. */
    readonly path: string;
    readonly document: number;
    readonly edits: readonly Edit[];
    /** What it is for: what has to be gone afterwards. */
    readonly findings: readonly Finding[];
}

/** A finding that is left as it is, and why. */
export interface Left {
    readonly finding: Finding;
    readonly reason: string;
    /** Whether something else that is mended may be all that stands in the way. */
    readonly again?: true;
}

/** What is judged together: a Compose project, or all manifests. */
export interface Unit {
    readonly judge: (texts: Texts) => Report;
    /** Remedies for open findings, and those that have none. */
    readonly remedies: (texts: Texts, open: readonly Finding[]) => { readonly remedies: readonly FileRemedy[]; readonly left: readonly Left[] };
}

/** What a unit needs to know of the rules. */
export interface FixOptions {
    /** All that are judged. */
    readonly rules: readonly Rule[];
    readonly settings: Readonly<Record<string, Settings>>;
    /** Ids of those whose mends are made. */
    readonly mending: ReadonlySet<string>;
    /** As in `CheckOptions`. */
    readonly skipOthers?: boolean;
}

/** What a finding is about, whatever it says and wherever it stands: texts and lines change when something else is mended. */
export function keyOf({ rule, subject }: Pick<Finding, "rule" | "subject">): string {
    return JSON.stringify([rule, subject.kind, subject.namespace, subject.name, subject.container]);
}

export const NOT_IN_FILE = "nothing in the file tells what would be right";
