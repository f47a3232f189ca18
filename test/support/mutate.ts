/** A change to a text: what is done, where (as a fraction of its length) and with what. */
export interface Mutation {
    readonly kind: "delete" | "insert" | "swap" | "duplicate" | "indent" | "cut" | "replace";
    readonly at: number;
    readonly size: number;
    readonly text: string;
}

/** Pieces that mean something in YAML or in a Compose file. */
export const PIECES: readonly string[] = [
    "${", "}", "$", "$$", "${X:-", "${X:?", ": ", "- ", "\n", "\t", "  ", "[", "]", "{", "}", "'", "\"", "&a ", "*a", "<<: ", "!reset ", "!override ", "!!int ", "|\n", ">\n", "#", "? ", "---\n", "%YAML 1.1\n", "null", "~", "true", "0x1", "1e9", "-1",
    "services:", "extends: ", "include: ", "x-a: ", "name: ", "\u0000", "\uFEFF", "\r\n", "\u2028", "é", "🐳", "__proto__: ", "constructor: ", "toString: ", "ports:\n", "volumes:\n", "environment:\n", "999999999999999999999", "[]", "{}", "[[[[[[", "{{{{{{", ",", "@", "`", "%",
];

/** Applies a mutation. */
export function mutate(text: string, { kind, at, size, text: piece }: Mutation): string {
    const start = Math.floor(at * text.length);
    const lines = text.split("\n");
    const line = Math.floor(at * lines.length);
    switch (kind) {
        case "delete": return text.slice(0, start) + text.slice(start + size);
        case "insert": return text.slice(0, start) + piece + text.slice(start);
        case "replace": return text.slice(0, start) + piece + text.slice(start + size);
        case "cut": return text.slice(0, start);
        case "duplicate": return [...lines.slice(0, line + 1), ...lines.slice(line, line + size), ...lines.slice(line + 1)].join("\n");
        case "indent": return lines.map((content, index) => index === line ? " ".repeat(size % 7) + content.trimStart() : content).join("\n");
        case "swap": return [...lines.slice(0, line), lines[line + 1] ?? "", lines[line] ?? "", ...lines.slice(line + 2)].join("\n");
    }
}
