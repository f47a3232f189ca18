import { resolve } from "node:path";

import { candidates } from "../files";
import { isFailure, readDocuments } from "../documents";
import { partsOfOthers } from "../parts";
import { kindOf } from "../recognise";
import { mendOf } from "../../../policies/mend";
import { readExactly } from "./files";
import { manifestsUnit } from "./kubernetes";
import { settle } from "./settle";
import type { Finding, Report } from "../../../policies/report/report";
import { keyOf, type FileRemedy, type FixOptions, type Left, type Texts, type Unit } from "./unit";

/** More rounds than one mend has needed another before it. */
const ROUNDS = 3;

/** What mending would change. Nothing is written here. */
export interface Fixed {
    /** Changed files by the path that they were read from, absolute. */
    readonly changed: readonly { readonly path: string; readonly before: string; readonly after: string }[];
    readonly mended: readonly FileRemedy[];
    readonly left: readonly Left[];
    /** Findings of rules that mend, which were not asked to. */
    readonly unasked: readonly Finding[];
}

/**
 * Mends what a report found, in memory: each project and the manifests as a whole, until nothing more can be mended.
 * @param report of the same paths: what is exempt in it stays as it is
 */
export async function fix(paths: readonly string[], report: Report, options: FixOptions): Promise<Fixed> {
    const originals = new Map<string, string>();
    const open = report.findings.filter(({ rule }) => options.mending.has(rule) && mendOf(rule) !== undefined);
    readAll([...candidates(paths, options.skipOthers).files.map(({ path }) => path), ...open.map(({ path }) => path)], originals);
    const result: Result = { texts: originals, mended: [], left: [] };
    const wanted = new Map<string, number>();
    open.forEach(finding => wanted.set(identity(finding), (wanted.get(identity(finding)) ?? 0) + 1));
    const take = (finding: Finding): boolean => {
        const count = wanted.get(identity(finding)) ?? 0;
        wanted.set(identity(finding), count - 1);
        return count > 0;
    };
    for (const unit of open.length === 0 ? [] : await unitsOf(paths, options, originals)) {
        const own = unit.judge(originals).findings.filter(take);
        // A file that an earlier project has in common with this one may be mended by now.
        mendUnit(unit, result.texts === originals ? own : stillOpen(unit, result.texts, own), result);
    }
    const { texts, mended, left } = result;
    const changed = [...texts].flatMap(([path, after]) => {
        const before = originals.get(path) ?? "";
        return after === before ? [] : [{ path, before, after }];
    });
    return { changed, mended, left, unasked: report.findings.filter(({ rule }) => !options.mending.has(rule) && mendOf(rule) !== undefined) };
}

interface Result {
    texts: Texts;
    readonly mended: FileRemedy[];
    readonly left: Left[];
}

function mendUnit(unit: Unit, open: readonly Finding[], result: Result): void {
    let findings = open;
    for (let round = 1; findings.length > 0; round++) {
        const { remedies, left } = unit.remedies(result.texts, findings);
        const settled = settle(unit, result.texts, remedies);
        result.texts = settled.texts;
        result.mended.push(...settled.mended);
        const rest = [...left, ...settled.left];
        // Something else may have stood in the way, and be gone now.
        const again = settled.mended.length === 0 || round === ROUNDS ? [] : rest.filter(one => one.again === true);
        result.left.push(...rest.filter(one => !again.includes(one)));
        if (again.length === 0) {
            return;
        }
        findings = stillOpen(unit, result.texts, again.map(({ finding }) => finding));
    }
}

/** What is found now of what was found before. */
function stillOpen(unit: Unit, texts: Texts, before: readonly Finding[]): readonly Finding[] {
    const keys = new Set(before.map(keyOf));
    return before.length === 0 ? [] : unit.judge(texts).findings.filter(finding => keys.has(keyOf(finding)));
}

/** A finding, as a unit by itself shows it too: without its line, which only a whole run looks for. */
function identity({ rule, path, document, subject, message }: Finding): string {
    return JSON.stringify([rule, path, document, subject, message]);
}

function readAll(paths: readonly string[], texts: Map<string, string>): void {
    for (const path of paths.map(one => resolve(one)).filter(one => !texts.has(one))) {
        try {
            texts.set(path, readExactly(path));
        } catch {
            // What cannot be read has no text that could be mended; the report says why.
        }
    }
}

/** The units of these paths. Files that their projects include or extend are read too. */
async function unitsOf(paths: readonly string[], options: FixOptions, texts: Map<string, string>): Promise<Unit[]> {
    const read = candidates(paths, options.skipOthers).files.flatMap(file => {
        const one = readDocuments(file.path);
        return isFailure(one) ? [] : [{ file, documents: one.documents, kinds: one.documents.map(kindOf) }];
    });
    const manifests = read.filter(({ kinds }) => kinds.includes("kubernetes")).map(({ file }) => file.path);
    const projects = read.filter(({ kinds }) => kinds.includes("compose"));
    const units = manifests.length === 0 ? [] : [manifestsUnit(manifests, options)];
    if (projects.length === 0) {
        return units;
    }
    const [{ composeUnit }, { isMergedElsewhere }] = await Promise.all([import("./compose"), import("../compose")]);
    const parts = partsOfOthers(projects.flatMap(({ file, documents }) => documents.map(root => ({ path: file.path, root }))));
    readAll([...parts.keys()], texts);
    const alone = projects.filter(({ file }) => file.named || parts.get(resolve(file.path)) !== "included" && !isMergedElsewhere(file.path));
    return [...units, ...alone.map(({ file }) => composeUnit(file, options))];
}
