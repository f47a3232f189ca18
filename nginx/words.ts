/**
 * What is written into nginx's configuration. `planEdge` has judged the values and named the lines to mend; here they
 * are judged once more, for a plan may come from elsewhere, and a value that nginx would read as more than a word is a
 * broken invariant.
 */
const WORD = /^[A-Za-z0-9_.~+,=:@/*-]+$/;

/** A word that needs no quotes: hosts, paths, names, numbers. Throws where it is more than that. */
export function word(value: string | number): string {
    const text = String(value);
    if (!WORD.test(text)) {
        throw new Error(`not a word of nginx's configuration: ${JSON.stringify(text)}`);
    }
    return text;
}

/** A value in quotes. Throws on control characters, on other than ASCII, and on `$`, which nginx cannot escape. */
export function quoted(value: string): string {
    if (!/^[\x20-\x7e]*$/.test(value) || value.includes("$")) {
        throw new Error(`not a value of nginx's configuration: ${JSON.stringify(value)}`);
    }
    return `"${value.replaceAll(/["\\]/g, "\\$&")}"`;
}

/** A regular expression, in quotes, for exactly this path, or for it and what is below. */
export function pathPattern({ path, match }: { readonly path: string; readonly match: "prefix" | "exact" }): string {
    const literal = word(path).replaceAll(/[.+*]/g, "[$&]");
    const end = match === "exact" ? "$" : path === "/" ? "" : "(/|$)";
    return `"~^${literal}${end}"`;
}
