import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";

import { type LoadRequest, loadProject } from "../../infra/compose/load";
import { printProject } from "../../infra/compose/print/print";
import { ProblemsError } from "../../infra/model/problem";
import { type OracleAnswer, type OracleRequest, askOracle } from "../support/compose-oracle";

/** How the loader's answer stands beside the oracle's. */
export type Outcome = "same project" | "both refuse" | "only the oracle refuses" | "only we refuse" | "different project" | "crash";

export interface Comparison {
    readonly request: OracleRequest;
    readonly outcome: Outcome;
    readonly detail: string;
    readonly milliseconds: number;
}

/** Loads every request here and there. */
export async function compareAll(binary: string, requests: readonly OracleRequest[]): Promise<Comparison[]> {
    const answers = await askOracle(binary, requests);
    return requests.map((request, at) => compare(request, answers[at] as OracleAnswer));
}

function compare(request: OracleRequest, answer: OracleAnswer): Comparison {
    const start = performance.now();
    const ours = answerOf(request, request.yaml === true);
    const milliseconds = performance.now() - start;
    const result = (outcome: Outcome, detail: string): Comparison => ({ request, outcome, detail, milliseconds });
    if (ours.crash !== undefined) {
        return result("crash", ours.crash);
    }
    if (answer.error !== undefined) {
        return ours.error !== undefined ? result("both refuse", `${answer.error}\n${ours.error}`) : result("only the oracle refuses", answer.error);
    }
    if (ours.error !== undefined) {
        return result("only we refuse", ours.error);
    }
    const difference = firstDifference(answer.project, ours.project, "")
        ?? (request.yaml === true && answer.yaml?.replaceAll("$", "$$$$") !== ours.yaml ? "the YAML text differs" : undefined);
    return difference === undefined ? result("same project", "") : result("different project", difference);
}

interface Ours {
    readonly project?: unknown;
    readonly yaml?: string;
    readonly error?: string;
    readonly crash?: string;
}

/** What a user of the loader and of `portcullis config` gets. */
function answerOf(request: OracleRequest, yaml: boolean): Ours {
    try {
        const loaded = loadProject(request as LoadRequest);
        printProject(loaded, "json");
        return { project: JSON.parse(JSON.stringify(loaded.project)), ...yaml ? { yaml: printProject(loaded, "yaml") } : {} };
    } catch (error) {
        if (!(error instanceof ProblemsError)) {
            return { crash: error instanceof Error ? error.stack ?? error.message : String(error) };
        }
        const lost = error.problems.find(problem => problem.place === undefined);
        return lost === undefined ? { error: error.message } : { crash: `a problem without a place: ${error.message}` };
    }
}

/** Where two values first differ, and how. */
export function firstDifference(theirs: unknown, ours: unknown, path: string): string | undefined {
    if (isDeepStrictEqual(theirs, ours)) {
        return undefined;
    }
    if (isObject(theirs) && isObject(ours) && Array.isArray(theirs) === Array.isArray(ours)) {
        for (const key of new Set([...Object.keys(theirs), ...Object.keys(ours)])) {
            const difference = firstDifference(theirs[key], ours[key], `${path}.${key}`);
            if (difference !== undefined) {
                return difference;
            }
        }
    }
    const short = (value: unknown): string => (JSON.stringify(value) ?? "nothing").slice(0, 200);
    return `${path}: theirs ${short(theirs)}, ours ${short(ours)}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null;
}

/** Every YAML file below a folder that has a key of the Compose specification on its outermost level. */
export function composeFilesIn(folder: string): string[] {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
        .filter(entry => entry.isFile() && /\.ya?ml$/.test(entry.name))
        .map(entry => join(entry.parentPath, entry.name))
        .filter(file => statSync(file).size < 1024 * 1024 && /^(?:services|include|name|version|networks|volumes|x-[\w-]+):/m.test(readFileSync(file, "utf8")))
        .sort();
}

/** A table of how many comparisons ended how. */
export function countOutcomes(comparisons: readonly Comparison[]): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { outcome } of comparisons) {
        counts[outcome] = (counts[outcome] ?? 0) + 1;
    }
    return counts;
}

/** The comparisons that a test must not have, each in a few lines. */
export function disagreements(comparisons: readonly Comparison[]): string[] {
    return comparisons.filter(({ outcome }) => outcome !== "same project" && outcome !== "both refuse")
        .map(({ request, outcome, detail }) => `${request.files.join(" ")} [${request.profiles?.join(",") ?? ""}]: ${outcome}: ${detail}`);
}
