import { ISOLATION_MENDS } from "./isolation";
import { NETWORK_MENDS } from "./network";
import { PRIVILEGE_MENDS } from "./privilege";
import { RESOURCES_MENDS } from "./resources";
import type { Mend } from "./mend";

/** How rules mend, by id. A rule that is not here judges only: what would be right, nobody can tell from the file. */
export const MENDS: Readonly<Record<string, Mend>> = {
    ...ISOLATION_MENDS,
    ...NETWORK_MENDS,
    ...PRIVILEGE_MENDS,
    ...RESOURCES_MENDS,
};

/** The mend of a rule; undefined where it judges only. */
export function mendOf(rule: string): Mend | undefined {
    return Object.hasOwn(MENDS, rule) ? MENDS[rule] : undefined;
}
