import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { documentsOf } from "./case";
import type { Case } from "./case";

/** kube-score: its tests name a file, a check and the grade that it gives. Grade 10 is good; a check that is skipped is no case. */
export function kubeScoreCases(root: string, names: readonly string[]): Case[] {
    const score = join(root, "score");
    const tests = existsSync(score) ? readdirSync(score).filter(name => name.endsWith("_test.go")) : [];
    return tests.sort().flatMap(test => [...readFileSync(join(score, test), "utf8").matchAll(/testExpectedScore\(\s*t,\s*"([^"]+)",\s*"([^"]+)",\s*(?:scorecard\.)?(\w+)/g)].flatMap(([, file = "", title = "", grade = ""]) => {
        const check = names.find(name => name === title.toLowerCase().replaceAll(/[ /]/g, "-")) ?? title;
        return grade === "0" ? [] : [{ tool: "kube-score", check, name: `${test} ${file}`, documents: documentsOf(join(score, "testdata", file)), bad: !/AllOK|^10$/.test(grade) }];
    }));
}
