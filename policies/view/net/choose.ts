import { grouped, once, unfinished } from "./known";
import type { Unfinished } from "../unfinished";
import type { Labels, Selector } from "./selector";

/** Something with a place and labels, that a selector may select. */
export interface Labelled {
    readonly namespace: () => string;
    readonly labels: Labels;
}

/** Who selects, and where. */
export interface Choosing {
    readonly namespace: () => string;
    readonly selector: Selector;
}

/** What is selected for sure, and what only may be, with the reason. */
export interface Chosen<Item> {
    readonly sure: readonly Item[];
    readonly doubted: readonly Item[];
    readonly doubt: Unfinished | undefined;
}

/** What selects one item, and whether more may. */
export interface Selection<Item> {
    readonly sure: readonly Item[];
    readonly doubt: Unfinished | undefined;
}

interface Shelf<Item> {
    readonly all: readonly Item[];
    readonly byLabel: ReadonlyMap<string, readonly Item[]>;
    /** Those whose labels are not all known. */
    readonly doubtful: readonly Item[];
}

/** Items by namespace and label, so that a selector looks at few of them. */
export interface Index<Item> {
    readonly all: readonly Item[];
    readonly shelf: (namespace: string) => Shelf<Item>;
    /** All that a selector may select, in whatever namespace. */
    readonly anywhere: (selector: Selector) => readonly Item[];
    /** Items whose namespace is not known: they may be in any. */
    readonly unplaced: readonly Item[];
}

const keyOf = (key: string, value: string): string => `${key}\0${value}`;

export function indexOf<Item extends Labelled>(items: readonly Item[]): Index<Item> {
    const places = grouped(items, item => item.namespace());
    const shelves = new Map<string, Shelf<Item>>();
    const whole = once(() => shelfOf(items));
    return {
        all: items,
        anywhere: selector => candidatesOf(whole(), selector),
        unplaced: places.get(undefined) ?? [],
        shelf(namespace) {
            const known = shelves.get(namespace);
            const shelf = known ?? shelfOf(places.get(namespace) ?? []);
            shelves.set(namespace, shelf);
            return shelf;
        },
    };
}

function shelfOf<Item extends Labelled>(all: readonly Item[]): Shelf<Item> {
    const byLabel = new Map<string, Item[]>();
    const doubtful: Item[] = [];
    for (const item of all) {
        let labels: readonly (readonly [string, string])[] = [];
        try {
            labels = item.labels.known();
        } catch (error) {
            unfinished(error);
            doubtful.push(item);
            continue;
        }
        for (const [key, value] of labels) {
            const shelf = byLabel.get(keyOf(key, value));
            if (shelf === undefined) {
                byLabel.set(keyOf(key, value), [item]);
            } else {
                shelf.push(item);
            }
        }
        if (item.labels.doubtful()) {
            doubtful.push(item);
        }
    }
    return { all, byLabel, doubtful };
}

/** The items of a namespace that a selector selects. */
export function choose<Item extends Labelled>(index: Index<Item>, { namespace, selector }: Choosing): Chosen<Item> {
    const sure: Item[] = [];
    const doubted: Item[] = [];
    let doubt: Unfinished | undefined;
    let candidates: Iterable<Item>;
    try {
        const shelf = index.shelf(namespace());
        candidates = new Set([...candidatesOf(shelf, selector), ...index.unplaced]);
    } catch (error) {
        return { sure, doubted: index.all, doubt: unfinished(error) };
    }
    for (const item of candidates) {
        try {
            if (selector.selects(item.labels) && item.namespace() === namespace()) {
                sure.push(item);
            }
        } catch (error) {
            doubted.push(item);
            doubt ??= unfinished(error);
        }
    }
    return { sure, doubted, doubt };
}

function candidatesOf<Item>(shelf: Shelf<Item>, selector: Selector): readonly Item[] {
    let label: ReturnType<Selector["label"]>;
    try {
        label = selector.label();
    } catch (error) {
        unfinished(error);
        return shelf.all;
    }
    return label === undefined ? shelf.all : [...shelf.byLabel.get(keyOf(...label)) ?? [], ...shelf.doubtful];
}

/**
 * Who selects each item.
 * @param counts whether a selection counts at all; where it is not known, those selected are in doubt
 */
export function selectors<Item extends Labelled, Chooser extends Choosing>(
    index: Index<Item>, choosers: readonly Chooser[], counts: (chooser: Chooser) => boolean,
): (item: Item) => Selection<Chooser> {
    const sure = new Map<Item, Chooser[]>();
    const doubts = new Map<Item, Unfinished>();
    let everywhere: Unfinished | undefined;
    for (const chooser of choosers) {
        const chosen = counted(index, chooser, counts);
        for (const item of chosen.sure) {
            const known = sure.get(item);
            if (known === undefined) {
                sure.set(item, [chooser]);
            } else {
                known.push(chooser);
            }
        }
        if (chosen.doubted === index.all) {
            everywhere ??= chosen.doubt;
        } else if (chosen.doubt !== undefined) {
            for (const item of chosen.doubted) {
                doubts.set(item, doubts.get(item) ?? chosen.doubt);
            }
        }
    }
    return item => ({ sure: sure.get(item) ?? [], doubt: doubts.get(item) ?? everywhere });
}

function counted<Item extends Labelled, Chooser extends Choosing>(index: Index<Item>, chooser: Chooser, counts: (chooser: Chooser) => boolean): Chosen<Item> {
    try {
        return counts(chooser) ? choose(index, chooser) : { sure: [], doubted: [], doubt: undefined };
    } catch (error) {
        const { sure, doubted } = choose(index, chooser);
        return { sure: [], doubted: doubted === index.all ? doubted : [...sure, ...doubted], doubt: unfinished(error) };
    }
}
