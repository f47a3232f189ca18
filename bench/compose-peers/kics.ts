import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { judgeFiles } from "../../cli/check/judge-files";
import { RULES } from "../../policies/catalogue";
import type { Mapping } from "./rules";

/** One case that KICS ships with a query. */
export interface Case {
    readonly query: string;
    readonly file: string;
    readonly positive: boolean;
    readonly findings: readonly string[];
    readonly errors: readonly string[];
}

/**
 * A folder of KICS's queries: below the one that KICS_QUERIES names (its `assets/queries`), else in the cache of Go modules.
 * @param platform `dockerCompose` or `dockerfile`
 */
export function kicsQueries(platform: string): string | undefined {
    const given = process.env["KICS_QUERIES"];
    const queries = given ?? inModuleCache();
    const found = queries === undefined ? undefined : join(queries, platform);
    if (found === undefined || !existsSync(found)) {
        console.log(`      skipped: KICS's cases (${platform}); KICS_QUERIES names no folder that has them, and the cache of Go modules has none`);
        return undefined;
    }
    return found;
}

function inModuleCache(): string | undefined {
    try {
        const cache = execFileSync("go", ["env", "GOMODCACHE"], { encoding: "utf8" }).trim();
        const owner = join(cache, "github.com", "!checkmarx", "kics");
        const version = readdirSync(owner).filter(name => name.startsWith("v2@")).sort().at(-1);
        return version === undefined ? undefined : join(owner, version, "assets/queries");
    } catch {
        return undefined;
    }
}

/** Judges every case by the rules that make the query's check. */
export async function kicsCases(folder: string, mapping: Mapping): Promise<Case[]> {
    const cases: Case[] = [];
    for (const query of readdirSync(folder).sort()) {
        const wanted = (mapping[query] ?? []).map(text => text.split(": ", 2));
        const rules = RULES.filter(({ id }) => wanted.some(([rule]) => rule === id));
        for (const name of readdirSync(join(folder, query, "test")).filter(file => /^(?:positive|negative)\d*\.(?:ya?ml|dockerfile)$/i.test(file)).sort()) {
            const report = await judgeFiles([join(folder, query, "test", name)], { rules });
            cases.push({
                query, file: name, positive: name.startsWith("positive"),
                findings: report.findings.filter(({ rule, message }) => wanted.some(([id, part = ""]) => id === rule && message.includes(part))).map(({ line, message }) => `${line}: ${message}`), errors: report.errors.map(({ line, message }) => `${line}: ${message}`),
            });
        }
    }
    return cases;
}
