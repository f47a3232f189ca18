import { readFileSync } from "node:fs";

import { loadAll } from "js-yaml";

import { KUBECTL } from "../../cli/check/documents";
import { judgeDocuments } from "../../policies/sources";
import { meaningOf } from "./meaning";
import type { Finding } from "../../policies/report/report";

/** A Kubernetes object, as far as labels need it. */
export interface Labelled {
    readonly kind?: string;
    readonly metadata?: { readonly name?: string; readonly namespace?: string };
}

/** What a checker says of a fixture that it ships for one of its own checks. */
export interface Case {
    readonly tool: string;
    /** The check, by the name that the catalogue has for it. */
    readonly check: string;
    /** What of the check the label is about, where a tool configures or divides it: `meant` may tell parts from one another. */
    readonly part?: string;
    /** The fixture: a file, or a file and an object of it. */
    readonly name: string;
    /** What is judged together. */
    readonly documents: readonly unknown[];
    /** The documents that the label is about; all of them if undefined. Findings elsewhere do not count. */
    readonly about?: readonly number[];
    readonly bad: boolean;
}

export interface Judged extends Case {
    /** Undefined where no rule here makes the check. */
    readonly findings: readonly Finding[] | undefined;
}

/** The documents of a file, as kubectl reads them; none where it is no YAML (templates of Helm, say). */
export function documentsOf(file: string): unknown[] {
    try {
        return loadAll(readFileSync(file, "utf8"), { schema: KUBECTL, json: true }).filter(document => document !== null && document !== undefined);
    } catch {
        return [];
    }
}

/** Judges a case by the rules that make its check, and by no others. */
export function judgeCase(one: Case, catalogue: string): Judged {
    const { rules, settings, says } = meaningOf(catalogue, one.tool, one.check, one.part);
    if (rules.length === 0) {
        return { ...one, findings: undefined };
    }
    const report = judgeDocuments(one.documents.map((root, document) => ({ path: one.name, document, root })), { rules, settings });
    const { about } = one;
    const findings = report.findings.filter(({ message }) => says.test(message));
    return { ...one, findings: about === undefined ? findings : findings.filter(({ document }) => about.includes(document)) };
}

/** Whether rules and label say the same; undefined where no rule makes the check. */
export function agrees({ bad, findings }: Judged): boolean | undefined {
    return findings === undefined ? undefined : bad === findings.length > 0;
}
