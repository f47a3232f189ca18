import { readFileSync } from "node:fs";
import { join } from "node:path";

import { EXIT, printError, printLine } from "../output";
import { UsageError, parseWords } from "../usage";
import { RULES } from "../../policies/catalogue";

const USAGE = "usage: portcullis explain RULE   (without RULE: the list of rules)";

/** `portcullis explain`: prints a rule's page, which is in the package. Returns the exit status. */
export async function runExplain(argv: string[]): Promise<number> {
    const { values, positionals } = parseWords({ args: argv, options: { help: { type: "boolean", short: "h", default: false } }, allowPositionals: true }, USAGE);
    if (values.help) {
        printLine(USAGE);
        return EXIT.clean;
    }
    if (positionals.length > 1) {
        throw new UsageError(`portcullis: explain takes one rule\n${USAGE}`);
    }
    const [id] = positionals;
    if (id === undefined) {
        const width = Math.max(...RULES.map(rule => rule.id.length));
        RULES.forEach(rule => printLine(`${rule.id.padEnd(width)}  ${rule.severity.padEnd(8)}  ${rule.title}`));
        return EXIT.clean;
    }
    if (!RULES.some(rule => rule.id === id) && id !== "ungoverned-exemption") {
        printError(`portcullis: "${id}" is not a rule; ${nearest(id)}`);
        return EXIT.usage;
    }
    printLine(readFileSync(join(__dirname, "../../docs/rules", `${id}.md`), "utf8").trimEnd());
    return EXIT.clean;
}

/** Rules that share a word with what was asked for. */
function nearest(id: string): string {
    const words = id.split("-").filter(word => word.length > 2);
    const like = RULES.map(rule => rule.id).filter(known => words.some(word => known.includes(word)));
    return like.length > 0 ? `did you mean ${like.slice(0, 4).join(", ")}?` : "`portcullis explain` lists them";
}
