import { resolve } from "node:path";

import { isFailure, readDocuments } from "../documents";
import { kindOf } from "../recognise";
import { judgeDocuments, type SourceDocument } from "../../../policies/sources";
import { remediesOf, type Remedy } from "../../../policies/mend/plan";
import { kubernetesPieces } from "../../../policies/view/kubernetes";
import { Value } from "../../../policies/view/value";
import { NOT_IN_FILE, type FileRemedy, type FixOptions, type Left, type Texts, type Unit } from "./unit";
import type { Finding } from "../../../policies/report/report";
import type { Piece } from "../../../policies/view/types";

/** All manifests of a run, which are judged as one stack. @param paths as they were given or found */
export function manifestsUnit(paths: readonly string[], options: FixOptions): Unit {
    const { rules, settings, mending } = options;
    const known = new Map<string, Parsed>();
    return {
        judge: texts => judgeDocuments(documentsOf(paths, texts, known), { rules, settings }),
        remedies(texts, open) {
            const pieces = documentsOf(paths, texts, known).flatMap(piecesOf);
            const wanted = rules.filter(({ id }) => mending.has(id));
            return matched(remediesOf(pieces, { rules: wanted, settings }), open);
        },
    };
}

/** What a text was taken apart to the last time: most files stay the same from one try to the next. */
interface Parsed {
    readonly text: string | undefined;
    readonly documents: readonly SourceDocument[];
}

function documentsOf(paths: readonly string[], texts: Texts, known: Map<string, Parsed>): SourceDocument[] {
    return paths.flatMap(path => {
        const text = texts.get(resolve(path));
        const before = known.get(path);
        if (before !== undefined && before.text === text) {
            return before.documents;
        }
        const read = readDocuments(path, text);
        const documents = isFailure(read) ? [] : read.documents.flatMap((root, document) => kindOf(root) === "kubernetes" ? [{ path, document, root }] : []);
        known.set(path, { text, documents });
        return documents;
    });
}

/** What cannot be taken apart has no finding either: that is an error of the report. */
function piecesOf({ path, document, root }: SourceDocument): Piece[] {
    try {
        return kubernetesPieces({ path, document, base: [] }, new Value(root, []));
    } catch {
        return [];
    }
}

/** Pairs remedies with the findings that they are for; of what is no open finding nothing is mended. */
function matched(remedies: readonly Remedy[], open: readonly Finding[]): { remedies: FileRemedy[]; left: Left[] } {
    const byName = new Map<string, Remedy[]>();
    for (const remedy of remedies) {
        const name = nameOf({ ...remedy, path: remedy.origin.path, document: remedy.origin.document });
        byName.set(name, [...byName.get(name) ?? [], remedy]);
    }
    const found: FileRemedy[] = [];
    const left: Left[] = [];
    for (const finding of open) {
        const remedy = byName.get(nameOf(finding))?.shift();
        const reason = remedy === undefined || remedy.edits.length === 0 ? NOT_IN_FILE : remedy.unless;
        if (remedy === undefined || reason !== undefined) {
            left.push({ finding, reason: reason ?? NOT_IN_FILE, ...remedy?.unless === undefined ? {} : { again: true } });
        } else {
            found.push({ path: resolve(finding.path), document: finding.document, edits: remedy.edits, findings: [finding] });
        }
    }
    return { remedies: found, left };
}

function nameOf({ rule, path, document, subject, message }: Pick<Finding, "document" | "message" | "path" | "rule" | "subject">): string {
    return JSON.stringify([rule, path, document, subject.kind, subject.namespace, subject.name, subject.container, message]);
}
