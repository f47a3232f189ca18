/** The way to a value inside what was given: keys of mappings, indices (from 0) of lists. */
export type Path = readonly (string | number)[];

/** What a rule found: the predicate of a sentence about its subject, and where. */
export interface Fault {
    readonly message: string;
    readonly at?: Path;
}

/** A reading that came to no end. `faults` are those found among the values that could be read: they stand. */
export class Unfinished extends Error {
    constructor(readonly path: Path, fault: string, readonly faults: readonly Fault[] = []) {
        super(`${formatPath(path)} ${fault}`);
        this.name = new.target.name;
    }
}

/** Thrown when a rule reads what is not known yet, e.g. an output at preview. Never means that the rule is kept. */
export class Unknown extends Unfinished {
    constructor(path: Path, faults: readonly Fault[] = []) {
        super(path, "is not known yet", faults);
    }
}

/** Thrown when something has a shape that nobody can judge, e.g. a text where a list of containers belongs. */
export class Malformed extends Unfinished {
    constructor(path: Path, readonly wanted: string, faults: readonly Fault[] = []) {
        super(path, `is not ${wanted}`, faults);
    }
}

/** The same end of a reading, with the faults that were found beside it. */
export function withFaults(error: Unfinished, faults: readonly Fault[]): Unfinished {
    return error instanceof Malformed ? new Malformed(error.path, error.wanted, faults) : new Unknown(error.path, faults);
}

/** Thrown when the platform settles a question elsewhere, so that the subject can neither keep nor break the rule. */
export class NotApplicable extends Error {}

/** Thrown when the kind of resource has no field for what a rule asks; the message says what is needed instead. */
export class Inexpressible extends Error {}

/** `services.api.ports[0]`. */
export function formatPath(path: Path): string {
    return path.map((step, at) => typeof step === "number" ? `[${step}]` : at === 0 ? step : `.${step}`).join("");
}
