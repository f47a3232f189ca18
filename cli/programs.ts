import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Absolute path of a program on the PATH, if it is there and may be run. */
export function findProgram(name: string): string | undefined {
    return (process.env["PATH"] ?? "").split(delimiter).filter(folder => folder !== "").map(folder => join(folder, name)).find(isExecutable);
}

/** What a program prints, both streams, for some seconds at most; undefined where it fails. */
export function outputOf(program: string, words: readonly string[], timeoutMs = 10_000): Promise<string | undefined> {
    return new Promise(resolve => {
        execFile(program, [...words], { timeout: timeoutMs }, (error, stdout, stderr) => resolve(error === null ? `${stdout}${stderr}`.trim() : undefined));
    });
}

function isExecutable(file: string): boolean {
    try {
        accessSync(file, constants.X_OK);
        return true;
    } catch {
        return false;
    }
}
