import type { Severity } from "../rule";
import type { Subject } from "../view/types";

/** One thing that is wrong, with everything that a person needs to mend it. */
export interface Finding {
    readonly rule: string;
    readonly severity: Severity;
    /** A whole sentence without a full stop: subject, what is wrong, value got. Never a secret's value. */
    readonly message: string;
    /** The file; a URN where there is no file. */
    readonly path: string;
    /** From 1; 0 where nobody knows. */
    readonly line: number;
    readonly column: number;
    /** Which document of the file, from 0. */
    readonly document: number;
    readonly subject: Subject;
    readonly benchmarks: readonly string[];
    readonly controls: readonly string[];
    readonly remedy: string;
    /** Where the rule is configured to advise: then the finding fails nothing. */
    readonly level?: "advisory";
}

/** A finding that an exemption takes out of the verdict. */
export interface Exempted extends Finding {
    readonly reason: string;
    readonly expires: string;
}

/** A rule that could not be judged, as a value it needs is not known before the update. */
export interface Undecided {
    readonly rule: string;
    readonly message: string;
    readonly path: string;
    readonly subject: Subject;
}

/** What could not be read or judged; there is no verdict where there is one of these. */
export interface Failure {
    readonly path: string;
    readonly line: number;
    readonly message: string;
}

export interface Report {
    readonly findings: readonly Finding[];
    readonly exempted: readonly Exempted[];
    readonly unknown: readonly Undecided[];
    readonly errors: readonly Failure[];
    readonly checked: { readonly files: number; readonly documents: number; readonly subjects: number };
}
