import { dirname, relative, resolve } from "node:path";

import { composeFilesOf, judgeComposeFile } from "../compose";
import { isFailure, readDocuments } from "../documents";
import { kindOf } from "../recognise";
import { remediesOf, type Remedy } from "../../../policies/mend/plan";
import { composePieces } from "../../../policies/view/compose";
import { Value } from "../../../policies/view/value";
import { NOT_IN_FILE, keyOf, type FileRemedy, type FixOptions, type Left, type Texts, type Unit } from "./unit";
import { partAt } from "./yaml/part";
import type { Candidate } from "../files";
import type { Finding } from "../../../policies/report/report";

/** A remedy in a file as it was written, and the findings of the whole project that it is for. */
interface Offer {
    readonly path: string;
    readonly remedy: Remedy;
    readonly line: number;
    readonly findings: Finding[];
}

/** A service, network or volume in one file. */
interface Place {
    readonly path: string;
    readonly name: string;
}

/**
 * A Compose project. It is judged whole; what is wrong is mended in the file, and the service, that says it, which may be
 * one that others extend or include, or an anchor.
 */
export function composeUnit(file: Candidate, options: FixOptions): Unit {
    const { rules, settings } = options;
    return {
        judge(texts) {
            const read = readDocuments(file.path, texts.get(resolve(file.path)));
            return judgeComposeFile(file, isFailure(read) ? undefined : read.documents[0], { rules, settings, texts });
        },
        remedies: (texts, open) => new Search(file, texts, options).remedies(open),
    };
}

class Search {
    private readonly offers = new Map<string, readonly Offer[]>();
    private readonly files: readonly string[];

    constructor(file: Candidate, private readonly texts: Texts, private readonly options: FixOptions) {
        this.files = composeFilesOf(file);
    }

    remedies(open: readonly Finding[]): { remedies: FileRemedy[]; left: Left[] } {
        const left: Left[] = [];
        const taken = new Set<Offer>();
        for (const finding of open) {
            const offer = this.offerFor(finding, open.filter(other => keyOf(other) === keyOf(finding)).length === 1);
            const reason = offer === undefined ? this.reason(finding) : offer.remedy.unless;
            if (offer === undefined || reason !== undefined) {
                left.push({ finding, reason: reason ?? NOT_IN_FILE, ...offer?.remedy.unless === undefined ? {} : { again: true } });
            } else {
                offer.findings.push(finding);
                taken.add(offer);
            }
        }
        const remedies = [...taken].map(({ path, remedy, findings }) => ({ path, document: remedy.origin.document, edits: remedy.edits, findings }));
        return { remedies, left };
    }

    /** The remedy where the value was written, else in the first of the project's files that has the service. */
    private offerFor(finding: Finding, alone: boolean): Offer | undefined {
        const { subject, rule } = finding;
        const at = this.inProject(finding.path) ? partAt(this.text(finding.path), finding.line) : undefined;
        const own = this.files.map(path => ({ path, name: subject.name }));
        const elsewhere = at !== undefined && (at.name !== subject.name || !at.whole || !this.files.some(path => resolve(path) === resolve(finding.path)));
        const places = [...elsewhere ? [{ path: finding.path, name: at.name }, ...own] : own, ...own.flatMap(place => this.extendedBy(place, 0))];
        for (const { path, name } of places) {
            const offers = this.offersIn(path).filter(({ remedy }) => remedy.rule === rule && remedy.subject.kind === subject.kind && remedy.subject.name === name);
            // What one service says may be found in all that extend it: one edit is for all of them.
            const free = offers.filter(({ findings }) => findings.every(other => keyOf(other) !== keyOf(finding)));
            const offer = free.find(({ line }) => line === finding.line) ?? free.find(({ remedy }) => remedy.message === finding.message) ?? (alone || free.length === 1 && offers.length === 1 ? free[0] : undefined);
            if (offer !== undefined) {
                return offer;
            }
        }
        return undefined;
    }

    /** The services that a service extends, the nearest first, as far as they are in the project's folder. */
    private extendedBy({ path, name }: Place, hops: number): Place[] {
        const read = hops > 20 || !this.inProject(path) ? undefined : readDocuments(path, this.texts.get(resolve(path)));
        const documents = read === undefined || isFailure(read) ? [] : read.documents;
        return documents.flatMap(root => {
            const given = (root as { readonly services?: Readonly<Record<string, { readonly extends?: unknown } | null>> } | null)?.services?.[name]?.extends;
            const { service, file } = (typeof given === "string" ? { service: given } : given ?? {}) as { readonly service?: unknown; readonly file?: unknown };
            if (typeof service !== "string") {
                return [];
            }
            const base = { path: typeof file === "string" ? resolve(dirname(path), file) : path, name: service };
            return this.inProject(base.path) ? [base, ...this.extendedBy(base, hops + 1)] : [];
        });
    }

    private offersIn(path: string): readonly Offer[] {
        const known = this.offers.get(resolve(path));
        if (known !== undefined) {
            return known;
        }
        const read = readDocuments(path, this.texts.get(resolve(path)));
        const { rules, settings, mending } = this.options;
        const wanted = rules.filter(({ id }) => mending.has(id));
        const offers = isFailure(read) ? [] : read.documents.flatMap((root, document) => kindOf(root) !== "compose" ? []
            : remediesOf(composePieces({ path, document, base: [] }, new Value(root, [])), { rules: wanted, settings }));
        const line = ({ origin, at }: Remedy): number => isFailure(read) ? 0 : read.place(origin.document, at)?.line ?? 0;
        const made = offers.filter(({ edits }) => edits.length > 0).map(remedy => ({ path: resolve(path), remedy, findings: [], line: line(remedy) }));
        this.offers.set(resolve(path), made);
        return made;
    }

    private reason(finding: Finding): string {
        if (!this.inProject(finding.path)) {
            return `it is written in ${finding.path}, outside the project's folder`;
        }
        const line = this.text(finding.path).split("\n")[finding.line - 1] ?? "";
        return /\$\{?\w/.test(line) ? "its value comes from a variable: change it where the variable is set" : NOT_IN_FILE;
    }

    /** A file outside the folder may be another project's as well. */
    private inProject(path: string): boolean {
        return this.texts.has(resolve(path)) && (this.files.some(file => resolve(file) === resolve(path)) || !relative(dirname(resolve(this.files[0] ?? ".")), resolve(path)).startsWith(".."));
    }

    private text(path: string): string {
        return this.texts.get(resolve(path)) ?? "";
    }
}
