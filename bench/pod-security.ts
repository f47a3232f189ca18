import { KINDS } from "../test/support/pod-security/kinds";
import { VERSIONS, distinctFixtures, fixtureCase, randomCases, rearranged } from "../test/support/pod-security/cases";
import { compare } from "../test/support/pod-security/compare";
import { randomOf } from "../test/support/pod-security/mutate";
import { findOracle } from "../test/support/pod-security/oracle";
import type { Case, Comparison } from "../test/support/pod-security/compare";
import type { Template } from "../test/support/pod-security/kinds";
import type { Oracle } from "../test/support/pod-security/oracle";

// npx tsx bench/pod-security.ts [MUTATIONS] [SEED]: how often the profiles pss-baseline and pss-restricted say what
// Kubernetes' own library says, on its fixtures, on the same in every kind and every list of containers, and on random
// mutations; a row a set, then a row a version. Ends with status 1 where they differ anywhere.

const BATCH = 5000;
const count = Number(process.argv[2] ?? 100_000);
const seed = Number(process.argv[3] ?? 2027);

interface Row {
    readonly name: string;
    cases: number;
    denied: number;
    verdicts: number;
    names: number;
}

function add(row: Row, { cases, denied, verdicts, names }: Comparison): void {
    row.cases += cases;
    row.denied += denied;
    row.verdicts += verdicts;
    row.names += names;
}

function everywhere(oracle: Oracle): readonly Case[] {
    return distinctFixtures(oracle).flatMap(fixture => {
        const { object, level, version, title } = fixtureCase(fixture);
        const pod = object as Template;
        const templates = [pod, ...(["initContainers", "sidecars", "ephemeralContainers"] as const).map(slot => rearranged(pod, slot))];
        return Object.values(KINDS).flatMap(wrap => templates.map(template => ({ title, object: wrap(template), level, version })));
    });
}

function* batches(oracle: Oracle): Generator<readonly [set: string, cases: readonly Case[]]> {
    const fixtures = oracle.fixtures.map(fixtureCase);
    yield ["Kubernetes' own fixtures", fixtures];
    const all = everywhere(oracle);
    for (let from = 0; from < all.length; from += BATCH) {
        yield ["in every kind and list", all.slice(from, from + BATCH)];
    }
    const random = randomOf(seed);
    for (let left = count; left > 0; left -= BATCH) {
        yield ["random mutations", randomCases(oracle, Math.min(left, BATCH), random)];
    }
}

function table(rows: readonly Row[]): string {
    const percent = (part: number, of: number): string => of === 0 ? "-" : `${(100 * part / of).toFixed(3)} %`;
    const lines = rows.map(({ name, cases, denied, verdicts, names }) => [name, cases, denied, verdicts, percent(verdicts, cases), names, percent(names, cases)]);
    return [["", "pods", "denied", "same verdict", "", "same checks named", ""], ...lines]
        .map(cells => cells.map((cell, at) => at === 0 ? String(cell).padEnd(26) : String(cell).padStart(at === 5 ? 18 : 13)).join("")).join("\n");
}

function main(): void {
    const oracle = findOracle();
    if (typeof oracle === "string") {
        throw new Error(oracle);
    }
    const sets = new Map<string, Row>();
    const versions = new Map<string, Row>(VERSIONS.map(name => [name, { name, cases: 0, denied: 0, verdicts: 0, names: 0 }]));
    const start = Date.now();
    for (const [set, cases] of batches(oracle)) {
        const row = sets.get(set) ?? { name: set, cases: 0, denied: 0, verdicts: 0, names: 0 };
        sets.set(set, row);
        for (const [version, versionRow] of versions) {
            const compared = compare(oracle, cases.filter(one => one.version === version));
            add(row, compared);
            add(versionRow, compared);
            compared.differences.slice(0, 3).forEach(difference => { console.log(difference); });
        }
    }
    console.log(`${table([...sets.values()])}\n\n${table([...versions.values()])}\n\n${((Date.now() - start) / 1000).toFixed(0)} s, seed ${seed}`);
    process.exitCode = [...sets.values()].every(({ cases, names }) => cases === names) ? 0 : 1;
}

main();
