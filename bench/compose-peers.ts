import { readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";

import { isFailure, readDocuments } from "../cli/check/documents";
import { judgeFiles } from "../cli/check/judge-files";
import { kindOf } from "../cli/check/recognise";
import { RULES } from "../policies/catalogue";
import { KICS_DIFFERENCES, reasonFor } from "./compose-peers/differences";
import { kicsCases, kicsQueries } from "./compose-peers/kics";
import { composeLint, dclint, peer } from "./compose-peers/peers";
import { COMPOSE_LINT, DCLINT, KICS, KICS_DOCKERFILE } from "./compose-peers/rules";
import type { PeerFinding } from "./compose-peers/peers";
import type { Mapping } from "./compose-peers/rules";

// npx tsx bench/compose-peers.ts [--list] [FOLDER]: what compose-lint and dclint find in the Compose files of a folder (this one), and
// which of it the rules here do not; and the cases that KICS ships with its queries for Compose and Dockerfiles. --list prints each
// difference. Programs are taken from the PATH, or from COMPOSE_LINT and DCLINT; cases from KICS_QUERIES.

const listed = process.argv.includes("--list");
const folder = resolve(process.argv.slice(2).find(word => !word.startsWith("--")) ?? ".");

function composeFiles(): string[] {
    const all = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(name => /\.ya?ml$/.test(name)).sort();
    return all.map(name => join(folder, name)).filter(path => {
        const read = readDocuments(path);
        return !isFailure(read) && kindOf(read.documents[0]) === "compose";
    });
}

/** Rules that found something, by file and service; those about a whole project under every service. */
async function ours(files: readonly string[]): Promise<(file: string, service: string) => ReadonlySet<string>> {
    const found = new Map<string, Set<string>>();
    for (const file of files) {
        const { findings } = await judgeFiles([file], { rules: RULES });
        for (const { subject, rule } of findings) {
            const key = `${file}\n${["service", "Dockerfile"].includes(subject.kind) ? subject.name : ""}`;
            found.set(key, (found.get(key) ?? new Set()).add(rule));
        }
    }
    return (file, service) => new Set([...found.get(`${file}\n${service}`) ?? [], ...found.get(`${file}\n`) ?? []]);
}

function print(head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
    console.log([head, head.map(() => "---"), ...rows].map(row => `| ${row.join(" | ")} |`).join("\n"));
}

function compare(name: string, findings: readonly PeerFinding[], mapping: Mapping, rulesAt: (file: string, service: string) => ReadonlySet<string>): void {
    const rows = Object.entries(mapping).map(([rule, same]) => {
        const of = findings.filter(finding => finding.rule === rule);
        const missed = of.filter(({ file, service }) => !same.some(id => rulesAt(file, service).has(id)));
        const explained = missed.filter(finding => reasonFor(finding) !== undefined);
        for (const finding of listed ? missed : []) {
            console.log(`${name} ${rule} ${relative(folder, finding.file)}:${finding.line} ${finding.service}: ${finding.message.slice(0, 120)} [${reasonFor(finding) ?? "?"}]`);
        }
        const known = same.filter(id => RULES.some(one => one.id === id));
        return { found: of.length, line: [rule, of.length, of.length - missed.length, explained.length, missed.length - explained.length, known.join(", ")] };
    });
    print([name, "found", "here too", "explained", "open", "rules here"], rows.filter(({ found }) => found > 0).map(({ line }) => line));
    const left = new Set(findings.filter(({ rule }) => mapping[rule] === undefined).map(({ rule }) => rule));
    console.log(`${name}: ${findings.length} findings; not compared, since they are about how a file looks: ${[...left].sort().join(", ") || "none"}\n`);
}

async function comparePeers(): Promise<void> {
    const programs = [
        { name: "compose-lint", program: peer("COMPOSE_LINT", "compose-lint"), run: composeLint, mapping: COMPOSE_LINT },
        { name: "dclint", program: peer("DCLINT", "dclint"), run: dclint, mapping: DCLINT },
    ];
    if (programs.every(({ program }) => program === undefined)) {
        return;
    }
    const files = composeFiles();
    console.log(`${files.length} Compose files below ${folder}`);
    const rulesAt = await ours(files);
    for (const { name, program, run, mapping } of programs) {
        if (program !== undefined) {
            compare(name, run(program, files), mapping, rulesAt);
        }
    }
}

async function compareKics(platform: string, mapping: Mapping): Promise<void> {
    const queries = kicsQueries(platform);
    if (queries === undefined) {
        return;
    }
    const cases = await kicsCases(queries, mapping);
    const names = [...new Set(cases.map(({ query }) => query))];
    print([`KICS, ${platform}`, "positive, found", "missed", "negative, silent", "found"], names.map(query => {
        const of = cases.filter(one => one.query === query);
        const count = (positive: boolean, found: boolean) => of.filter(one => one.positive === positive && (one.findings.length > 0) === found).length;
        return [query, count(true, true), count(true, false), count(false, false), count(false, true)];
    }));
    for (const { query, file, findings, errors, positive } of cases.filter(one => one.positive !== one.findings.length > 0)) {
        const reason = KICS_DIFFERENCES[`${query}/${file}`];
        console.log(`${query}/${file} [${reason ?? "?"}]: ${positive ? `missed; ${errors.join("; ") || "no error"}` : findings.join("; ")}`);
    }
}

comparePeers().then(() => compareKics("dockerCompose", KICS)).then(() => compareKics("dockerfile", KICS_DOCKERFILE)).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
});
