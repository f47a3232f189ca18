import { exempt } from "./exemptions";
import { judge, sortFindings } from "./judge";
import { composePieces } from "./view/compose";
import { NoDockerfile } from "./view/dockerfile/lines";
import { readDockerfile } from "./view/dockerfile/model";
import { dockerfilePiece } from "./view/dockerfile/view";
import { kubernetesPieces } from "./view/kubernetes";
import { judgedObjects } from "./view/live/cluster";
import { enginePieces } from "./view/live/engine";
import { resourcePieces } from "./view/resources";
import { Value } from "./view/value";
import type { JudgeOptions, Locate } from "./judge";
import type { Failure, Finding, Report } from "./report/report";
import type { DockerfileOptions } from "./view/dockerfile/model";
import type { EngineFacts, Sent } from "./view/live/facts";
import type { Resource } from "./view/resources";
import type { Path } from "./view/unfinished";

/** A document of a file. */
export interface SourceDocument {
    readonly path: string;
    /** Which document of the file, from 0. */
    readonly document: number;
    readonly root: unknown;
}

/** A resource that a file holds, e.g. one step of `pulumi preview --json`. */
export interface ResourceInFile {
    readonly path: string;
    /** The way to its inputs in the file. */
    readonly base: Path;
    readonly resource: Resource;
}

/**
 * Judges the resources of one Pulumi program, without an engine. Inputs may hold the SDK's secret envelopes and its marks
 * for what is not known at preview: those go to `unknown`, and hide nothing that is known to be wrong.
 */
export function judgeResources(resources: readonly Resource[], options: JudgeOptions = {}): Report {
    const report = judge(resources.flatMap(resource => resourcePieces(resource)), options);
    return { ...report, checked: { ...report.checked, documents: resources.length } };
}

/** Judges the resources that one file holds. Findings name the file. */
export function judgeResourceFile(resources: readonly ResourceInFile[], options: JudgeOptions = {}): Report {
    const pieces = resources.flatMap(({ path, base, resource }) => resourcePieces(resource, { path, document: 0, base }));
    return { ...judge(pieces, options), checked: { files: 1, documents: 1, subjects: resources.length } };
}

/**
 * Judges a Compose project.
 * @param project the canonical one, as `docker compose config --format json` prints it; or a single file as it was written,
 * best effort: nothing is interpolated, extended or included
 * @param context the file that findings name, and where in it something was written
 */
export function judgeCompose(project: unknown, context: JudgeOptions & { readonly path: string }): Report {
    return judgeEach([{ path: context.path, document: 0, root: project }], context, composePieces);
}

/** Judges Kubernetes objects as one stack. */
export function judgeDocuments(documents: readonly SourceDocument[], options: JudgeOptions = {}): Report {
    return judgeEach(documents, options, kubernetesPieces);
}

/** Judges a Docker engine and all that it runs, as one stack. Findings name the engine by a URN. */
export function judgeEngine(facts: EngineFacts, options: JudgeOptions = {}): Report {
    const { Name: name } = facts.info;
    const origin = { path: `urn:docker:${typeof name === "string" ? name : ""}`, document: 0, base: [] };
    return judge(enginePieces(origin, facts), options);
}

/**
 * Judges the objects of a cluster, as its API server lists them, as one stack. Findings name the cluster by a URN.
 * @param context its name, and whether its own namespaces are judged too
 */
export function judgeCluster(objects: readonly Sent[], context: JudgeOptions & { readonly name: string; readonly system?: boolean }): Report {
    const path = `urn:kubernetes:${context.name}`;
    return judgeDocuments(judgedObjects(objects, context.system === true).map(root => ({ path, document: 0, root })), context);
}

/**
 * Judges a Dockerfile. One that is none is an error of the report, with its line.
 * @param context the file that findings name, and how it is built
 */
export function judgeDockerfile(text: string, context: JudgeOptions & { readonly path: string; readonly build?: DockerfileOptions }): Report {
    const { path, build = {} } = context;
    const origin = { path, document: 0, base: [] };
    const locate: Locate = (_origin, way) => ({ line: Number(way[way.indexOf("lines") + 1] ?? 1) || 1, column: 1 });
    try {
        readDockerfile(text, [], build);
    } catch (error) {
        if (error instanceof NoDockerfile) {
            return { findings: [], exempted: [], unknown: [], errors: [{ path, line: error.line, message: `is not a Dockerfile: ${error.reason}` }], checked: { files: 1, documents: 1, subjects: 0 } };
        }
        throw error;
    }
    const piece = dockerfilePiece(origin, new Value(text, []), { name: path, label: `Dockerfile "${path}"` }, () => build);
    return { ...judge([piece], { ...context, locate }), checked: { files: 1, documents: 1, subjects: 1 } };
}

type Reader = typeof composePieces;

/** A document that cannot be taken apart is an error, and does not keep the others from being judged. */
function judgeEach(documents: readonly SourceDocument[], options: JudgeOptions, reader: Reader): Report {
    const errors: Failure[] = [];
    const pieces = documents.flatMap(({ path, document, root }) => {
        const origin = { path, document, base: [] };
        try {
            return reader(origin, new Value(root, []));
        } catch (error) {
            errors.push({ path, line: 0, message: `cannot be judged: ${error instanceof Error ? error.message : String(error)}` });
            return [];
        }
    });
    const report = judge(pieces, options);
    const files = new Set(documents.map(({ path }) => path)).size;
    return { ...report, errors: [...errors, ...report.errors], checked: { ...report.checked, files, documents: documents.length } };
}

/** One report of several. Exemptions are applied here, to all findings together: one that matches in any of them is used. */
export function mergeReports(reports: readonly Report[], options: Pick<JudgeOptions, "exemptions" | "today"> = {}): Report {
    const all = reports.flatMap(report => report.findings);
    // Files that include one another show the same line more than once.
    const unique = [...new Map(all.map(finding => [keyOf(finding), finding])).values()];
    const { findings, exempted } = exempt(unique, options);
    const sum = (count: (report: Report) => number) => reports.reduce((total, report) => total + count(report), 0);
    return {
        findings: sortFindings(findings),
        exempted: [...reports.flatMap(report => report.exempted), ...exempted],
        unknown: reports.flatMap(report => report.unknown),
        errors: reports.flatMap(report => report.errors),
        checked: { files: sum(report => report.checked.files), documents: sum(report => report.checked.documents), subjects: sum(report => report.checked.subjects) },
    };
}

function keyOf({ rule, path, line, column, subject: { kind, namespace, name, container }, message }: Finding): string {
    return [rule, path, line, column, kind, namespace, name, container, message].join("\n");
}
