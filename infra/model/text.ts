/**
 * A string in which secrets stand as marks, not as values: the loader writes a mark wherever a secret variable was
 * interpolated, so that a value shared by two variables still tells which of them it came from.
 */
const OPEN = "\uE000";
const CLOSE = "\uE001";
const MARK = /\uE000([A-Za-z_][A-Za-z0-9_.-]*)\uE001/g;

/** A part of a marked text: characters as they are, or the name of the secret that stands there. */
export type TextPart = { readonly literal: string } | { readonly secret: string };

/** The mark that stands for the secret called `name`. */
export function secretMark(name: string): string {
    return `${OPEN}${name}${CLOSE}`;
}

/** Whether any secret stands in this text. */
export function hasSecret(text: string): boolean {
    return text.includes(OPEN);
}

/** The names of the secrets in this text, in order, each once. */
export function secretsIn(text: string): string[] {
    return [...new Set([...text.matchAll(MARK)].map(match => match[1] as string))];
}

/** Takes a marked text apart. Parts alternate and joined again give the text. */
export function partsOf(text: string): TextPart[] {
    const parts: TextPart[] = [];
    let end = 0;
    for (const match of text.matchAll(MARK)) {
        if (match.index > end) {
            parts.push({ literal: text.slice(end, match.index) });
        }
        parts.push({ secret: match[1] as string });
        end = match.index + match[0].length;
    }
    if (end < text.length) {
        parts.push({ literal: text.slice(end) });
    }
    return parts;
}

/** The text with every mark replaced by what `value` returns for the secret's name. */
export function fillSecrets(text: string, value: (name: string) => string): string {
    return text.replaceAll(MARK, (_mark, name: string) => value(name));
}
