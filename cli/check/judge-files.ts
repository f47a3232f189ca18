import { resolve } from "node:path";

import { candidates } from "./files";
import { isDockerfile, judgeDockerfileAt } from "./dockerfiles";
import { isFailure, readDocuments } from "./documents";
import { partsOfOthers, type Part } from "./parts";
import { kindOf, resourcesOf } from "./recognise";
import { judgeDocuments, judgeResourceFile, mergeReports } from "../../policies/sources";
import type { Candidate } from "./files";
import type { CheckOptions, ReadFile } from "./documents";
import type { Locate } from "../../policies/judge";
import type { Failure, Report } from "../../policies/report/report";
import type { SourceDocument } from "../../policies/sources";

const NOTHING: Report = { findings: [], exempted: [], unknown: [], errors: [], checked: { files: 0, documents: 0, subjects: 0 } };

/**
 * Judges everything that these paths hold: Compose projects and Pulumi outputs each for itself, Kubernetes objects as one
 * stack. A file that cannot be read or judged is an error of the report, and keeps no other from being judged.
 */
export async function judgeFiles(paths: readonly string[], options: CheckOptions): Promise<Report> {
    const { exemptions, today, ...each } = options;
    const { files, missing } = candidates(paths, options.skipOthers);
    const errors: Failure[] = missing.map(({ path, reason }) => ({ path, line: 0, message: reason }));
    const manifests: SourceDocument[] = [];
    const places = new Map<string, ReadFile["place"]>();
    const reports: Report[] = [];
    const readable: (readonly [Candidate, ReadFile])[] = [];
    for (const file of files) {
        if (isDockerfile(file)) {
            reports.push(judgeDockerfileAt(file.path, each));
            continue;
        }
        const read = readDocuments(file.path, options.texts?.get(resolve(file.path)));
        if (isFailure(read)) {
            errors.push(...isOurs(file, read) ? [read] : []);
            continue;
        }
        places.set(file.path, read.place);
        errors.push(...read.flaw === undefined ? [] : [read.flaw]);
        readable.push([file, read]);
    }
    const parts = partsOfOthers(readable.flatMap(([{ path }, { documents }]) => documents.map(root => ({ path, root }))));
    for (const [file, read] of readable) {
        const part = file.named ? undefined : parts.get(resolve(file.path));
        reports.push(...await judgeFile({ ...file, part }, read, manifests, errors, each));
    }
    errors.push(...options.skipOthers === true ? [] : fruitless(paths, reports.length + manifests.length, errors));
    const locate: Locate = (origin, path) => places.get(origin.path)?.(origin.document, [...origin.base, ...path]);
    const all = [...reports, judgeDocuments(manifests, { ...each, locate }), { ...NOTHING, errors }];
    const merged = mergeReports(all, { exemptions, today });
    return options.updateFollows === true ? merged : failUnknown(merged);
}

/** Judges what of a file stands alone, and puts Kubernetes objects to the others. */
async function judgeFile(file: Candidate & { readonly part?: Part }, read: ReadFile, manifests: SourceDocument[], errors: Failure[], options: CheckOptions): Promise<Report[]> {
    const reports: Report[] = [];
    const kinds = read.documents.map(kindOf);
    for (const [document, root] of read.documents.entries()) {
        const locate: Locate = (origin, path) => read.place(document, [...origin.base, ...path]);
        switch (kinds[document]) {
            case "kubernetes":
                manifests.push({ path: file.path, document, root });
                break;
            case "pulumi":
                reports.push(judgeResourceFile(resourcesOf(file.path, root), { ...options, locate }));
                break;
            case "compose":
                reports.push(...await judgeCompose(file, root, { ...options, locate }));
                break;
            case "empty":
                break;
            default:
                errors.push(...file.named ? [{ path: file.path, line: 0, message: "is no Compose file, Kubernetes manifest or output of Pulumi" }] : []);
        }
    }
    if (file.named && kinds.every(kind => kind === "empty")) {
        errors.push({ path: file.path, line: 0, message: "is empty: there is nothing to judge" });
    }
    return reports;
}

/** Nothing was found that could be judged, and nothing else says so: silence would pass for a verdict. */
function fruitless(paths: readonly string[], judged: number, errors: readonly Failure[]): Failure[] {
    return judged > 0 || errors.length > 0 ? [] : paths.map(path => ({ path, line: 0, message: "holds nothing that can be judged" }));
}

/** The loader is read only where there is a Compose file: it takes longer to read than a manifest to judge. */
async function judgeCompose(file: Candidate & { readonly part?: Part }, root: unknown, options: CheckOptions): Promise<Report[]> {
    const { isMergedElsewhere, judgeComposeFile } = await import("./compose");
    if (file.part === "included" || !file.named && isMergedElsewhere(file.path)) {
        return [];
    }
    const report = judgeComposeFile(file, root, options);
    // What is only extended need not stand alone: whoever extends it is judged whole.
    return [file.part === "extended" ? { ...report, errors: [] } : report];
}

/** JSON that is not JSON abounds in folders; it is our concern only where it could be something to judge. */
function isOurs(file: Candidate, failure: Failure): boolean {
    return file.named || !/\.json$/i.test(failure.path);
}

/** A file has no update that would tell later: what is not known in it could not be judged. */
function failUnknown(report: Report): Report {
    const messages = new Map(report.unknown.map(one => [`${one.path}\n${one.message}`, one]));
    const errors = [...messages.values()].map(({ path, message }) => ({ path, line: 0, message: `${message}, so that it cannot be judged` }));
    return { ...report, unknown: [], errors: [...report.errors, ...errors] };
}
