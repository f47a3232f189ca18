import fc from "fast-check";

export type Tree = string | number | boolean | null | readonly Tree[] | { readonly [key: string]: Tree };

/** How a text is laid out where YAML leaves a choice. */
export interface Layout {
    readonly step: number;
    readonly dash: number;
    readonly eol: string;
    readonly quote: (text: string) => string;
    readonly flow: (depth: number) => boolean;
    readonly comment: () => string | undefined;
    readonly blank: () => boolean;
}

/** Writes a tree in a layout, with comments and blank lines between its lines. */
export function written(tree: Tree, layout: Layout): string {
    const lines: string[] = [];
    const push = (line: string): void => {
        const comment = layout.comment();
        if (comment !== undefined) {
            lines.push(`${/^ */.exec(line)?.[0] ?? ""}# ${comment}`);
        }
        if (layout.blank()) {
            lines.push("");
        }
        lines.push(line);
    };
    const block = (value: Tree, column: number, depth: number): void => {
        const indent = " ".repeat(column);
        if (Array.isArray(value)) {
            (value as readonly Tree[]).forEach(item => { nested(`${indent}-`, item, column, depth, false); });
        } else {
            Object.entries(value as object).forEach(([key, item]) => { nested(`${indent}${layout.quote(key)}:`, item as Tree, column, depth, true); });
        }
    };
    const nested = (head: string, value: Tree, column: number, depth: number, keyed: boolean): void => {
        const inside = typeof value === "object" && value !== null && Object.keys(value).length > 0 && !layout.flow(depth);
        // An item over lines begins with its dash alone on the line.
        push(inside ? head : value === null ? head : `${head} ${flow(value, layout)}`);
        if (inside) {
            block(value, column + (keyed && Array.isArray(value) ? layout.dash : layout.step), depth + 1);
        }
    };
    block(tree, 0, 0);
    return lines.join(layout.eol) + layout.eol;
}

function flow(value: Tree, layout: Layout): string {
    return Array.isArray(value) ? `[${(value as readonly Tree[]).map(item => flow(item, layout)).join(", ")}]`
        : typeof value === "object" && value !== null ? `{${Object.entries(value).map(([key, item]) => `${layout.quote(key)}: ${flow(item as Tree, layout)}`).join(", ")}}`
            : typeof value === "string" ? layout.quote(value) : String(value);
}

/** Layouts of all kinds; the same seed lays out the same. */
export const LAYOUTS: fc.Arbitrary<Layout> = fc.record({
    step: fc.integer({ min: 1, max: 4 }), dash: fc.integer({ min: 0, max: 3 }), eol: fc.constantFrom("\n", "\r\n"), seed: fc.integer({ min: 1, max: 2 ** 30 }), flows: fc.integer({ min: 0, max: 5 }),
}).map(({ step, dash, eol, seed, flows }) => {
    let state = seed;
    const roll = (sides: number): number => {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
        return Math.floor(state / 65_536) % sides;
    };
    const plain = /^[A-Za-z][\w/.]*$/;
    return {
        step, dash, eol,
        quote: text => plain.test(text) && !/^(?:true|yes|no|null|x|y|n)$/i.test(text) && roll(3) > 0 ? text : roll(2) === 0 ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text),
        flow: depth => depth > 0 && roll(6) < flows - depth + 1,
        comment: () => roll(4) === 0 ? `word ${roll(1000)}` : undefined,
        blank: () => roll(6) === 0,
    };
});
