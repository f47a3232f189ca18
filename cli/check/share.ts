import { isFailure, readDocuments } from "./documents";
import { kindOf } from "./recognise";
import { RULES } from "../../policies/catalogue";
import { judgeDocuments } from "../../policies/sources";
import type { ReadFile } from "./documents";
import type { Locate } from "../../policies/judge";
import type { Report } from "../../policies/report/report";
import type { Settings } from "../../policies/rule";
import type { SourceDocument } from "../../policies/sources";

/** A part of the files, and how to judge it: plain data, so that it can be sent to another thread. */
export interface Share {
    readonly files: readonly string[];
    /** Ids of rules that ask about one subject at a time. */
    readonly rules: readonly string[];
    readonly settings: Readonly<Record<string, Settings>>;
    readonly advisory: readonly string[];
}

/** What the rules of a share say of the Kubernetes objects in its files. A file that cannot be read is for others to report. */
export function judgeShare({ files, rules, settings, advisory }: Share): Report {
    const places = new Map<string, ReadFile["place"]>();
    const manifests = files.flatMap((path): SourceDocument[] => {
        const read = readDocuments(path);
        if (isFailure(read)) {
            return [];
        }
        places.set(path, read.place);
        return read.documents.flatMap((root, document) => kindOf(root) === "kubernetes" ? [{ path, document, root }] : []);
    });
    const locate: Locate = (origin, path) => places.get(origin.path)?.(origin.document, [...origin.base, ...path]);
    return judgeDocuments(manifests, { rules: RULES.filter(({ id }) => rules.includes(id)), settings, advisory: new Set(advisory), locate });
}
