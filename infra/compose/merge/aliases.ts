import { type Resets } from "../read/reset";
import { type Mapping, type Value, isMapping } from "../value";
import { mergeValues } from "./merge";

/**
 * Gives attributes that were extensions before the specification took them (`x-develop` and its `x-initialSync`) their
 * names, in place. What is written under the new name wins.
 */
export function promoteAliases(project: Mapping): void {
    const services = project.get("services");
    if (!isMapping(services)) {
        return;
    }
    for (const [name, service] of services) {
        if (!isMapping(service)) {
            continue;
        }
        promote(service, "x-develop", "develop", ["services", name]);
        const develop = service.get("develop");
        const watch = isMapping(develop) ? develop.get("watch") : undefined;
        for (const entry of Array.isArray(watch) ? watch : []) {
            if (isMapping(entry)) {
                promote(entry, "x-initialSync", "initial_sync", ["services", name, "develop", "watch", "[]"]);
            }
        }
    }
}

function promote(map: Mapping, from: string, to: string, path: readonly string[]): void {
    const old = map.get(from);
    if (old === undefined) {
        return;
    }
    map.delete(from);
    const known: Value = map.get(to) ?? null;
    map.set(to, known === null ? old : mergeValues(old, known, [...path, to]));
}

/** The same resets with, beside each that goes through such an extension, that of the attribute. */
export function promoteResets(resets: Resets): Resets {
    return [...resets, ...resets.filter(path => path[0] === "services" && path[2] === "x-develop")
        .map(path => path.map((step, at) => at === 2 ? "develop" : step))];
}
