import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

import { RULES, STANDARD_RULES } from "../../policies/catalogue";
import type { CheckOptions } from "./documents";
import type { Share } from "./share";
import type { Report } from "../../policies/report/report";

/** Fewer files are judged before a thread has started. */
const WORTHWHILE = 400;
/** More threads than that wait for the one that reads all files for the rules about the stack as a whole. */
const MOST_THREADS = 4;

/** Rules that ask about one subject at a time, at work in other threads, and what is left to judge here. */
export interface Shared {
    readonly reports: Promise<readonly Report[]>;
    readonly left: CheckOptions;
}

/**
 * Shares many files out to threads: each judges its Kubernetes objects by all rules but those about the whole stack, which are
 * left. Undefined where it is not worth it, or where what is to be judged is not in the files or in the catalogue as it stands.
 */
export function shareOut(files: readonly string[], options: CheckOptions): Shared | undefined {
    const rules = options.rules ?? STANDARD_RULES;
    const threads = Math.min(MOST_THREADS, availableParallelism());
    if (files.length < WORTHWHILE || threads < 2 || options.texts !== undefined || rules.some(rule => !RULES.includes(rule))) {
        return undefined;
    }
    const size = Math.ceil(files.length / threads);
    const base = {
        rules: rules.filter(({ about }) => about !== "stack").map(({ id }) => id), settings: options.settings ?? {}, advisory: [...options.advisory ?? []],
    };
    const shares = Array.from({ length: threads }, (_, at): Share => ({ ...base, files: files.slice(at * size, (at + 1) * size) }));
    const reports = Promise.all(shares.filter(share => share.files.length > 0).map(judgeInThread));
    // Awaited only when this thread's own part is done: until then nobody else would hear of a failure.
    reports.catch(() => undefined);
    return { reports, left: { ...options, rules: rules.filter(({ about }) => about === "stack") } };
}

function judgeInThread(share: Share): Promise<Report> {
    return new Promise((resolve, reject) => {
        const worker = new Worker(join(__dirname, "worker.cjs"), { workerData: share });
        worker.once("message", resolve);
        worker.once("error", reject);
        worker.once("exit", code => { reject(new Error(`a thread that judges ended early (${code})`)); });
    });
}
