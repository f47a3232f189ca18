import type { Path } from "../../model/problem";
import { type Fault, FaultError, shorten } from "../fault";
import { type Mapping, type Value, isMapping } from "../value";
import { CASTS, type CastRule } from "./casts";
import type { Rules } from "../rules";
import { STRUCTURE } from "./structure";
import { type Lookup, TemplateFault, substitute } from "./template";

/** The lookups of one interpolation: with marks for secrets, and with plain values where a number or boolean must come out. */
export interface Lookups {
    readonly marked: Lookup;
    readonly plain: Lookup;
}

/**
 * A copy of a document with every variable replaced, keys excepted, and texts cast where the place wants another type.
 * @throws FaultError with every text that cannot be interpolated
 */
export function interpolate(document: Mapping, lookups: Lookups): Mapping {
    const faults: Fault[] = [];
    const result = each(document, [], { casts: CASTS, structure: STRUCTURE }, lookups, faults) as Mapping;
    if (faults.length > 0) {
        throw new FaultError(faults);
    }
    return result;
}

/** The rules that hold where the walk is; undefined where none holds any more. */
interface Walk {
    readonly casts: Rules<CastRule> | undefined;
    readonly structure: Rules<true> | undefined;
}

function each(value: Value, path: Path, walk: Walk, lookups: Lookups, faults: Fault[]): Value {
    // All that stands below a place that is part of the structure is part of it.
    const used = walk.structure?.here === true ? { ...lookups, marked: lookups.plain } : lookups;
    if (typeof value === "string") {
        return text(value, path, walk.casts?.here, used, faults);
    }
    const next = (step: string): Walk => ({
        casts: walk.casts?.deeper === true ? walk.casts.next(step) : undefined,
        structure: walk.structure?.deeper === true ? walk.structure.next(step) : undefined,
    });
    if (isMapping(value)) {
        return new Map([...value].map(([key, entry]) => [key, each(entry, [...path, key], next(key), used, faults)]));
    }
    if (Array.isArray(value)) {
        const items = next("[]");
        return value.map((entry, at) => each(entry, [...path, at], items, used, faults));
    }
    return value;
}

function text(value: string, path: Path, rule: CastRule | undefined, lookups: Lookups, faults: Fault[]): Value {
    if (rule === undefined && !value.includes("$")) {
        return value;
    }
    try {
        const result = substitute(value, rule === undefined ? lookups.marked : lookups.plain);
        const cast = rule === undefined ? result : rule.cast(result);
        if (cast === undefined) {
            faults.push({ path, fault: `is not ${rule?.wanted ?? "valid"}`, got: shorten(result === value ? value : `${value} = ${result}`) });
        }
        return cast ?? value;
    } catch (error) {
        if (!(error instanceof TemplateFault)) {
            throw error;
        }
        const { fault, got, remedy } = error;
        faults.push({ path, fault, ...got === undefined ? {} : { got: shorten(got) }, ...remedy === undefined ? {} : { remedy } });
        return value;
    }
}
