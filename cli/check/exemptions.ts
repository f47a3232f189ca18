import { isFailure, readDocuments } from "./documents";
import { UsageError } from "../usage";
import type { Exemption } from "../../policies/exemptions";

const KEYS: ReadonlySet<string> = new Set(["rule", "service", "resource", "reason", "owner", "expires"]);

/**
 * Reads the exemptions of a YAML file: a list, or a mapping with `exemptions` such as hardening.yaml.
 * @throws UsageError for a file that cannot be read or holds something else
 */
export function readExemptions(path: string): Exemption[] {
    const read = readDocuments(path);
    if (isFailure(read)) {
        throw new UsageError(`${path}${read.line > 0 ? `:${read.line}` : ""} ${read.message}`);
    }
    const [root] = read.documents;
    const inside = Array.isArray(root) ? root : (root as { readonly exemptions?: unknown } | null | undefined)?.exemptions ?? [];
    if (!Array.isArray(inside)) {
        throw new UsageError(`${path} exemptions is not a list; write "- { rule: …, service: …, reason: …, expires: … }"`);
    }
    return inside.map((item: unknown, at) => {
        const spot = read.place(0, Array.isArray(root) ? [at] : ["exemptions", at]);
        const place = { path, line: spot?.line ?? 0, column: spot?.column ?? 0 };
        return { ...checked(item, `${path}:${place.line}:${place.column} exemptions[${at}]`), place };
    });
}

function checked(item: unknown, where: string): Exemption {
    const mapping = typeof item === "object" && item !== null && !Array.isArray(item) ? item as Record<string, unknown> : {};
    const stray = Object.keys(mapping).find(key => !KEYS.has(key));
    if (stray !== undefined) {
        throw new UsageError(`${where}.${stray} is not known; write one of ${[...KEYS].join(", ")}`);
    }
    const wrong = Object.entries(mapping).find(([, value]) => typeof value !== "string");
    if (wrong !== undefined || typeof mapping["rule"] !== "string") {
        throw new UsageError(`${where}.${wrong?.[0] ?? "rule"} is not a text (${String(wrong?.[1])}); write one`);
    }
    return mapping as unknown as Exemption;
}
