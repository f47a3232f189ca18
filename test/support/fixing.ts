import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

import { fix, type Fixed } from "../../cli/check/fix/fix";
import { judgeFiles } from "../../cli/check/judge-files";
import { RULES } from "../../policies/catalogue";
import { MENDS } from "../../policies/mend";
import type { JudgeOptions } from "../../policies/judge";
import type { Report } from "../../policies/report/report";

/** What mending a folder came to: the files as they are then, and what is found in them. */
export interface Mended {
    readonly before: Report;
    readonly after: Report;
    readonly texts: Readonly<Record<string, string>>;
    readonly fixed: Fixed;
}

/** Runs something in a folder with these files, and takes it away afterwards. */
export async function inFolder<Result>(files: Readonly<Record<string, string>>, run: (folder: string) => Promise<Result>): Promise<Result> {
    const folder = mkdtempSync(join(tmpdir(), "portcullis-fix-"));
    try {
        for (const [name, text] of Object.entries(files)) {
            mkdirSync(dirname(join(folder, name)), { recursive: true });
            writeFileSync(join(folder, name), text);
        }
        return await run(folder);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/** Every rule that mends; those that nobody may unasked too. */
export const EVERY_MEND: ReadonlySet<string> = new Set(Object.keys(MENDS));

/** Mends files in memory, and judges what came of it. @param named the one that is named, of all of them */
export async function mendFiles(files: Readonly<Record<string, string>>, mending: Iterable<string>, options: JudgeOptions = {}, named = ""): Promise<Mended> {
    return await inFolder(files, async root => {
        const folder = join(root, named);
        const rules = options.rules ?? RULES;
        const before = await judgeFiles([folder], { ...options, rules });
        const fixed = await fix([folder], before, { rules, settings: options.settings ?? {}, mending: new Set(mending) });
        const changed = new Map(fixed.changed.map(({ path, after }) => [path, after]));
        const after = await judgeFiles([folder], { ...options, rules, texts: changed });
        const texts = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, changed.get(resolve(root, name)) ?? text]));
        return { before, after, texts, fixed };
    });
}

/** The comments of a text, each with its words. */
export function commentsOf(text: string): string[] {
    return text.split(/\r?\n/).map(line => line.trim()).filter(line => line.startsWith("#"));
}
