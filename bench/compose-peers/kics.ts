import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { judgeFiles } from "../../cli/check/judge-files";
import { RULES } from "../../policies/catalogue";
import { KICS } from "./rules";

/** One case that KICS ships with a query. */
export interface Case {
    readonly query: string;
    readonly file: string;
    readonly positive: boolean;
    readonly findings: readonly string[];
    readonly errors: readonly string[];
}

/** The folder of KICS's queries for Compose: named by KICS_QUERIES, else in the cache of Go modules. */
export function kicsQueries(): string | undefined {
    const given = process.env["KICS_QUERIES"];
    const found = given ?? inModuleCache();
    if (found === undefined || !existsSync(found)) {
        console.log("KICS's cases are not compared: KICS_QUERIES names no folder `assets/queries/dockerCompose`, and the cache of Go modules has none");
        return undefined;
    }
    return found;
}

function inModuleCache(): string | undefined {
    try {
        const cache = execFileSync("go", ["env", "GOMODCACHE"], { encoding: "utf8" }).trim();
        const owner = join(cache, "github.com", "!checkmarx", "kics");
        const version = readdirSync(owner).filter(name => name.startsWith("v2@")).sort().at(-1);
        return version === undefined ? undefined : join(owner, version, "assets/queries/dockerCompose");
    } catch {
        return undefined;
    }
}

/** Judges every case by the rules that make the query's check. */
export async function kicsCases(folder: string): Promise<Case[]> {
    const cases: Case[] = [];
    for (const query of readdirSync(folder).sort()) {
        const rules = RULES.filter(({ id }) => KICS[query]?.includes(id));
        for (const name of readdirSync(join(folder, query, "test")).filter(file => /\.ya?ml$/.test(file)).sort()) {
            const report = await judgeFiles([join(folder, query, "test", name)], { rules });
            cases.push({
                query, file: name, positive: name.startsWith("positive"),
                findings: report.findings.map(({ line, message }) => `${line}: ${message}`), errors: report.errors.map(({ line, message }) => `${line}: ${message}`),
            });
        }
    }
    return cases;
}
