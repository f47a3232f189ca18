import type { Path } from "../../model/problem";
import { type Fault, FaultError, shorten } from "../fault";
import { type Mapping, type Value, equal, isMapping, isTimestamp, kindOf } from "../value";
import specification from "./compose-spec.json";

/** The part of JSON Schema that the Compose specification uses. */
interface Schema {
    readonly $ref?: string;
    readonly type?: string | readonly string[];
    readonly enum?: readonly unknown[];
    readonly pattern?: string;
    readonly minimum?: number;
    readonly maximum?: number;
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly patternProperties?: Readonly<Record<string, Schema>>;
    readonly additionalProperties?: boolean | Schema;
    readonly unevaluatedProperties?: boolean;
    readonly required?: readonly string[];
    readonly items?: Schema;
    readonly uniqueItems?: boolean;
    readonly oneOf?: readonly Schema[];
    readonly anyOf?: readonly Schema[];
    readonly allOf?: readonly Schema[];
}

const ROOT = specification as unknown as Schema & { readonly $defs: Readonly<Record<string, Schema>> };
const patterns = new Map<string, RegExp>();

/**
 * Refuses a project that is not of the shape that the Compose specification gives: unknown keys, wrong types, missing keys.
 * @throws FaultError with everything that is wrong
 */
export function validateSchema(project: Mapping): void {
    const faults: Fault[] = [];
    check(ROOT, project, [], faults);
    if (faults.length > 0) {
        throw new FaultError(faults);
    }
}

/** Adds what is wrong to the faults and returns the keys of the mapping that the schema speaks of. */
function check(schema: Schema, value: Value, path: Path, faults: Fault[]): Set<string> {
    const known = new Set<string>();
    const from = (keys: Iterable<string>): void => { for (const key of keys) { known.add(key); } };
    if (schema.$ref !== undefined) {
        from(check(ROOT.$defs[schema.$ref.slice("#/$defs/".length)] ?? {}, value, path, faults));
    }
    if (checkType(schema, value, path, faults)) {
        checkScalar(schema, value, path, faults);
        if (isMapping(value)) {
            from(checkKeys(schema, value, path, faults));
        } else if (Array.isArray(value)) {
            checkItems(schema, value, path, faults);
        }
    }
    for (const part of schema.allOf ?? []) {
        from(check(part, value, path, faults));
    }
    from(checkChoice(schema, value, path, faults));
    if (schema.unevaluatedProperties === false && isMapping(value)) {
        for (const key of value.keys()) {
            if (!known.has(key)) {
                faults.push(unknownKey([...path, key]));
            }
        }
    }
    return known;
}

function unknownKey(path: Path): Fault {
    return { path, fault: "is not a key of the Compose specification", remedy: "correct the name, or begin it with x-" };
}

function typeMatches(type: string, value: Value): boolean {
    switch (type) {
        case "null": return value === null;
        case "boolean": return typeof value === "boolean";
        case "string": return typeof value === "string" || isTimestamp(value);
        case "number": return typeof value === "number" || typeof value === "bigint";
        case "integer": return typeof value === "bigint" || Number.isInteger(value);
        case "array": return Array.isArray(value);
        default: return isMapping(value);
    }
}

const TYPE_WORDS: Record<string, string> = {
    object: "a mapping", array: "a list", string: "a text", integer: "an integer", number: "a number", boolean: "true or false", null: "nothing",
};

function checkType(schema: Schema, value: Value, path: Path, faults: Fault[]): boolean {
    const types = schema.type === undefined ? [] : typeof schema.type === "string" ? [schema.type] : schema.type;
    if (types.length === 0 || types.some(type => typeMatches(type, value))) {
        return true;
    }
    faults.push({ path, fault: `is not ${types.map(type => TYPE_WORDS[type] ?? type).join(" or ")}`, got: described(value) });
    return false;
}

function described(value: Value): string {
    return typeof value === "string" ? shorten(value)
        : typeof value === "object" && !isTimestamp(value) ? kindOf(value) : `${kindOf(value)}: ${isTimestamp(value) ? value.json : String(value)}`;
}

function checkScalar(schema: Schema, value: Value, path: Path, faults: Fault[]): void {
    if (schema.enum !== undefined && !schema.enum.includes(typeof value === "bigint" ? Number(value) : value)) {
        faults.push({ path, fault: "is not one of the values allowed", got: described(value), remedy: `write ${schema.enum.join(", ")}` });
    }
    if (typeof value === "string" && schema.pattern !== undefined && !pattern(schema.pattern).test(value)) {
        faults.push({ path, fault: "has not the form required", got: shorten(value), remedy: `match ${schema.pattern}` });
    }
    if (typeof value === "bigint" || typeof value === "number") {
        if (schema.minimum !== undefined && value < schema.minimum) {
            faults.push({ path, fault: `is less than ${schema.minimum}`, got: String(value) });
        }
        if (schema.maximum !== undefined && value > schema.maximum) {
            faults.push({ path, fault: `is more than ${schema.maximum}`, got: String(value) });
        }
        if (typeof value === "number" && !Number.isFinite(value)) {
            faults.push({ path, fault: "is not a finite number", got: String(value) });
        }
    }
}

function pattern(source: string): RegExp {
    const known = patterns.get(source) ?? new RegExp(source, "u");
    patterns.set(source, known);
    return known;
}

function checkKeys(schema: Schema, map: Mapping, path: Path, faults: Fault[]): string[] {
    for (const key of schema.required ?? []) {
        if (!map.has(key)) {
            faults.push({ path, fault: `has no ${key}`, remedy: `write ${key}: …` });
        }
    }
    const known: string[] = [];
    for (const [key, value] of map) {
        const matching = [
            ...schema.properties !== undefined && Object.hasOwn(schema.properties, key) ? [schema.properties[key] as Schema] : [],
            ...Object.entries(schema.patternProperties ?? {}).filter(([source]) => pattern(source).test(key)).map(([, part]) => part),
        ];
        if (matching.length === 0 && typeof schema.additionalProperties === "object") {
            matching.push(schema.additionalProperties);
        }
        if (matching.length === 0 && schema.additionalProperties === false) {
            faults.push(unknownKey([...path, key]));
        }
        if (matching.length > 0 || schema.additionalProperties !== undefined) {
            known.push(key);
        }
        for (const part of matching) {
            check(part, value, [...path, key], faults);
        }
    }
    return known;
}

function checkItems(schema: Schema, list: readonly Value[], path: Path, faults: Fault[]): void {
    const { items } = schema;
    if (items !== undefined) {
        list.forEach((item, at) => { check(items, item, [...path, at], faults); });
    }
    if (schema.uniqueItems === true) {
        list.forEach((item, at) => {
            const first = list.findIndex(other => same(other, item));
            if (first < at) {
                faults.push({ path: [...path, at], fault: `repeats item ${first} of the list`, got: described(item) });
            }
        });
    }
}

/** JSON knows one kind of number, so `1` and `1.0` are the same item. */
function same(one: Value, other: Value): boolean {
    return equal(one, other) || typeof one !== typeof other && ["bigint", "number"].includes(typeof one)
        && ["bigint", "number"].includes(typeof other) && Number(one) === Number(other);
}

function checkChoice(schema: Schema, value: Value, path: Path, faults: Fault[]): Set<string> {
    const known = new Set<string>();
    for (const [choices, exactly] of [[schema.oneOf, true], [schema.anyOf, false]] as const) {
        if (choices === undefined) {
            continue;
        }
        const tries = choices.map(choice => {
            const found: Fault[] = [];
            return { keys: check(choice, value, path, found), found };
        });
        const fitting = tries.filter(attempt => attempt.found.length === 0);
        fitting.forEach(attempt => { attempt.keys.forEach(key => known.add(key)); });
        if (fitting.length === 0) {
            faults.push(...mostSpecific(tries.map(attempt => attempt.found), value, path));
        } else if (exactly && fitting.length > 1) {
            faults.push({ path, fault: "has more than one of the forms allowed", got: described(value) });
        }
    }
    return known;
}

/** Of the forms that do not fit, the faults of the one that fits furthest down; where none does, all forms in one fault. */
function mostSpecific(tries: readonly (readonly Fault[])[], value: Value, path: Path): readonly Fault[] {
    const deeper = tries.filter(found => found.every(fault => fault.path.length > path.length));
    if (deeper.length > 0) {
        return deeper.reduce((best, found) => found.length < best.length ? found : best);
    }
    const forms = new Set(tries.flat().filter(fault => fault.path.length === path.length && fault.fault.startsWith("is not "))
        .flatMap(fault => fault.fault.slice("is not ".length).split(" or ")));
    return forms.size === 0 ? tries[0] as readonly Fault[] : [{ path, fault: `is not ${[...forms].join(" or ")}`, got: described(value) }];
}
