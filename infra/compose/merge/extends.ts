import type { Path } from "../../model/problem";
import { type PathBase, resolvePaths } from "../canonical/paths";
import { fail } from "../fault";
import { type Resets, applyResets } from "../read/reset";
import { type Mapping, type Value, clone, isMapping } from "../value";
import { mergeValues } from "./merge";

/** How services of other files are read. */
export interface BaseLoader {
    /** The file's name as the chain of references tells it. */
    readonly file: string;
    /** Reads a file that `extends` names, its short forms made long, and what its last document resets. */
    load(file: string, path: Path): { readonly project: Mapping; readonly resets: Resets; readonly base: PathBase };
}

interface Step {
    readonly file: string;
    readonly service: string;
}

/**
 * Replaces, in place, every service that extends another by the two merged.
 * @throws FaultError for a service or file that is missing and for a circle
 */
export function applyExtends(project: Mapping, resets: Resets, loader: BaseLoader): void {
    for (const kind of ["services", "jobs"]) {
        const services = project.get(kind);
        if (services === undefined) {
            continue;
        }
        if (!isMapping(services)) {
            fail([kind], "is not a mapping");
        }
        for (const name of services.keys()) {
            services.set(name, extended(name, services, resets, loader, [], [kind, name]));
        }
    }
}

function extended(name: string, services: Mapping, resets: Resets, loader: BaseLoader, chain: readonly Step[], path: Path): Value {
    const service = services.get(name) ?? null;
    if (service === null) {
        return null;
    }
    if (!isMapping(service)) {
        return fail(path, "is not a mapping");
    }
    if (!service.has("extends")) {
        return service;
    }
    const reference = referenceOf(service.get("extends") as Value, [...path, "extends"]);
    const from = baseOf(reference, services, resets, loader, path);
    const file = reference.file ?? loader.file;
    if (chain.some(step => step.file === file && step.service === name)) {
        fail([...path, "extends"], "is a circle", { got: [...chain, { service: name }].map(step => step.service).join(" extends ") });
    }
    const base = extended(reference.service, from.services, from.resets, loader, [...chain, { file, service: name }], path);
    if (base === null) {
        return service;
    }
    const source = clone(base);
    applyResets(resets, new Map([["services", new Map([[name, source]])]]));
    const merged = mergeValues(source, service, ["services", name]) as Mapping;
    merged.delete("extends");
    from.services.set(name, merged);
    return merged;
}

function referenceOf(value: Value, path: Path): { service: string; file: string | undefined } {
    if (typeof value === "string") {
        return { service: value, file: undefined };
    }
    const service = isMapping(value) ? value.get("service") : undefined;
    const file = isMapping(value) ? value.get("file") ?? null : null;
    if (typeof service !== "string") {
        return fail(path, "names no service", { remedy: "write service: name" });
    }
    return typeof file === "string" || file === null ? { service, file: file ?? undefined } : fail([...path, "file"], "is not a path");
}

function baseOf(
    reference: { service: string; file: string | undefined }, services: Mapping, resets: Resets, loader: BaseLoader, path: Path,
): { services: Mapping; resets: Resets } {
    const missing = (where: string): never =>
        fail([...path, "extends"], "names a service that does not exist", { got: reference.service, remedy: `name a service of ${where}` });
    if (reference.file === undefined) {
        return services.has(reference.service) ? { services, resets } : missing("this file");
    }
    const loaded = loader.load(reference.file, [...path, "extends", "file"]);
    const others = loaded.project.get("services");
    if (!isMapping(others)) {
        return missing(`${reference.file}, which has none`);
    }
    resolvePaths(loaded.project, loaded.base);
    return others.has(reference.service) ? { services: others, resets: loaded.resets } : missing(reference.file);
}
