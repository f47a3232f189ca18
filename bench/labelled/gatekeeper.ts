import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

import { documentsOf } from "./case";
import type { Case } from "./case";

interface Suite {
    readonly tests?: readonly {
        readonly name?: string;
        readonly cases?: readonly { readonly name?: string; readonly object?: string; readonly inventory?: readonly string[]; readonly assertions?: readonly { readonly violations?: unknown }[] }[];
    }[];
}

/** Gatekeeper's library: a suite a template, with objects that its constraints allow or not. What a suite gives as inventory is judged with them, and a label is about all of it. */
export function gatekeeperCases(root: string): Case[] {
    const library = join(root, "library");
    const files = existsSync(library) ? readdirSync(library, { recursive: true, encoding: "utf8" }).filter(name => name.endsWith("suite.yaml")) : [];
    return files.sort().flatMap(file => (documentsOf(join(library, file)) as Suite[]).flatMap(({ tests = [] }) => tests).flatMap(({ name: test = "", cases = [] }) => cases.flatMap(({ name = "", object = "", inventory = [], assertions = [] }) => {
        const read = (path: string): unknown[] => documentsOf(join(library, dirname(file), path));
        const documents = [...read(object), ...inventory.flatMap(read)];
        const violations = assertions.map(one => one.violations ?? "yes");
        const bad = violations.some(one => one !== "no" && one !== false && one !== 0);
        // What a constraint exempts, it exempts by its own configuration.
        return /exempt/.test(name) ? [] : [{ tool: "gatekeeper", check: dirname(file), part: test, name: `${dirname(file)}/${test}/${name}`, documents, bad }];
    })));
}
