import type { Entry } from "./types";

/** An option or assignment that a command line gives a value to. */
export interface Option {
    readonly name: string;
    readonly value: string;
    readonly entry: Entry;
}

/** `--name=value`, `--name value` and `NAME=value`, in words and within shell texts. Throws `Unknown` for an unknown word. */
export function optionsOf(entry: Entry, next: Entry | undefined): Option[] {
    // A command substitution is part of its word, whatever spaces are in it; a semicolon ends a command.
    const words = (entry.value ?? "").match(/(?:\$\([^)]*\)|[^\s;])+/g) ?? [];
    const options: Option[] = [];
    words.forEach((word, at) => {
        const [, long, assigned] = /^(?:-{1,2})?([A-Za-z_][\w.-]*)=(.+)$/s.exec(word) ?? [];
        if (long !== undefined && assigned !== undefined) {
            options.push({ name: long, value: unquoted(assigned), entry });
            return;
        }
        const [, flag] = /^-{1,2}([A-Za-z][\w.-]*)$/.exec(word) ?? [];
        const value = at + 1 < words.length ? words[at + 1] : next?.value;
        if (flag !== undefined && value !== undefined && !value.startsWith("-")) {
            options.push({ name: flag, value: unquoted(value), entry });
        }
        options.push(...attached(words, word, entry));
    });
    return options;
}

/** The clients of MySQL take a password glued to `-p`. */
function attached(words: readonly string[], word: string, entry: Entry): Option[] {
    const client = words.some(other => /(?:^|\/)(?:mysql|mariadb)[a-z-]*$/.test(other));
    const [, password] = /^-p(\S+)$/.exec(word) ?? [];
    return client && password !== undefined ? [{ name: "password", value: unquoted(password), entry }] : [];
}

function unquoted(text: string): string {
    return text.replace(/^["']|["']$/g, "");
}
