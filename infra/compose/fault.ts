import type { Path, Place, Problem } from "../model/problem";

/** A problem of the loader before its place is looked up: the path in the project, or the place where it is known. */
export interface Fault {
    readonly path: Path;
    /** What is wrong where it is not the path, e.g. `the file`. */
    readonly subject?: string;
    readonly fault: string;
    readonly got?: string;
    readonly remedy?: string;
    readonly place?: Place;
}

/** Thrown inside the loader only; `loadProject` turns it into a `ProblemsError` with places. */
export class FaultError extends Error {
    constructor(readonly faults: readonly Fault[]) {
        super(faults.map(fault => `${fault.path.join(".")} ${fault.fault}`).join("\n"));
        this.name = "FaultError";
    }
}

/** Ends the stage with one fault. */
export function fail(path: Path, fault: string, more: Partial<Omit<Fault, "path" | "fault">> = {}): never {
    throw new FaultError([{ path, fault, ...more }]);
}

/** Runs each task and throws all faults of all of them together. */
export function gather(tasks: Iterable<() => void>): void {
    const faults: Fault[] = [];
    for (const task of tasks) {
        collect(faults, task);
    }
    if (faults.length > 0) {
        throw new FaultError(faults);
    }
}

/** Runs a task and adds its faults to the list instead of throwing them. */
export function collect(faults: Fault[], task: () => void): void {
    try {
        task();
    } catch (error) {
        if (!(error instanceof FaultError)) {
            throw error;
        }
        faults.push(...error.faults);
    }
}

/** At most 60 characters of a value, on one line, for a problem. */
export function shorten(text: string): string {
    const line = JSON.stringify(text);
    return line.length > 60 ? `${line.slice(0, 56)}…"` : line;
}

/** Gives a fault its place, or the nearest one that is known. */
export function toProblem(fault: Fault, subject: string, place: Place | undefined): Problem {
    return {
        ...(fault.place ?? place) === undefined ? {} : { place: fault.place ?? place },
        subject: fault.subject ?? subject,
        fault: fault.fault,
        ...fault.got === undefined ? {} : { got: fault.got },
        ...fault.remedy === undefined ? {} : { remedy: fault.remedy },
    };
}
