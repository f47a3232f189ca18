import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { documentsOf } from "./case";
import type { Case } from "./case";

/** Checkov: a folder of files a check, whose names say how they are judged; the test beside it says which check it is. A label is about the whole file. */
export function checkovCases(root: string): Case[] {
    const checks = join(root, "tests/kubernetes/checks");
    const tests = existsSync(checks) ? readdirSync(checks).filter(name => /^test_.*\.py$/.test(name)).sort() : [];
    return tests.flatMap(test => {
        const text = readFileSync(join(checks, test), "utf8");
        const module = /from checkov\.kubernetes\.checks\.resource\.k8s\.(\w+) import/.exec(text)?.[1] ?? "";
        const source = join(root, "checkov/kubernetes/checks/resource/k8s", `${module}.py`);
        const check = existsSync(source) ? /id\s*=\s*["'](CKV_K8S_\d+)["']/.exec(readFileSync(source, "utf8"))?.[1] : undefined;
        const folder = join(checks, /["']\/?(example_\w+)/.exec(text)?.[1] ?? "example_");
        const files = check === undefined || !existsSync(folder) ? [] : readdirSync(folder).filter(name => /(?:PASSED|FAILED|passed|failed)\d*(?:[-_]\d+)?\.ya?ml$/.test(name) && !/PASSED.*FAILED|FAILED.*PASSED/i.test(name)).sort();
        return files.map(file => ({ tool: "checkov", check: check ?? "", name: `${module} ${file}`, documents: documentsOf(join(folder, file)), bad: /FAILED/i.test(file) }));
    });
}
