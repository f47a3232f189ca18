import { profileNamed } from "../../../policies/profiles/profiles";
import { judgeDocuments } from "../../../policies/sources";
import { ask } from "./oracle";
import type { Rule } from "../../../policies/rule";
import type { Oracle } from "./oracle";

export const LEVELS = ["baseline", "restricted"] as const;
export type Level = typeof LEVELS[number];

/** An object, judged at a level in a version (`v1.29`). */
export interface Case {
    readonly title: string;
    readonly object: unknown;
    readonly level: Level;
    readonly version: string;
}

/** What is said of a case: the names of the checks that forbid it, sorted; or that it cannot be judged. */
export type Said = readonly string[] | "not judged";

/** A case of which we say something else than Kubernetes. */
export interface Difference {
    readonly title: string;
    readonly ours: Said;
    readonly theirs: Said;
}

export interface Comparison {
    readonly cases: number;
    readonly denied: number;
    /** Cases that the API server would not take: those we must not let pass, whatever else we say. */
    readonly refused: number;
    readonly verdicts: number;
    readonly names: number;
    readonly differences: readonly Difference[];
}

/** How to judge other than by the profile as it is: for tests of the tests. */
export type Change = (rules: readonly Rule[]) => readonly Rule[];

/** Judges cases by Kubernetes and by the profiles. */
export function compare(oracle: Oracle, cases: readonly Case[], change?: Change): Comparison {
    const theirs = saidByKubernetes(oracle, cases);
    return comparison(cases, theirs, saidByUs(cases, change));
}

/** Where the two agree, and where they do not. */
export function comparison(cases: readonly Case[], theirs: readonly Said[], ours: readonly Said[]): Comparison {
    const differences: Difference[] = [];
    let verdicts = 0;
    let names = 0;
    cases.forEach(({ title }, at) => {
        const [said, given] = [ours[at] ?? "not judged", theirs[at] ?? "not judged"];
        const sameVerdict = given === "not judged" ? said.length > 0 : said !== "not judged" && (said.length > 0) === (given.length > 0);
        const sameNames = sameVerdict && (given === "not judged" || String(said) === String(given));
        verdicts += Number(sameVerdict);
        names += Number(sameNames);
        if (!sameNames) {
            differences.push({ title, ours: said, theirs: given });
        }
    });
    const denied = theirs.filter(given => given !== "not judged" && given.length > 0).length;
    return { cases: cases.length, denied, refused: theirs.filter(given => given === "not judged").length, verdicts, names, differences };
}

export function saidByKubernetes(oracle: Oracle, cases: readonly Case[]): readonly Said[] {
    const answers = ask(oracle, cases.map(({ object, level, version }) => ({ levels: [level], versions: [version], object })));
    return answers.map(({ forbidden }, at) => {
        const { level = "baseline", version = "" } = cases[at] ?? {};
        return [...forbidden?.[`${level} ${version}`] ?? ["not judged"]].sort();
    }).map(names => names[0] === "not judged" ? "not judged" : names);
}

/** What `portcullis check --profile pss-LEVEL@VERSION` would find, by the benchmark that each rule names. */
export function saidByUs(cases: readonly Case[], change: Change = rules => rules): readonly Said[] {
    const said: Said[] = [];
    for (const [name, places] of grouped([...cases.keys()], at => `pss-${cases[at]?.level}@${cases[at]?.version}`)) {
        const { rules, settings } = profileNamed(name);
        const documents = places.map(at => ({ path: String(at), document: 0, root: cases[at]?.object }));
        const report = judgeDocuments(documents, { rules: change(rules), settings });
        const findings = grouped(report.findings, ({ path }) => path);
        const unjudged = new Set([...report.errors, ...report.unknown].map(({ path }) => path));
        for (const { path } of documents) {
            const checks = new Set(findings.get(path)?.flatMap(({ benchmarks }) => benchmarks.map(benchmark => benchmark.replace(/^PSS \w+: /, ""))));
            said[Number(path)] = unjudged.has(path) ? "not judged" : [...checks].sort();
        }
    }
    return said;
}

function grouped<Item>(items: readonly Item[], key: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
    const groups = new Map<string, Item[]>();
    for (const item of items) {
        const group = groups.get(key(item)) ?? [];
        group.push(item);
        groups.set(key(item), group);
    }
    return groups;
}
