import { CORE_SCHEMA, YAMLException, load, mergeTag } from "js-yaml";
import { z } from "zod";

import { formatPath, type Locate, type Path, type Problem } from "../model/problem";
import { locateIn } from "../yaml/places";
import { definition, type Declaration } from "./definition";

/** A checked hardening.yaml with the places of its values, or the problems that it has. */
export interface ReadDeclaration {
    readonly declaration: Declaration;
    readonly locate: Locate;
    readonly problems: readonly Problem[];
}

const MAX_CHARACTERS = 1024 * 1024;

/**
 * Reads and checks the text of a hardening.yaml. Nothing is thrown: with a problem the declaration is empty.
 * @param file how to call the file in problems
 */
export function readDeclaration(text: string, file: string): ReadDeclaration {
    const parsed = parse(text, file);
    if ("fault" in parsed) {
        return { declaration: {}, locate: () => undefined, problems: [parsed] };
    }
    const locate = locateIn(text, file);
    const checked = definition.safeParse(parsed.value ?? {});
    if (checked.success) {
        return { declaration: checked.data, locate, problems: [] };
    }
    const problems = checked.error.issues.flatMap(issue => problemsOf(issue, parsed.value, locate));
    return { declaration: {}, locate, problems };
}

/** The JSON Schema of hardening.yaml for editors, made from the definition. */
export function declarationSchema(): unknown {
    return {
        ...z.toJSONSchema(definition, { io: "input", target: "draft-2020-12" }),
        $id: "https://portcullis.dev/schema/hardening.json",
        title: "hardening.yaml",
    };
}

function parse(text: string, file: string): { value: unknown } | Problem {
    if (text.length > MAX_CHARACTERS) {
        return { place: { file, line: 1, column: 1 }, subject: "hardening.yaml", fault: "is too large", got: `${text.length} characters`, remedy: "keep it below 1 MiB" };
    }
    if (/^(\s*(#.*)?\n?)*$/.test(text)) {
        return { value: {} };
    }
    try {
        return { value: load(text, { schema: CORE_SCHEMA.withTags(mergeTag), filename: file }) };
    } catch (error) {
        if (!(error instanceof YAMLException)) {
            throw error;
        }
        const place = { file, line: (error.mark?.line ?? 0) + 1, column: (error.mark?.column ?? 0) + 1 };
        return { place, subject: "hardening.yaml", fault: "is not YAML", got: error.reason, remedy: "mend the syntax here" };
    }
}

function problemsOf(issue: z.core.$ZodIssue, value: unknown, locate: Locate): Problem[] {
    const path = issue.path as Path;
    if (issue.code === "unrecognized_keys") {
        return issue.keys.map(key => {
            const place = locate([...path, key]) ?? locate(path);
            return { ...(place && { place }), subject: formatPath([...path, key]), fault: "is not a known key", remedy: knownKeys(path) };
        });
    }
    const place = nearest(path, locate);
    const subject = path.length === 0 ? "hardening.yaml" : formatPath(path);
    return [{ ...(place && { place }), subject, fault: faultOf(issue), got: shown(valueAt(value, path)), remedy: remedyOf(issue) }];
}

function nearest(path: Path, locate: Locate) {
    for (let length = path.length; length >= 0; length--) {
        const place = locate(path.slice(0, length));
        if (place !== undefined) {
            return place;
        }
    }
    return undefined;
}

function faultOf(issue: z.core.$ZodIssue): string {
    switch (issue.code) {
        case "invalid_type": return `is not ${article(issue.expected)}`;
        case "invalid_value": return "is not one of the allowed values";
        case "too_small": return "is too small";
        case "too_big": return "is too large";
        case "invalid_format": return "has not the right form";
        default: return "is not understood";
    }
}

function remedyOf(issue: z.core.$ZodIssue): string {
    switch (issue.code) {
        case "invalid_type": return `write ${article(issue.expected)}`;
        case "invalid_value": return `write ${issue.values.map(String).join(" or ")}`;
        case "too_small": return `at least ${issue.minimum}`;
        case "too_big": return `at most ${issue.maximum}`;
        case "invalid_format": return `write ${issue.message}`;
        case "invalid_union": return alternatives(issue);
        default: return issue.message.toLowerCase();
    }
}

function alternatives(issue: z.core.$ZodIssueInvalidUnion): string {
    const wanted = issue.errors.flatMap(errors => errors.slice(0, 1)).map(error => {
        const where = error.path.length === 0 ? "" : ` for ${formatPath(error.path as Path)}`;
        return error.code === "unrecognized_keys" ? `no key ${error.keys.join(", ")}` : `${remedyOf(error).replace(/^write /, "")}${where}`;
    });
    return `write ${[...new Set(wanted)].join(", or ")}`;
}

function article(type: string): string {
    const words: Record<string, string> = { object: "a mapping", record: "a mapping", array: "a list", int: "a whole number" };
    return words[type] ?? `a ${type}`;
}

function knownKeys(path: Path): string {
    let schema: unknown = z.toJSONSchema(definition, { io: "input" });
    for (const step of path) {
        const at = schema as { properties?: Record<string, unknown>; additionalProperties?: unknown; items?: unknown };
        schema = typeof step === "number" ? at.items : at.properties?.[step] ?? at.additionalProperties;
    }
    const keys = Object.keys((schema as { properties?: object } | undefined)?.properties ?? {});
    return keys.length > 0 ? `the keys here are ${keys.join(", ")}` : "take it out";
}

function valueAt(value: unknown, path: Path): unknown {
    return path.reduce<unknown>((at, step) => (at as Record<string | number, unknown> | undefined)?.[step], value);
}

function shown(value: unknown): string {
    const text = value === undefined ? "nothing" : JSON.stringify(value) ?? String(value);
    return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
