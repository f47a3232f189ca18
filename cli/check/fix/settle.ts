import { editYaml } from "./yaml";
import { Refusal } from "./yaml/splice";
import { keyOf, type FileRemedy, type Left, type Texts, type Unit } from "./unit";
import type { Edit } from "../../../policies/mend/edits";
import type { Report } from "../../../policies/report/report";

/** What became of a unit's remedies. */
export interface Settled {
    readonly texts: Texts;
    readonly mended: readonly FileRemedy[];
    readonly left: readonly Left[];
}

interface Attempt {
    readonly texts: Texts;
    readonly reason?: string;
}

/**
 * Makes as many remedies as hold: each finding gone, no other one come, nothing that cannot be judged any more. All at
 * once where that goes; else halves, to find those that do not.
 * @param texts of the files that remedies are for, by absolute path
 */
export function settle(unit: Unit, texts: Texts, remedies: readonly FileRemedy[]): Settled {
    const before = unit.judge(texts);
    const left: Left[] = [];
    let accepted: readonly FileRemedy[] = [];
    let result = texts;
    const take = (candidates: readonly FileRemedy[]): void => {
        if (candidates.length === 0) {
            return;
        }
        const attempt = made(unit, texts, before, [...accepted, ...candidates]);
        if (attempt.reason === undefined) {
            accepted = [...accepted, ...candidates];
            result = attempt.texts;
        } else if (candidates.length === 1) {
            const { reason } = attempt;
            left.push(...candidates.flatMap(({ findings }) => findings.map(finding => ({ finding, reason }))));
        } else {
            const half = Math.ceil(candidates.length / 2);
            take(candidates.slice(0, half));
            take(candidates.slice(half));
        }
    };
    take([...remedies].sort((one, other) => one.path < other.path ? -1 : one.path > other.path ? 1 : one.document - other.document));
    return { texts: result, mended: accepted, left };
}

function made(unit: Unit, texts: Texts, before: Report, remedies: readonly FileRemedy[]): Attempt {
    try {
        const changed = written(texts, remedies);
        const reason = worse(before, unit.judge(changed), remedies);
        return reason === undefined ? { texts: changed } : { texts, reason };
    } catch (error) {
        if (error instanceof Refusal || error instanceof RangeError) {
            return { texts, reason: error instanceof Refusal ? `what would be changed ${error.message}` : "the file is too deep to be edited" };
        }
        throw error;
    }
}

function written(texts: Texts, remedies: readonly FileRemedy[]): Texts {
    const files = new Map<string, Map<number, Edit[]>>();
    for (const { path, document, edits } of remedies) {
        const documents = files.get(path) ?? new Map<number, Edit[]>();
        documents.set(document, [...documents.get(document) ?? [], ...edits]);
        files.set(path, documents);
    }
    const changed = new Map(texts);
    for (const [path, edits] of files) {
        changed.set(path, editYaml(texts.get(path) ?? "", edits));
    }
    return changed;
}

/** Why what was made is no better; undefined where it is. */
function worse(before: Report, after: Report, remedies: readonly FileRemedy[]): string | undefined {
    const [had, has] = [counted(before), counted(after)];
    const known = new Set([...before.errors, ...before.unknown].map(({ message }) => message));
    const error = [...after.errors, ...after.unknown].find(({ message }) => !known.has(message));
    if (error !== undefined) {
        return `it could not be judged then: ${error.message}`;
    }
    const fresh = after.findings.find(finding => (has.get(keyOf(finding)) ?? 0) > (had.get(keyOf(finding)) ?? 0));
    if (fresh !== undefined) {
        return `${fresh.rule} would be found then: ${fresh.message}`;
    }
    const wanted = counted({ findings: remedies.flatMap(({ findings }) => findings) });
    const stays = remedies.flatMap(({ findings }) => findings).find(finding => {
        const key = keyOf(finding);
        return (has.get(key) ?? 0) > Math.max(0, (had.get(key) ?? 0) - (wanted.get(key) ?? 0));
    });
    return stays === undefined ? undefined : "it would be found all the same: the value comes from elsewhere, or counts there too";
}

function counted({ findings }: Pick<Report, "findings">): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    findings.forEach(finding => counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1));
    return counts;
}
