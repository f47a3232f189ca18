import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { documentsOf } from "./case";
import type { Case } from "./case";

/** Kubescape's library: a folder a rule, in it tests with manifests and what is expected of them. A rule stands for a control that asks no other. A label is about all of a test. */
export function regolibraryCases(root: string): Case[] {
    const controls = controlsByRule(root);
    return (existsSync(join(root, "rules")) ? readdirSync(join(root, "rules")) : []).sort().flatMap(rule => {
        const tests = join(root, "rules", rule, "test");
        return (existsSync(tests) ? readdirSync(tests) : []).flatMap(test => casesOf(join(tests, test), `${rule}/${test}`, controls.get(rule) ?? []));
    });
}

function controlsByRule(root: string): ReadonlyMap<string, readonly string[]> {
    const controls = new Map<string, string[]>();
    for (const name of existsSync(join(root, "controls")) ? readdirSync(join(root, "controls")).filter(file => file.endsWith(".json")) : []) {
        const { controlID = "", rulesNames = [] } = JSON.parse(readFileSync(join(root, "controls", name), "utf8")) as { readonly controlID?: string; readonly rulesNames?: readonly string[] };
        for (const rule of rulesNames.length === 1 ? rulesNames : []) {
            controls.set(rule, [...controls.get(rule) ?? [], controlID]);
        }
    }
    return controls;
}

function casesOf(folder: string, name: string, checks: readonly string[]): Case[] {
    const expected = join(folder, "expected.json");
    const input = join(folder, "input");
    if (!existsSync(expected) || !existsSync(input)) {
        return [];
    }
    const files = readdirSync(input).filter(file => /\.(?:ya?ml|json)$/.test(file)).sort();
    const documents = files.flatMap(file => documentsOf(join(input, file)));
    const bad = readFileSync(expected, "utf8").replaceAll(/\s/g, "").length > 4;
    return documents.length === 0 ? [] : checks.map(check => ({ tool: "kubescape", check, name: `${check} ${name}`, documents, bad }));
}
