import { treesOf, type YamlNode } from "./tree";

/** A service, network or volume of a Compose file. */
export interface Part {
    readonly name: string;
    /** Whether the line is that of its name, and not one of what it says. */
    readonly whole: boolean;
}

/** The part of a Compose file that a line is in; undefined where it is in none. @param line from 1 */
export function partAt(text: string, line: number): Part | undefined {
    const body = text.replace(/^\uFEFF/, "");
    const start = body.split("\n").slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    const end = start + (body.split("\n")[line - 1] ?? "").length;
    for (const root of safely(body)) {
        for (const { key, value } of root?.entries ?? []) {
            const found = ["services", "networks", "volumes"].includes(key.text) ? value.entries.find(entry => entry.key.start <= end && Math.max(entry.key.end, entry.value.end) >= start) : undefined;
            if (found !== undefined) {
                return { name: found.key.text, whole: found.key.start >= start };
            }
        }
    }
    return undefined;
}

function safely(text: string): readonly (YamlNode | undefined)[] {
    try {
        return treesOf(text);
    } catch {
        return [];
    }
}
