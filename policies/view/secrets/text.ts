import { unquoted } from "./inside";

/** A name and what a text gives it, whatever the text's language. */
export interface Pair {
    readonly name: string;
    readonly value: string;
    /** From 1. */
    readonly line: number;
}

const COMMENT = /^\s*(?:#|\/\/|;|--(?=\s)|\/\*|\*\s|<!--|rem\s)/i;
const ASSIGNED = /^\s*(?:-\s+)?(?:(?:export|set|env|setx|const|let|var|local|final|define)\s+)?["'[]?([A-Za-z_][\w.-]*)["'\]]?\s*(?:=>|:=|=|:(?=\s|$))\s*(.*)$/i;
/** Lines of configuration that have neither an equals sign nor a colon. */
const SPACED = /^\s*(requirepass|masterauth|rootpw|bindpw|auth_pass|password|secret)\s+(\S+)\s*;?\s*$/i;
const ELEMENTS = /<([A-Za-z][\w.-]*)>([^<>]+)<\/\1>|\bname="([^"]{1,200})"[^<>]{0,200}?\bvalue="([^"]+)"/g;
/** Programs, in which a bare word is a variable and no text. */
const PROGRAM = /^\s*(?:import\s|from\s+\S+\s+import|def\s|function\b|const\s|let\s|var\s|local\s|package\s|class\s|#include|use\s|return\b)/m;
/** What is no text by itself: calls, members, blocks, anchors and types. */
const CODE = /^(?:[\w.]+\(|[\w.]+\[|process\.env|os\.|env\.|ENV\[|[|>&*!][\w+-]*\s*$|[{[(]\s*$|\{$)/;

/** Names and values of a text: `.env`, properties, INI, YAML, TOML, JSON, XML, and assignments of programs. */
export function pairsIn(text: string): Pair[] {
    const json = /^\s*[{[]/.test(text) ? parsed(text) : undefined;
    return json !== undefined ? pairsOf(json, "") : [...linesOf(text), ...elementsOf(text)];
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return undefined;
    }
}

function pairsOf(value: unknown, name: string): Pair[] {
    if (typeof value === "string" || typeof value === "number") {
        return [{ name, value: String(value), line: 1 }];
    }
    if (Array.isArray(value)) {
        return value.flatMap(item => pairsOf(item, name));
    }
    if (typeof value !== "object" || value === null) {
        return [];
    }
    const { name: key, value: given } = value as { readonly name?: unknown; readonly value?: unknown };
    const named = typeof key === "string" && typeof given === "string" ? [{ name: key, value: given, line: 1 }] : [];
    return [...named, ...Object.entries(value).flatMap(([each, inner]) => pairsOf(inner, each))];
}

function linesOf(text: string): Pair[] {
    const program = PROGRAM.test(text);
    const pairs: Pair[] = [];
    let item = "";
    text.split("\n").forEach((content, at) => {
        const [, name, rest] = COMMENT.test(content) ? [] : ASSIGNED.exec(content) ?? SPACED.exec(content) ?? [];
        const value = rest === undefined ? undefined : textOf(rest, program);
        if (name === undefined || value === undefined) {
            return;
        }
        // `name: X` above `value: Y`, as in lists of variables.
        pairs.push({ name: name === "value" && item !== "" ? item : name, value, line: at + 1 });
        item = name === "name" || name === "key" ? value : name === "value" ? "" : item;
    });
    return pairs;
}

/** The text that stands on the right of an assignment; undefined where it is none. */
function textOf(rest: string, program: boolean): string | undefined {
    const trimmed = rest.replace(/[\s,;]+$/, "");
    const [, quoted] = /^("(?:[^"\\]|\\.)*"|'[^']*')/.exec(trimmed) ?? [];
    if (quoted !== undefined) {
        return unquoted(quoted);
    }
    return program || CODE.test(trimmed) ? undefined : trimmed.replace(/\s+#.*$/, "");
}

function elementsOf(text: string): Pair[] {
    return text.includes("<") ? [...text.matchAll(ELEMENTS)].map(match => ({
        name: match[1] ?? match[3] ?? "", value: match[2] ?? match[4] ?? "", line: text.slice(0, match.index).split("\n").length,
    })) : [];
}
