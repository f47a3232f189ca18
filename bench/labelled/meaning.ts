import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { load } from "js-yaml";

import { RULES } from "../../policies/catalogue";
import { MEANT } from "./meant/index";
import type { Rule, Settings } from "../../policies/rule";

interface Covered {
    readonly check: string;
    readonly rules: readonly string[];
    readonly settings?: Readonly<Record<string, Settings>>;
}

interface Entry {
    readonly slug: string;
    readonly peers: Readonly<Record<string, readonly string[]>>;
}

/** The rules that make a check, and how they are configured for it. */
export interface Meaning {
    readonly rules: readonly Rule[];
    readonly settings: Readonly<Record<string, Settings>>;
    /** What a finding's message must say to be about the check. */
    readonly says: RegExp;
}

const COVERAGE = join(__dirname, "../../test/coverage");
const read = new Map<string, readonly Entry[]>();
const meanings = new Map<string, Meaning>();
let covered: readonly Covered[] | undefined;

/**
 * The rules that make a check of another tool: those named in `meant`; else what the catalogue says that the check means,
 * and test/coverage which rules have that meaning.
 * @param catalogue file of the meanings that checks of other tools have
 */
export function meaningOf(catalogue: string, tool: string, check: string, part = ""): Meaning {
    const key = `${catalogue} ${tool} ${check}#${part}`;
    const known = meanings.get(key) ?? found(catalogue, tool, check, part);
    meanings.set(key, known);
    return known;
}

/** Whether the catalogue knows the check: others are out of scope. */
export function inScope(catalogue: string, tool: string, check: string): boolean {
    return entriesOf(catalogue).some(({ peers }) => peers[tool]?.includes(check));
}

/** The full name of a check, where a tool's fixtures have a shorter one (`k8s/name` for `k8s/name (id)`). */
export function namesOf(catalogue: string, tool: string): readonly string[] {
    return entriesOf(catalogue).flatMap(({ peers }) => peers[tool] ?? []);
}

function found(catalogue: string, tool: string, check: string, part: string): Meaning {
    const slugs = entriesOf(catalogue).filter(({ peers }) => peers[tool]?.includes(check)).map(({ slug }) => slug);
    const entries = coverage().filter(entry => slugs.includes(entry.check));
    const meant = MEANT[tool]?.[`${check}#${part}`] ?? MEANT[tool]?.[check];
    const ids = meant?.rules ?? entries.flatMap(({ rules }) => rules);
    const settings = Object.assign({}, ...entries.map(entry => entry.settings ?? {}), meant?.settings ?? {}) as Readonly<Record<string, Settings>>;
    return { rules: RULES.filter(({ id }) => ids.includes(id)), settings, says: meant?.says ?? /^/ };
}

function entriesOf(catalogue: string): readonly Entry[] {
    const known = read.get(catalogue) ?? (load(readFileSync(catalogue, "utf8")) as { readonly checks: readonly Entry[] }).checks;
    read.set(catalogue, known);
    return known;
}

function coverage(): readonly Covered[] {
    covered ??= readdirSync(COVERAGE).filter(name => name.endsWith(".yaml")).flatMap(name => load(readFileSync(join(COVERAGE, name), "utf8")) as Covered[]);
    return covered;
}
