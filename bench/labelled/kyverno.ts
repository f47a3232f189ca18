import { existsSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";

import { documentsOf } from "./case";
import type { Case, Labelled } from "./case";

interface Suite {
    readonly resources?: readonly string[];
    readonly results?: readonly { readonly rule?: string; readonly kind?: string; readonly resources?: readonly string[]; readonly resource?: string; readonly result?: string }[];
}

/** A rule that changes or makes objects passes when it has done so: that says nothing of what it was given. */
function isVerdict(one: object & { readonly result?: string }): boolean {
    return (one.result === "pass" || one.result === "fail") && !Object.keys(one).some(key => /^(?:patched|generated)Resource/.test(key));
}

/** Kyverno's policies: each has a test that names the resources which it passes or fails. Each resource is judged alone. */
export function kyvernoCases(root: string): Case[] {
    const files = existsSync(root) ? readdirSync(root, { recursive: true, encoding: "utf8" }).filter(name => name.endsWith("kyverno-test.yaml")) : [];
    return files.sort().flatMap(file => (documentsOf(join(root, file)) as Suite[]).flatMap(suite => casesOf(root, file, suite)));
}

function casesOf(root: string, file: string, suite: Suite): Case[] {
    const check = relative(root, dirname(dirname(join(root, file))));
    const objects = (suite.resources ?? []).flatMap(name => existsSync(join(root, dirname(file), name)) ? documentsOf(join(root, dirname(file), name)) : []) as Labelled[];
    return (suite.results ?? []).filter(isVerdict).flatMap(({ kind, rule = "", resources, resource, result }) => (resources ?? [resource ?? ""]).flatMap(wanted => {
        const object = objects.find(({ kind: its, metadata }) => its === kind && [metadata?.name, `${metadata?.namespace ?? ""}/${metadata?.name ?? ""}`].includes(wanted));
        return object === undefined ? [] : [{ tool: "kyverno", check, part: rule, name: `${check} ${rule} ${kind ?? ""}/${wanted}`, documents: [object], bad: result === "fail" }];
    }));
}
