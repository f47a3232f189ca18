import { hasSecret, partsOf } from "../../model/text";

/** Where the file of a secret stands in the container. */
export function secretPath(name: string): string {
    return `/run/secrets/${name}`;
}

/** Quotes for a POSIX shell, so that the word means itself. */
export function quote(word: string): string {
    return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A marked text as one word of a POSIX shell: what is not secret is quoted, a secret is read from its file. */
export function shellWord(text: string): string {
    return partsOf(text).map(part => "secret" in part ? `"${readFile(part.secret)}"` : quote(part.literal)).join("") || "''";
}

/** `VAR="$(cat …)"; export VAR` for each variable, from the file of its secret. */
export function exports(variables: ReadonlyMap<string, string>): string {
    return [...variables].map(([variable, secret]) => `${variable}="${readFile(secret)}"; export ${variable}; `).join("");
}

/**
 * Puts reads of files where marks stand in a shell command that somebody else wrote. Inside single quotes nothing is
 * expanded, so the quotes are closed around it.
 */
export function fillShellText(text: string): string {
    let quoted: "'" | "\"" | undefined;
    return partsOf(text).map(part => {
        if ("secret" in part) {
            const read = readFile(part.secret);
            return quoted === "'" ? `'"${read}"'` : quoted === "\"" ? read : `"${read}"`;
        }
        quoted = quoteAfter(part.literal, quoted);
        return part.literal;
    }).join("");
}

/** Whether a shell text reads one of the variables (`$X`, `${X…}`). */
export function readsVariable(text: string, variable: string): boolean {
    return new RegExp(`\\$(?:${variable}\\b|\\{${variable}\\b)`).test(text);
}

/** A command line of which a part is secret, as one that a shell runs after reading the files. */
export function commandThroughShell(argv: readonly string[], variables: ReadonlyMap<string, string>): string[] {
    if (argv.some(hasSecret)) {
        return ["/bin/sh", "-c", `${exports(variables)}exec ${argv.map(shellWord).join(" ")}`];
    }
    return ["/bin/sh", "-c", `${exports(variables)}exec "$@"`, "sh", ...argv];
}

function readFile(secret: string): string {
    return `$(cat ${secretPath(secret)})`;
}

function quoteAfter(literal: string, before: "'" | "\"" | undefined): "'" | "\"" | undefined {
    let quoted = before;
    for (let at = 0; at < literal.length; at++) {
        const character = literal[at];
        if (character === "\\" && quoted !== "'") {
            at++;
        } else if (character === "'" || character === "\"") {
            quoted = quoted === undefined ? character : quoted === character ? undefined : quoted;
        }
    }
    return quoted;
}
