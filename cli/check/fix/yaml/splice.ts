/** Characters that take the place of others. */
export interface Splice {
    readonly start: number;
    readonly end: number;
    readonly text: string;
}

/** Why an edit cannot be made in this text; the message follows the subject, e.g. `comes from an anchor`. */
export class Refusal extends Error {}

/**
 * The text with all splices made.
 * @throws Refusal where two of them overlap
 */
export function spliced(text: string, splices: readonly Splice[]): string {
    const sorted = splices.map((splice, at) => ({ ...splice, at })).sort((one, other) => one.start - other.start || one.end - other.end || one.at - other.at);
    let result = "";
    let from = 0;
    for (const splice of sorted) {
        if (splice.start < from) {
            throw new Refusal("is changed by two mends at once");
        }
        result += text.slice(from, splice.start) + splice.text;
        from = splice.end;
    }
    return result + text.slice(from);
}
