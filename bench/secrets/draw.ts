import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { entriesOf } from "./entries";
import type { Named } from "./entries";

/** Whatever could be about a secret, in a very wide sense: half of a sample is drawn from it, or there would be few secrets in it. */
const WIDE = /pass|pwd|secret|token|key|auth|cred|salt|private|cert|dsn|conn|login|admin|jwt|hash|sign|pin|code/i;
const WIDE_VALUE = /:\/\/[^/]*@|^[\w+/=-]{20,}$|pass|secret|token|bearer/i;

/** Entries of the corpora, each pair of name and value once, in an order that does not change. */
export function distinctEntries(corpus: string): Named[] {
    const sets = ["compose", "k8s", "k8s-labelled"].map(set => join(corpus, set)).filter(existsSync);
    const all = (sets.length === 0 ? [corpus] : sets).flatMap(entriesOf);
    return [...new Map(all.map(entry => [hashOf(entry), entry])).values()].sort((one, other) => hashOf(one) < hashOf(other) ? -1 : 1);
}

/** What stands for an entry in a list of labels. */
export function hashOf({ name, value }: Pick<Named, "name" | "value">): string {
    return createHash("sha256").update(`${name}\0${value}`).digest("hex").slice(0, 16);
}

/** A sample: half from what could be about secrets, half from all the others. The same seed draws the same. */
export function draw(entries: readonly Named[], seed: number, count: number): Named[] {
    const next = generator(seed);
    const shuffled = (list: readonly Named[]) => list.map(entry => [next(), entry] as const).sort(([one], [other]) => one - other).map(([, entry]) => entry);
    const wide = entries.filter(({ name, value }) => WIDE.test(name) || WIDE_VALUE.test(value));
    const rest = entries.filter(entry => !wide.includes(entry));
    return [...shuffled(wide).slice(0, count / 2), ...shuffled(rest).slice(0, count / 2)];
}

/** Marsaglia's xorshift with 32 bits, from 0 to 1. */
function generator(seed: number): () => number {
    let state = seed >>> 0 || 1;
    return () => {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        return (state >>> 0) / 2 ** 32;
    };
}
