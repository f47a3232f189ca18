import { readFileSync } from "node:fs";

/** Reads lines of files that are shown, each file once. A line, counted from 1, of a file that cannot be read is undefined. */
export function lineReader(): (path: string, line: number) => string | undefined {
    const files = new Map<string, readonly string[]>();
    return (path, line) => {
        try {
            const lines = files.get(path) ?? readFileSync(path, "utf8").split("\n");
            files.set(path, lines);
            return lines[line - 1];
        } catch {
            return undefined;
        }
    };
}
