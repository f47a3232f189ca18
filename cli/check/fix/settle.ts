import { editYaml } from "./yaml";
import { Refusal } from "./yaml/splice";
import { keyOf, type FileRemedy, type Left, type Texts, type Unit } from "./unit";
import type { Edit } from "../../../policies/mend/edits";
import type { Finding, Report } from "../../../policies/report/report";

/** What became of a unit's remedies. */
export interface Settled {
    readonly texts: Texts;
    readonly mended: readonly FileRemedy[];
    readonly left: readonly Left[];
}

interface Attempt {
    readonly texts: Texts;
    readonly fault?: Fault;
}

/** Why remedies do not hold together, and those that it is about; none where nobody can tell. */
interface Fault {
    readonly reason: string;
    /** Whether another mend may be to blame, which wrote the same value otherwise: then its time comes after that. */
    readonly again?: true;
    readonly about: (remedy: FileRemedy) => boolean;
}

/**
 * Makes as many remedies as hold: each finding gone, no other one come, nothing that cannot be judged any more. All at
 * once where that goes; else without those that are to blame, which are tried in halves.
 * @param texts of the files that remedies are for, by absolute path
 */
export function settle(unit: Unit, texts: Texts, remedies: readonly FileRemedy[]): Settled {
    const before = unit.judge(texts);
    const edited = new Edited(texts);
    const left: Left[] = [];
    let accepted: readonly FileRemedy[] = [];
    let result = texts;
    const take = (candidates: readonly FileRemedy[]): void => {
        if (candidates.length === 0) {
            return;
        }
        const { texts: changed, fault } = made(unit, edited, before, [...accepted, ...candidates]);
        if (fault === undefined) {
            accepted = [...accepted, ...candidates];
            result = changed;
        } else if (candidates.length === 1) {
            left.push(...candidates.flatMap(({ findings }) => findings.map(finding => ({ finding, reason: fault.reason, ...fault.again === undefined ? {} : { again: fault.again } }))));
        } else {
            parted(candidates, fault).forEach(take);
        }
    };
    take([...remedies].sort((one, other) => one.path < other.path ? -1 : one.path > other.path ? 1 : one.document - other.document));
    return { texts: result, mended: accepted, left };
}

/** Those that are not to blame, and those that may be; halves where that parts nothing. */
function parted(candidates: readonly FileRemedy[], fault: Fault): (readonly FileRemedy[])[] {
    const blamed = candidates.filter(fault.about);
    if (blamed.length > 0 && blamed.length < candidates.length) {
        // What fails mostly fails by the same rule everywhere: side by side, fewer halves part it.
        const rule = ({ findings }: FileRemedy): string => findings[0]?.rule ?? "";
        return [candidates.filter(candidate => !blamed.includes(candidate)), [...blamed].sort((one, other) => rule(one) < rule(other) ? -1 : rule(one) > rule(other) ? 1 : 0)];
    }
    const half = Math.ceil(candidates.length / 2);
    return [candidates.slice(0, half), candidates.slice(half)];
}

/** Files with edits made, each once: most are the same from one try to the next. */
class Edited {
    private readonly known = new Map<string, { readonly wanted: string; readonly text: string }>();

    constructor(readonly texts: Texts) {}

    /** @throws Refusal */
    file(path: string, edits: ReadonlyMap<number, readonly Edit[]>): string {
        const wanted = JSON.stringify([...edits]);
        const before = this.known.get(path);
        const text = before?.wanted === wanted ? before.text : editYaml(this.texts.get(path) ?? "", edits);
        this.known.set(path, { wanted, text });
        return text;
    }
}

function made(unit: Unit, edited: Edited, before: Report, remedies: readonly FileRemedy[]): Attempt {
    const { texts } = edited;
    const changed = new Map(texts);
    for (const [path, edits] of editsByFile(remedies)) {
        try {
            changed.set(path, edited.file(path, edits));
        } catch (error) {
            if (!(error instanceof Refusal || error instanceof RangeError)) {
                throw error;
            }
            const reason = error instanceof Refusal ? `what would be changed ${error.message}` : "the file is too deep to be edited";
            return { texts, fault: { reason, again: true, about: remedy => remedy.path === path } };
        }
    }
    const fault = worse(before, unit.judge(changed), remedies);
    return fault === undefined ? { texts: changed } : { texts, fault };
}

function editsByFile(remedies: readonly FileRemedy[]): ReadonlyMap<string, ReadonlyMap<number, readonly Edit[]>> {
    const files = new Map<string, Map<number, Edit[]>>();
    for (const { path, document, edits } of remedies) {
        const documents = files.get(path) ?? new Map<number, Edit[]>();
        documents.set(document, [...documents.get(document) ?? [], ...edits]);
        files.set(path, documents);
    }
    return files;
}

/** Why what was made is no better; undefined where it is. */
function worse(before: Report, after: Report, remedies: readonly FileRemedy[]): Fault | undefined {
    const [had, has] = [counted(before), counted(after)];
    const known = new Set([...before.errors, ...before.unknown].map(({ message }) => message));
    const error = [...after.errors, ...after.unknown].find(({ message }) => !known.has(message));
    if (error !== undefined) {
        return { reason: `it could not be judged then: ${error.message}`, about: ({ findings }) => findings.some(({ subject }) => error.message.includes(subject.name)) };
    }
    const fresh = after.findings.filter(finding => (has.get(keyOf(finding)) ?? 0) > (had.get(keyOf(finding)) ?? 0));
    if (fresh[0] !== undefined) {
        const subjects = new Set(fresh.map(subjectOf));
        return { reason: `${fresh[0].rule} would be found then: ${fresh[0].message}`, about: ({ findings }) => findings.some(finding => subjects.has(subjectOf(finding))) };
    }
    const wanted = counted({ findings: remedies.flatMap(({ findings }) => findings) });
    const stays = (finding: Finding): boolean => {
        const key = keyOf(finding);
        return (has.get(key) ?? 0) > Math.max(0, (had.get(key) ?? 0) - (wanted.get(key) ?? 0));
    };
    const reason = "it would be found all the same: the value comes from elsewhere, or counts there too";
    return remedies.some(({ findings }) => findings.some(stays)) ? { reason, again: true, about: ({ findings }) => findings.some(stays) } : undefined;
}

/** What a finding is about, its containers together. */
function subjectOf({ subject }: Finding): string {
    return JSON.stringify([subject.kind, subject.namespace, subject.name]);
}

function counted({ findings }: Pick<Report, "findings">): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    findings.forEach(finding => counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1));
    return counts;
}
