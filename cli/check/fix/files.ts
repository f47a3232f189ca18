import { chmodSync, closeSync, fsyncSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * A file's text with its byte order mark, exactly as it is written back.
 * @throws Error with a reason for a person, for what is no UTF-8
 */
export function readExactly(path: string): string {
    try {
        return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
    } catch (error) {
        throw error instanceof TypeError ? new Error("is not text in UTF-8, and is left as it is") : error;
    }
}

/**
 * Puts a text in the place of a file's at once, so that nobody ever sees half of it; its mode is kept, and a link stays one.
 * @param before what the file must still hold
 * @throws Error with a reason for a person
 */
export function replaceFile(path: string, before: string, text: string): void {
    const target = realpathSync(path);
    const { mode } = statSync(target);
    if (readExactly(target) !== before) {
        throw new Error("was changed by somebody else meanwhile, and is left as it is");
    }
    const fresh = join(dirname(target), `.${basename(target)}.${process.pid}.new`);
    try {
        const handle = openSync(fresh, "wx", mode);
        try {
            writeFileSync(handle, text);
            fsyncSync(handle);
        } finally {
            closeSync(handle);
        }
        chmodSync(fresh, mode);
        renameSync(fresh, target);
    } catch (error) {
        rmSync(fresh, { force: true });
        throw error;
    }
}
