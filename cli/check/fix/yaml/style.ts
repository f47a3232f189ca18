import type { YamlNode } from "./tree";

/** How the author of a file writes. */
export interface Style {
    readonly eol: "\n" | "\r\n";
    /** Columns from a key to the keys below it. */
    readonly step: number;
    /** Columns from a key to the dashes of its list. */
    readonly dash: number;
    readonly quote: "\"" | "'";
    /** Whether a mapping between brackets has spaces within them. */
    readonly padded: boolean;
    /** Whether everything is between brackets, as in JSON. */
    readonly json: boolean;
    /** What stands behind a colon or comma between brackets: nothing in JSON that no person is meant to read. */
    readonly space: "" | " ";
}

/** What a file's author does most often; two columns a level where nothing tells. */
export function styleOf(text: string, roots: readonly (YamlNode | undefined)[]): Style {
    const steps: number[] = [];
    const dashes: number[] = [];
    const quotes: string[] = [];
    const paddings: boolean[] = [];
    const look = (node: YamlNode): void => {
        quotes.push(...node.kind === "scalar" && /["']/.test(node.quote) ? [node.quote] : []);
        paddings.push(...node.kind === "mapping" && node.flow && node.entries.length > 0 ? [/\s/.test(text[node.start + 1] ?? "")] : []);
        for (const { key, value } of node.entries) {
            const [first] = value.entries;
            if (!value.flow && text.slice(key.end, value.start).includes("\n")) {
                const columns = columnOf(text, first?.key.outer ?? value.start) - columnOf(text, key.outer);
                (value.kind === "sequence" ? dashes : value.kind === "mapping" ? steps : []).push(columns);
            }
            look(value);
        }
        node.items.forEach(look);
    };
    roots.forEach(root => { if (root !== undefined) { look(root); } });
    const known = roots.filter(root => root !== undefined);
    const json = known.length > 0 && known.every(root => root.flow);
    return {
        eol: text.includes("\r\n") ? "\r\n" : "\n",
        step: most(steps) ?? indentIn(text) ?? 2,
        dash: most(dashes) ?? 2,
        quote: most(quotes) === "'" ? "'" : "\"",
        padded: most(paddings) ?? true,
        json,
        space: json && !/[:,]\s/.test(text) ? "" : " ",
    };
}

function most<Item>(items: readonly Item[]): Item | undefined {
    const counts = new Map<Item, number>();
    items.forEach(item => counts.set(item, (counts.get(item) ?? 0) + 1));
    return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}

/** In a file that is all brackets, the first line that is indented tells. */
function indentIn(text: string): number | undefined {
    return /^[ \t]*[{[].*\r?\n( +)/.exec(text)?.[1]?.length;
}

/** How many characters stand before this one in its line. */
export function columnOf(text: string, offset: number): number {
    return offset - lineStart(text, offset);
}

export function lineStart(text: string, offset: number): number {
    return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Where the line's own characters end: before its line end. */
export function lineEnd(text: string, offset: number): number {
    const at = text.indexOf("\n", offset);
    const end = at < 0 ? text.length : at;
    return end > offset && text[end - 1] === "\r" ? end - 1 : end;
}

/** Where the next line starts; the end of the text where there is none. */
export function nextLine(text: string, offset: number): number {
    const at = text.indexOf("\n", offset);
    return at < 0 ? text.length : at + 1;
}
