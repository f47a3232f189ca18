import { existsSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";

import { loadProject } from "../../infra/compose/load";
import { type Problem, ProblemsError, formatProblem } from "../../infra/model/problem";
import { judgeBuilds, withinBlock } from "./dockerfiles";
import { judgeCompose, mergeReports } from "../../policies/sources";
import type { Candidate } from "./files";
import type { CheckOptions } from "./documents";
import type { Locate } from "../../policies/judge";
import type { Report } from "../../policies/report/report";

const BASE = /^(docker-)?compose\.(ya?ml)$/;
const OVERRIDE = /^(docker-)?compose\.override\.(ya?ml)$/;

/**
 * Judges the project of a Compose file, with all that it includes and extends, every profile enabled. Where it cannot be
 * loaded that is an error, and the file is judged as it was written.
 */
export function judgeComposeFile(file: Candidate, root: unknown, options: CheckOptions): Report {
    const files = composeFilesOf(file);
    try {
        return judgeProfiles(["*"], files, root, options);
    } catch (error) {
        // Profiles may exclude one another, e.g. by a name that each of them gives its container: then one at a time.
        const profiles = profilesIn(root);
        const [first, ...others] = profiles.length === 0 ? [] : [[], ...profiles.map(profile => [profile])];
        if (first === undefined) {
            return judgeAsWritten(error, files, root, options);
        }
        try {
            const { checked, ...report } = mergeReports([first, ...others].map(enabled => judgeProfiles(enabled, files, root, options)));
            return { ...report, checked: { ...checked, files: 1, documents: 1 } };
        } catch (again) {
            return judgeAsWritten(again, files, root, options);
        }
    }
}

/** A Compose file and what Docker Compose merges over it unasked. */
export function composeFilesOf(file: Candidate): string[] {
    return [file.path, ...file.named ? [] : overridesOf(file.path)];
}

function judgeProfiles(profiles: readonly string[], files: readonly string[], root: unknown, options: CheckOptions): Report {
    const { project, locate } = loadProject({ files, environment: process.env, profiles, ...options.texts === undefined ? {} : { texts: options.texts } });
    const place: Locate = (_origin, path) => {
        const found = locate(path);
        return found === undefined ? undefined : { file: shown(found.file, files), ...withinBlock({ line: found.line, column: found.column }, found.file, path) };
    };
    const builds = judgeBuilds(project, file => shown(file, files), options);
    return mergeReports([judgeCompose({ ...project, ...ignoredKey(root) }, { ...options, path: files[0] ?? "", locate: place }), ...builds]);
}

/** The key that Compose takes no notice of, for the rule that does. */
function ignoredKey(root: unknown): { readonly version?: unknown } {
    const version = (root as { readonly version?: unknown } | null)?.version;
    return version === undefined ? {} : { version };
}

/** @throws the error itself where it is no fault of the files */
function judgeAsWritten(error: unknown, files: readonly string[], root: unknown, options: CheckOptions): Report {
    if (!(error instanceof ProblemsError)) {
        throw error;
    }
    const [path = ""] = files;
    const report = judgeCompose(root, { ...options, path });
    return { ...report, errors: [...error.problems.map(problem => failure(problem, path, files)), ...report.errors] };
}

/** Names of profiles that services of this file have. */
function profilesIn(root: unknown): string[] {
    const services = (root as { readonly services?: Readonly<Record<string, { readonly profiles?: unknown } | null>> } | null)?.services ?? {};
    const named = Object.values(services).flatMap(service => Array.isArray(service?.profiles) ? service.profiles : []);
    return [...new Set(named.filter(name => typeof name === "string"))];
}

/** Whether Docker Compose merges this file into one beside it, unasked. */
export function isMergedElsewhere(path: string): boolean {
    return OVERRIDE.test(basename(path)) && basesOf(path).some(base => existsSync(base));
}

function basesOf(override: string): string[] {
    return ["compose", "docker-compose"].flatMap(stem => ["yaml", "yml"].map(ending => join(dirname(override), `${stem}.${ending}`)));
}

function overridesOf(path: string): string[] {
    const [, prefix = ""] = BASE.exec(basename(path)) ?? [];
    const found = !BASE.test(basename(path)) ? [] : ["yml", "yaml"].map(ending => join(dirname(path), `${prefix}compose.override.${ending}`)).filter(existsSync);
    return found.slice(0, 1);
}

function failure(problem: Problem, path: string, files: readonly string[]): Report["errors"][number] {
    const { place, ...rest } = problem;
    return { path: place === undefined ? path : shown(place.file, files), line: place?.line ?? 0, message: formatProblem(rest) };
}

/** A file by the name that it was given, another one in the same manner. */
function shown(file: string, files: readonly string[]): string {
    const given = files.find(path => resolve(path) === resolve(file));
    return given ?? (files.some(isAbsolute) ? file : relative(process.cwd(), file));
}
