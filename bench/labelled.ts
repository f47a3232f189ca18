import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";

import { load, loadAll } from "js-yaml";

import { KUBECTL } from "../cli/check/documents";
import { RULES } from "../policies/catalogue";
import { judgeDocuments } from "../policies/sources";
import type { Finding } from "../policies/report/report";
import type { Rule, Settings } from "../policies/rule";

// npx tsx bench/labelled.ts FOLDER CATALOGUE [--list]: how far the rules agree with the labels of fixtures that other checkers
// ship for their own checks (Polaris: a folder a check, files that fail and that succeed; kube-linter: a file a check, objects
// called dont-fire and others). CATALOGUE says which check of theirs has which meaning; test/coverage, which rules have it.

interface Covered {
    readonly check: string;
    readonly rules: readonly string[];
    readonly settings?: Readonly<Record<string, Settings>>;
}

interface Case {
    readonly tool: string;
    readonly check: string;
    readonly file: string;
    /** The object that the label is about; all of the file if undefined. */
    readonly object?: { readonly kind: string; readonly name: string };
    readonly bad: boolean;
}

const [folder = "", catalogue = ""] = process.argv.slice(2);
const COVERAGE = join(__dirname, "../test/coverage");
const covered = readdirSync(COVERAGE).filter(name => name.endsWith(".yaml")).flatMap(name => load(readFileSync(join(COVERAGE, name), "utf8")) as Covered[]);
const meanings = (load(readFileSync(catalogue, "utf8")) as { readonly checks: readonly { readonly slug: string; readonly peers: Readonly<Record<string, readonly string[]>> }[] }).checks;

/** What the catalogue says that a check of another tool means, as rules of ours. */
function rulesOf(tool: string, check: string): { readonly rules: readonly Rule[]; readonly settings: Readonly<Record<string, Settings>> } {
    const slugs = meanings.filter(({ peers }) => peers[tool]?.includes(check)).map(({ slug }) => slug);
    const entries = covered.filter(entry => slugs.includes(entry.check));
    return { rules: RULES.filter(({ id }) => entries.some(({ rules }) => rules.includes(id))), settings: Object.assign({}, ...entries.map(({ settings }) => settings ?? {})) as Readonly<Record<string, Settings>> };
}

function documentsOf(file: string): unknown[] {
    return loadAll(readFileSync(file, "utf8"), { schema: KUBECTL, json: true }).filter(document => document !== null && document !== undefined);
}

function polaris(root: string): Case[] {
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(name => /(?:failure|success)[^/]*\.ya?ml$/.test(name));
    return files.map(name => ({ tool: "polaris", check: basename(dirname(name)), file: join(root, name), bad: basename(name).startsWith("failure") }));
}

function kubeLinter(root: string): Case[] {
    return readdirSync(root).filter(name => /\.ya?ml$/.test(name)).flatMap(name => {
        const check = name.replace(/\.ya?ml$/, "");
        const objects = documentsOf(join(root, name)) as { readonly kind?: string; readonly metadata?: { readonly name?: string } }[];
        const labelled = objects.some(({ metadata }) => /fire/.test(metadata?.name ?? ""));
        return !labelled ? [] : objects.map(({ kind = "", metadata }) => ({ tool: "kube-linter", check, file: join(root, name), object: { kind, name: metadata?.name ?? "" }, bad: !/^(?:dont-fire|should-pass|good)/.test(metadata?.name ?? "") }));
    });
}

function found({ tool, check, file, object }: Case): readonly Finding[] | undefined {
    const { rules, settings } = rulesOf(tool, check);
    if (rules.length === 0) {
        return undefined;
    }
    const { findings } = judgeDocuments(documentsOf(file).map((root, document) => ({ path: file, document, root })), { rules, settings });
    return object === undefined ? findings : findings.filter(({ subject }) => subject.name === object.name && subject.kind === object.kind);
}

const cases = [...polaris(join(folder, "FairwindsOps__polaris/test/checks")), ...kubeLinter(join(folder, "stackrox__kube-linter/tests/checks"))];
if (!existsSync(folder) || cases.length === 0) {
    throw new Error(`${folder} holds none of the fixtures`);
}
const results = cases.map(one => ({ ...one, findings: found(one) }));
for (const tool of ["polaris", "kube-linter"]) {
    const own = results.filter(result => result.tool === tool);
    const judged = own.filter(({ findings }) => findings !== undefined);
    const agreed = judged.filter(({ bad, findings = [] }) => bad === findings.length > 0);
    console.log(`${tool}: ${agreed.length} of ${judged.length} labels agree (${(100 * agreed.length / judged.length).toFixed(1)} %), ${own.length - judged.length} of checks that no rule answers for`);
}
if (process.argv.includes("--list")) {
    for (const { check, file, object, bad, findings } of results.filter(({ bad: label, findings: list }) => list === undefined || label !== list.length > 0)) {
        console.log(`${findings === undefined ? "no rule" : bad ? "missed" : "false"}  ${check}  ${relative(folder, file)}${object === undefined ? "" : ` ${object.kind}/${object.name}`}${findings === undefined || bad ? "" : `: ${findings[0]?.rule ?? ""} ${findings[0]?.message ?? ""}`}`);
    }
}
