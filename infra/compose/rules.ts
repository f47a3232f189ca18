/**
 * A table from patterns of paths to what holds there. In a pattern `*` stands for any key or any item; a list's item is
 * written `[]` in a path.
 */
export interface Rules<T> {
    /** What the table holds for exactly this path. */
    readonly here: T | undefined;
    /** Whether the table holds anything below. */
    readonly deeper: boolean;
    /** The table as it looks one step further down. */
    next(step: string): Rules<T>;
}

interface Branch<T> {
    value?: T;
    readonly children: Map<string, Branch<T>>;
}

/** Makes the table; patterns are dotted: `services.*.ports`. The first pattern given wins where two match. */
export function makeRules<T>(table: Readonly<Record<string, T>>): Rules<T> {
    const root: Branch<T> = { children: new Map() };
    for (const [pattern, value] of Object.entries(table)) {
        let branch = root;
        for (const step of pattern.split(".")) {
            const child: Branch<T> = branch.children.get(step) ?? { children: new Map() };
            branch.children.set(step, child);
            branch = child;
        }
        branch.value ??= value;
    }
    return rulesOf([root]);
}

function rulesOf<T>(branches: readonly Branch<T>[]): Rules<T> {
    const cache = new Map<string, Rules<T>>();
    return {
        here: branches.find(branch => branch.value !== undefined)?.value,
        deeper: branches.some(branch => branch.children.size > 0),
        next(step) {
            const key = branches.some(branch => branch.children.has(step)) ? step : "*";
            let found = cache.get(key);
            if (found === undefined) {
                found = rulesOf(branches.flatMap(branch => [branch.children.get(step), branch.children.get("*")]
                    .filter((child, at, all): child is Branch<T> => child !== undefined && all.indexOf(child) === at)));
                cache.set(key, found);
            }
            return found;
        },
    };
}
