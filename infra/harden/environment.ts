import type { Environment } from "../model/hardened";

/** Exact words only; whatever else is said, or nothing, is production, so that a slip of the pen closes rather than opens. */
export function environmentOf(word: string | undefined): Environment {
    return word === "development" || word === "ci" || word === "staging" ? word : "production";
}
