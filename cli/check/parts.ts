import { dirname, resolve } from "node:path";

import { kindOf } from "./recognise";

/** How a Compose file is used by another one. */
export type Part = "included" | "extended";

type Mapping = Readonly<Record<string, unknown>>;

/**
 * Files that other Compose files of the same run include or extend, by absolute path: an included one is judged where it is
 * included, an extended one need not be whole.
 */
export function partsOfOthers(documents: readonly { readonly path: string; readonly root: unknown }[]): ReadonlyMap<string, Part> {
    const parts = new Map<string, Part>();
    for (const { path, root } of documents.filter(document => kindOf(document.root) === "compose")) {
        const used = (file: string, part: Part) => {
            const absolute = resolve(dirname(path), file);
            if (absolute !== resolve(path) && parts.get(absolute) !== "included") {
                parts.set(absolute, part);
            }
        };
        includedBy(root as Mapping).forEach(file => { used(file, "included"); });
        extendedBy(root as Mapping).forEach(file => { used(file, "extended"); });
    }
    return parts;
}

function includedBy(project: Mapping): string[] {
    const entries = Array.isArray(project["include"]) ? project["include"] : [];
    return entries.flatMap((entry: unknown) => {
        const path = typeof entry === "string" ? entry : (entry as { readonly path?: unknown } | null)?.path;
        return (Array.isArray(path) ? path : [path]).filter(file => typeof file === "string");
    });
}

function extendedBy(project: Mapping): string[] {
    const services = Object.values((project["services"] ?? {}) as Mapping);
    return services.map(service => (service as { readonly extends?: { readonly file?: unknown } | null } | null)?.extends?.file).filter(file => typeof file === "string");
}
