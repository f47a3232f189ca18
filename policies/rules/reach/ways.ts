import { Unfinished } from "../../view/unfinished";
import { wayText } from "../../view/net/reach";
import type { Way } from "../../view/net/cluster-reach";

/** More would not be read. */
const MOST = 5;

/** The ways that are found, as one text; throws what is not known only where none is. */
export function waysText<Item>(items: readonly Item[], find: (item: Item) => Way | undefined): string | undefined {
    const ways: string[] = [];
    let unknown: Unfinished | undefined;
    for (const item of items) {
        try {
            const way = find(item);
            if (way !== undefined && ways.push(wayText(way)) > MOST) {
                return `${ways.slice(0, MOST).join("; ")}; and more`;
            }
        } catch (error) {
            if (!(error instanceof Unfinished)) {
                throw error;
            }
            unknown ??= error;
        }
    }
    if (ways.length === 0 && unknown !== undefined) {
        throw unknown;
    }
    return ways.length === 0 ? undefined : ways.join("; ");
}
