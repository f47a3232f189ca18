import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { declarationSchema } from "../../infra/hardening/read";
import { RULES } from "../../policies/catalogue";
import { compliancePage } from "../../policies/compliance";
import { rulePage, rulesIndex } from "../../policies/page";
import { EXIT, printError, printLine } from "../output";
import { parseWords } from "../usage";

const USAGE = `usage: portcullis generate [--check]

Writes the files of the repository that are made from code. With --check nothing is written: a file that differs from
what the code says is named, and the exit status is 1.`;

/** Files that are made from code, by path from the repository's root. */
const GENERATED: Readonly<Record<string, () => string>> = {
    "docs/hardening.schema.json": () => `${JSON.stringify(declarationSchema(), null, 2)}\n`,
    "docs/rules/README.md": rulesIndex,
    "docs/compliance.md": compliancePage,
};

/** Pages of which only the head is made from code: what is below it stays. */
function rulePages(root: string): [path: string, make: () => string][] {
    return RULES.map(rule => {
        const path = `docs/rules/${rule.id}.md`;
        return [path, () => rulePage(rule, existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : "")];
    });
}

/** `portcullis generate`. */
export async function runGenerate(argv: string[]): Promise<number> {
    const { values } = parseWords({ args: argv, options: { check: { type: "boolean" }, help: { type: "boolean" } } }, USAGE);
    if (values.help === true) {
        printLine(USAGE);
        return EXIT.clean;
    }
    const root = join(__dirname, "..", "..");
    const stale = [...Object.entries(GENERATED), ...rulePages(root)].map(([path, make]) => ({ file: join(root, path), path, text: make() }))
        .filter(({ file, text }) => !existsSync(file) || readFileSync(file, "utf8") !== text);
    for (const { file, path, text } of stale) {
        if (values.check === true) {
            printError(`${path} differs from the code it is made from; run npm run generate`);
        } else {
            writeFileSync(file, text);
            printLine(path);
        }
    }
    return stale.length > 0 && values.check === true ? EXIT.findings : EXIT.clean;
}
