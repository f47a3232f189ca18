import { Unfinished } from "./unfinished";
import type { Item, WorkloadView } from "./types";
import type { Path } from "./unfinished";

/** Something that a workload has in common with others. */
export interface Common {
    readonly view: WorkloadView;
    readonly text: string;
    readonly path: Path;
    readonly others: readonly WorkloadView[];
}

/**
 * What workloads have in common.
 * @param read what a workload has; an empty text is nothing
 * @param key what makes two the same
 * @returns whatever is known to be shared, and what kept the rest from being known
 */
export function commonTo(workloads: readonly WorkloadView[], read: (workload: WorkloadView) => readonly Item[], key: (view: WorkloadView, text: string) => string): { readonly common: readonly Common[]; readonly unfinished: Unfinished | undefined } {
    const holders = new Map<string, Set<WorkloadView>>();
    const held: { readonly view: WorkloadView; readonly text: string; readonly path: Path; readonly key: string }[] = [];
    let unfinished: Unfinished | undefined;
    const note = (view: WorkloadView, { text, path }: Item) => {
        const name = key(view, text);
        if (text !== "") {
            held.push({ view, text, path, key: name });
            holders.set(name, (holders.get(name) ?? new Set()).add(view));
        }
    };
    const attempt = (run: () => void) => {
        try {
            run();
        } catch (error) {
            if (error instanceof Unfinished) {
                unfinished = error;
            } else {
                throw error;
            }
        }
    };
    for (const view of workloads) {
        attempt(() => { read(view).forEach(one => { attempt(() => { note(view, one); }); }); });
    }
    const common = held.map(({ view, text, path, key: name }) => ({ view, text, path, others: [...holders.get(name) ?? []].filter(other => other !== view) }));
    return { common: common.filter(({ others }) => others.length > 0), unfinished };
}
