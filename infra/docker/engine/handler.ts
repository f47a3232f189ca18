/**
 * What Pulumi's dynamic provider calls for one kind of resource (its own type asks for `any`). Properties arrive as
 * plain data; a value that is not known yet arrives as the mark UNKNOWN.
 */
export interface Handler<Inputs, State extends Inputs> {
    create(inputs: Inputs): Promise<{ id: string; outs: State }>;
    diff(id: string, state: State, inputs: Inputs): Promise<Difference>;
    update?(id: string, state: State, inputs: Inputs): Promise<{ outs: State }>;
}

export interface Difference {
    readonly changes: boolean;
    /** Names of the inputs whose change asks for a new resource. */
    readonly replaces?: string[];
}

/** Which address the engine has; undefined: the environment's. */
export interface OnEngine {
    readonly host?: string;
}

/** Whether two plain values are the same, whatever the order of their keys. */
export function same(left: unknown, right: unknown): boolean {
    return JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
}

function sorted(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(sorted);
    }
    if (typeof value === "object" && value !== null) {
        return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1).map(([key, each]) => [key, sorted(each)]));
    }
    return value;
}
