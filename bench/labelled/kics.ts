import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { documentsOf } from "./case";
import type { Case } from "./case";

/** KICS: a folder a query, and in it files called positive and negative. A label is about the whole file. */
export function kicsManifestCases(root: string, names: readonly string[]): Case[] {
    const queries = existsSync(join(root, "k8s")) ? readdirSync(join(root, "k8s")).sort() : [];
    return queries.flatMap(query => {
        const test = join(root, "k8s", query, "test");
        const files = existsSync(test) ? readdirSync(test).filter(name => /^(?:positive|negative)\d*\.ya?ml$/.test(name)).sort() : [];
        const check = names.find(name => name.startsWith(`k8s/${query} `)) ?? `k8s/${query}`;
        return files.map(file => ({ tool: "kics", check, name: `${query}/${file}`, documents: documentsOf(join(test, file)), bad: file.startsWith("positive") }));
    });
}
