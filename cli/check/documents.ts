import {
    CORE_SCHEMA, YAMLException, boolYaml11Tag, defineMappingTag, defineScalarTag, defineSequenceTag, floatYaml11Tag, intYaml11Tag, loadAll, mapTag,
    mergeTag, nullYaml11Tag, seqTag,
} from "js-yaml";

import { placesIn } from "./places";
import { readText, reasonOf } from "./files";
import type { JudgeOptions, Spot } from "../../policies/judge";
import type { Failure } from "../../policies/report/report";
import type { Path } from "../../policies/view/unfinished";

/** A file's documents and where things are in it. */
export interface ReadFile {
    readonly path: string;
    readonly documents: readonly unknown[];
    readonly place: (document: number, path: Path) => Spot | undefined;
    /** What is wrong with a file that can be read all the same. */
    readonly flaw?: Failure;
}

/** How to judge files. */
export interface CheckOptions extends JudgeOptions {
    /** Whether an update follows that judges again: then what is not known yet is no error. */
    readonly updateFollows?: boolean;
    /** Whether files that are named are taken as those that a folder holds: what is nothing to judge is left out. */
    readonly skipOthers?: boolean;
    /** Texts, by absolute path, that count instead of what the files hold: to see what a change would do. */
    readonly texts?: ReadonlyMap<string, string>;
}

/** What kubectl takes for YAML: version 1.1, where `yes` and `on` are true, without its dates, which stay texts. */
export const KUBECTL = CORE_SCHEMA.withTags(
    mergeTag, nullYaml11Tag, boolYaml11Tag, intYaml11Tag, floatYaml11Tag,
    // Compose's own tags say how files are merged, which is the loader's affair: here the value is taken as it stands.
    ["!reset", "!override"].flatMap(tag => [
        defineMappingTag(tag, { ...mapTag }), defineSequenceTag(tag, { ...seqTag }),
        defineScalarTag(tag, { resolve: source => source, identify: () => false }),
    ]),
);

/**
 * Reads a file; a failure says what is wrong and where.
 * @param given its text, where it is not the file's own
 */
export function readDocuments(path: string, given?: string): ReadFile | Failure {
    let text: string;
    try {
        text = given ?? readText(path);
    } catch (error) {
        return { path, line: 0, message: `cannot be read: ${reasonOf(error)}` };
    }
    try {
        const documents = isJson(path, text) ? [JSON.parse(text) as unknown] : loadAll(text, { schema: KUBECTL });
        return { path, documents, place: safely(text) };
    } catch (error) {
        const failure = unreadable(path, text, error);
        return isDuplicate(error) ? flawed(path, text, failure) : failure;
    }
}

/** Of a key that is there twice engines take the last: it is judged so, and said to be wrong. */
function flawed(path: string, text: string, flaw: Failure): ReadFile | Failure {
    try {
        return { path, documents: loadAll(text, { schema: KUBECTL, json: true }), place: safely(text), flaw };
    } catch {
        return flaw;
    }
}

function isDuplicate(error: unknown): boolean {
    return error instanceof YAMLException && error.reason.includes("duplicated mapping key");
}

export function isFailure(read: ReadFile | Failure): read is Failure {
    return "message" in read;
}

function isJson(path: string, text: string): boolean {
    return /\.json$/i.test(path) || /^\s*[{[]/.test(text.slice(0, 200)) && parses(text);
}

function parses(text: string): boolean {
    try {
        JSON.parse(text);
        return true;
    } catch {
        return false;
    }
}

/** A place that cannot be found is no reason to lose the finding. */
function safely(text: string): ReadFile["place"] {
    const place = placesIn(text);
    return (document, path) => {
        try {
            return place(document, path);
        } catch {
            return undefined;
        }
    };
}

function unreadable(path: string, text: string, error: unknown): Failure {
    const kind = /\.json$/i.test(path) ? "JSON" : "YAML";
    const template = /\{\{[-\s]/.test(text) ? "; it looks like a template: render it first, e.g. with `helm template`" : "";
    if (error instanceof YAMLException) {
        return { path, line: (error.mark?.line ?? -1) + 1, message: `is not ${kind}: ${error.reason}${template}` };
    }
    return { path, line: 0, message: `is not ${kind}: ${error instanceof Error ? error.message.split("\n", 1)[0] ?? "" : String(error)}${template}` };
}
