import { columnOf, lineEnd, lineStart, nextLine } from "./style";
import { Refusal, type Splice } from "./splice";
import type { YamlNode } from "./tree";

/** Lines put behind the line that a value ends in, and behind comments that stand there as its own. */
export function linesBehind(text: string, offset: number, column: number, lines: readonly string[], eol: string, ownComment = /^[ \t]*#/): Splice {
    let at = lineEnd(text, offset);
    for (;;) {
        const next = nextLine(text, at);
        const line = text.slice(next, lineEnd(text, next));
        if (next <= at || !ownComment.test(line) || line.length - line.trimStart().length < column) {
            break;
        }
        at = lineEnd(text, next);
    }
    const behind = nextLine(text, at);
    return { start: behind, end: behind, text: lines.join(eol) + eol };
}

/** A comment that has a list's item in it, which was put out of use. */
export const COMMENTED_ITEM = /^[ \t]*#[ \t]*-(?:[ \t]|$)/;

/**
 * Takes whole lines out.
 * @param end the last character's offset, plus one
 */
export function withoutLines(text: string, start: number, end: number): Splice {
    return { start: lineStart(text, start), end: nextLine(text, end), text: "" };
}

/** Whether nothing but spaces stands before this in its line. */
export function leads(text: string, offset: number): boolean {
    return text.slice(lineStart(text, offset), offset).trim() === "";
}

/**
 * Takes entries out of a mapping that is written over lines.
 * @throws Refusal where a comment would have to go that may be about something else
 */
export function withoutEntries(text: string, node: YamlNode, gone: ReadonlySet<number>): Splice[] {
    const splices: Splice[] = [];
    node.entries.forEach(({ key, value }, at) => {
        if (!gone.has(at)) {
            return;
        }
        if (leads(text, key.outer)) {
            splices.push(withoutLines(text, key.outer, Math.max(key.end, value.end)));
            return;
        }
        // It stands behind the dash of a list's item: the next that stays takes its place.
        const heir = node.entries.findIndex((_entry, other) => other > at && !gone.has(other));
        const next = node.entries[at + 1];
        if (next === undefined || heir < 0) {
            throw new Refusal("is the only thing in its item");
        }
        const between = text.slice(Math.max(key.end, value.end), next.key.outer);
        if (between.includes("#")) {
            throw new Refusal("has a comment that may be about something else");
        }
        splices.push({ start: key.outer, end: next.key.outer, text: "" });
        for (let other = at + 1; other < heir; other++) {
            const [one, behind] = [node.entries[other], node.entries[other + 1]];
            splices.push({ start: one?.key.outer ?? 0, end: behind?.key.outer ?? 0, text: "" });
        }
    });
    return inOrder(splices);
}

/** An entry taken with its item's dash and again by lines is taken once. */
function inOrder(splices: readonly Splice[]): Splice[] {
    const result: Splice[] = [];
    for (const splice of [...splices].sort((one, other) => one.start - other.start || other.end - one.end)) {
        const last = result.at(-1);
        if (last === undefined || splice.end > last.end) {
            result.push(last !== undefined && splice.start < last.end ? { ...splice, start: last.end } : splice);
        }
    }
    return result;
}

/** The dashes of a list that is written over lines. */
export function dashesOf(text: string, node: YamlNode): number[] {
    return node.items.map((item, at) => {
        const from = at === 0 ? node.start : node.items[at - 1]?.end ?? node.start;
        const dash = text.slice(from, Math.max(item.outer, from + 1)).search(/(?<=^[ \t]*)-(?=\s|$)/m);
        const found = dash >= 0 ? from + dash : at === 0 ? node.start : text.indexOf("-", from);
        return found;
    });
}

/** @throws Refusal for an item that stands behind another dash */
export function withoutItems(text: string, node: YamlNode, gone: ReadonlySet<number>): Splice[] {
    return dashesOf(text, node).flatMap((dash, at) => {
        if (!gone.has(at)) {
            return [];
        }
        if (!leads(text, dash)) {
            throw new Refusal("stands in a list within a list");
        }
        return [withoutLines(text, dash, Math.max(dash + 1, node.items[at]?.end ?? 0))];
    });
}

export function columnOfFirst(text: string, node: YamlNode): number {
    return columnOf(text, node.kind === "mapping" ? node.entries[0]?.key.outer ?? node.start : node.start);
}
