/** Gives a variable's value, or undefined where it is unset. */
export type Variables = (name: string) => string | undefined;

const NAME = /^[A-Za-z_]\w*/;
/** Defaults within defaults deeper than this are an attack on the stack; the rest of them is empty. */
const DEEPEST = 20;

/**
 * Replaces variables and removes quotes the way the builder does in `USER`, `ENV`, `WORKDIR` and the like: `$X`, `${X}`,
 * `${X:-w}`, `${X-w}`, `${X:+w}`, `${X+w}`, `${X:?w}`; nothing inside single quotes. An unset variable is empty.
 * @param escape the Dockerfile's escape character, a backslash unless its first line says otherwise.
 */
export function expandWord(text: string, variables: Variables, escape = "\\"): string {
    return expand(text, variables, escape, 0);
}

function expand(text: string, variables: Variables, escape: string, depth: number): string {
    let result = "";
    let at = 0;
    let quoted = false;
    while (at < text.length) {
        const character = text[at] as string;
        if (character === "'" && !quoted) {
            const end = closing(text, at, "'");
            result += text.slice(at + 1, end);
            at = end + 1;
        } else if (character === "\"") {
            quoted = !quoted;
            at += 1;
        } else if (character === escape) {
            result += escaped(text, at, quoted, escape);
            at += 2;
        } else if (character === "$") {
            const [value, end] = variable(text, at, variables, escape, depth);
            result += value;
            at = end;
        } else {
            result += character;
            at += 1;
        }
    }
    return result;
}

/** Splits at white space that stands in no quotes, keeping the quotes for `expandWord`. */
export function splitWords(text: string, escape = "\\"): string[] {
    const pattern = escape === "`"
        ? /(?:`.|"(?:`.|[^"`])*"|'[^']*'|[^\s"'`])+/gs
        : /(?:\\.|"(?:\\.|[^"\\])*"|'[^']*'|[^\s"'\\])+/gs;
    return text.match(pattern) ?? [];
}

function closing(text: string, from: number, quote: string): number {
    const end = text.indexOf(quote, from + 1);
    return end === -1 ? text.length : end;
}

/** Between double quotes the escape character is itself, except before those that it can escape. */
function escaped(text: string, at: number, quoted: boolean, escape: string): string {
    const next = text[at + 1] ?? "";
    return quoted && !["\"", "$", escape].includes(next) ? escape + next : next;
}

/** The value of the variable whose `$` is at `at`, and where the text goes on. */
function variable(text: string, at: number, variables: Variables, escape: string, depth: number): [value: string, end: number] {
    if (text[at + 1] !== "{") {
        const name = NAME.exec(text.slice(at + 1))?.[0];
        return name === undefined ? ["$", at + 1] : [variables(name) ?? "", at + 1 + name.length];
    }
    const end = closingBrace(text, at + 1);
    const inside = text.slice(at + 2, end);
    const name = NAME.exec(inside)?.[0] ?? "";
    const deeper = (word: string): string => depth < DEEPEST ? expand(word, variables, escape, depth + 1) : "";
    return [modified(variables(name), inside.slice(name.length), deeper), end + 1];
}

function closingBrace(text: string, open: number): number {
    let depth = 0;
    for (let at = open; at < text.length; at++) {
        depth += text[at] === "{" ? 1 : text[at] === "}" ? -1 : 0;
        if (depth === 0) {
            return at;
        }
    }
    return text.length;
}

/** Applies `:-word` and its like. Patterns (`#`, `%`, `/`) are left out: the plain value stands. */
function modified(value: string | undefined, modifier: string, expandDefault: (word: string) => string): string {
    const [, colon, operator, word = ""] = /^(:?)([-+?])(.*)$/s.exec(modifier) ?? [];
    const isSet = value !== undefined && (colon !== ":" || value !== "");
    if (operator === "-") {
        return isSet ? value : expandDefault(word);
    }
    if (operator === "+") {
        return isSet ? expandDefault(word) : "";
    }
    return value ?? "";
}
