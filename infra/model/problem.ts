/** Where a fact was written: a file with line and column, both counted from 1. */
export interface Place {
    readonly file: string;
    readonly line: number;
    readonly column: number;
}

/** The way to a value inside a document: keys of mappings, indices (from 0) of sequences. */
export type Path = readonly (string | number)[];

/** Finds where the value at a path was written; nothing where no file holds it (it was inferred or computed). */
export type Locate = (path: Path) => Place | undefined;

/** A fault in what was given to the toolkit. Problems are collected, all of a stage at once. */
export interface Problem {
    readonly place?: Place;
    /** What is wrong, e.g. `services.api.ports[0]`. */
    readonly subject: string;
    /** How it is wrong, e.g. `is not a port mapping`. */
    readonly fault: string;
    /** The value that was got, shortened; never a secret. */
    readonly got?: string;
    /** What to do about it, e.g. `write "80:80/tcp"`. */
    readonly remedy?: string;
}

/** Thrown at the end of a stage that found problems. The message holds all of them, a line each. */
export class ProblemsError extends Error {
    constructor(readonly problems: readonly Problem[]) {
        super(problems.map(formatProblem).join("\n"));
        this.name = "ProblemsError";
    }
}

/** One line in the toolkit's only grammar: `<file:line:column> <what> <is wrong> (<value got>); <what to do>`. */
export function formatProblem(problem: Problem): string {
    const { place, subject, fault, got, remedy } = problem;
    const where = place === undefined ? "" : `${place.file}:${place.line}:${place.column} `;
    const value = got === undefined ? "" : ` (${got})`;
    const advice = remedy === undefined ? "" : `; ${remedy}`;
    return `${where}${subject} ${fault}${value}${advice}`;
}

/** Writes a path the way people do: `services.api.ports[0]`. */
export function formatPath(path: Path): string {
    return path.map((step, at) => typeof step === "number" ? `[${step}]` : at === 0 ? step : `.${step}`).join("");
}

/**
 * Throws `ProblemsError` if there is any problem.
 */
export function refuseProblems(problems: readonly Problem[]): void {
    if (problems.length > 0) {
        throw new ProblemsError(problems);
    }
}
