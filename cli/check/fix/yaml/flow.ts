import { lineEnd, lineStart, type Style } from "./style";
import type { Splice } from "./splice";
import type { YamlNode } from "./tree";

/** A child of a collection between brackets: from where to where. */
interface Span {
    readonly start: number;
    readonly end: number;
}

/** The children of a collection between brackets, keys with their values. */
export function spansOf(node: YamlNode): Span[] {
    return node.kind === "mapping" ? node.entries.map(({ key, value }) => ({ start: key.outer, end: Math.max(key.end, value.end) }))
        : node.items.map(item => ({ start: item.outer, end: item.end }));
}

/** Whether the children stand in lines of their own. */
export function isSpread(text: string, node: YamlNode): boolean {
    const [first] = spansOf(node);
    return first !== undefined && text.slice(node.start, first.start).includes("\n");
}

/** Takes children out, with the commas that go with them. */
export function withoutSpans(node: YamlNode, gone: ReadonlySet<number>): Splice[] {
    const spans = spansOf(node);
    if (gone.size === spans.length) {
        return [{ start: node.start + 1, end: node.end - 1, text: "" }];
    }
    const splices: Splice[] = [];
    for (let at = 0; at < spans.length; at++) {
        if (!gone.has(at)) {
            continue;
        }
        let last = at;
        while (gone.has(last + 1)) {
            last++;
        }
        const [before, first, behind] = [spans[at - 1], spans[at], spans[last + 1]];
        splices.push(behind !== undefined ? { start: first?.start ?? 0, end: behind.start, text: "" } : { start: before?.end ?? 0, end: spans[last]?.end ?? 0, text: "" });
        at = last;
    }
    return splices;
}

/**
 * Puts children behind the last that stays.
 * @param write a child as text, for a line that begins in this column
 */
export function withSpans(text: string, node: YamlNode, gone: ReadonlySet<number>, count: number, style: Style, write: (at: number, column: number) => string): Splice[] {
    const spans = spansOf(node);
    const kept = spans.filter((_span, at) => !gone.has(at));
    const last = kept.at(-1);
    if (last === undefined || !isSpread(text, node)) {
        const column = indentAt(text, node.start);
        const texts = Array.from({ length: count }, (_, at) => write(at, column)).join(`,${style.space}`);
        if (last !== undefined) {
            return [{ start: last.end, end: last.end, text: `,${style.space}${texts}` }];
        }
        const space = node.kind === "mapping" && style.padded ? " " : "";
        return [{ start: node.start + 1, end: node.end - 1, text: `${space}${texts}${space}` }];
    }
    const column = indentAt(text, last.start);
    const lines = Array.from({ length: count }, (_, at) => " ".repeat(column) + write(at, column));
    if (last !== spans.at(-1)) {
        return [{ start: last.end, end: last.end, text: `,${style.eol}${lines.join(`,${style.eol}`)}` }];
    }
    const comma = /^\s*,/.exec(text.slice(last.end));
    const trailing = comma !== null;
    const behind = last.end + (trailing ? comma[0].length : 0);
    const rest = text.slice(behind, lineEnd(text, behind));
    // A comment behind the last child stays with it.
    const at = /^\s*(?:#.*)?$/.test(rest) ? lineEnd(text, behind) : behind;
    return [
        ...trailing ? [] : [{ start: last.end, end: last.end, text: "," }],
        { start: at, end: at, text: `${style.eol}${lines.join(`,${style.eol}`)}${trailing ? "," : ""}` },
    ];
}

function indentAt(text: string, offset: number): number {
    return /^[ \t]*/.exec(text.slice(lineStart(text, offset)))?.[0].length ?? 0;
}
