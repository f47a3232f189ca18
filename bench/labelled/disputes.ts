import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Case } from "./case";

/** A label that the rules do not follow, on purpose. */
export interface Dispute {
    readonly tool: string;
    readonly check: string;
    /** Part of the case's name; `*` stands for any text. */
    readonly pattern: string;
    /** Whether the label says that the case is bad. */
    readonly bad: boolean;
    readonly reason: string;
}

const PAGE = join(__dirname, "../../docs/labelled.md");

/** The disputes of docs/labelled.md: rows of its table with a tool, a check, a case, the label, what is said here, and why. */
export function disputesOf(page = readFileSync(PAGE, "utf8")): Dispute[] {
    return page.split("\n").flatMap(line => {
        const [tool = "", check = "", pattern = "", label = "", , reason = ""] = line.split("|").slice(1, -1).map(cell => cell.trim().replace(/^`(.*)`$/, "$1"));
        return label === "bad" || label === "good" ? [{ tool, check, pattern, bad: label === "bad", reason }] : [];
    });
}

/** Whether a dispute is about a case. */
export function disputes(dispute: Dispute, one: Case): boolean {
    return dispute.tool === one.tool && dispute.bad === one.bad && matches(dispute.check, one.check, true) && matches(dispute.pattern, one.name, false);
}

function matches(pattern: string, text: string, whole: boolean): boolean {
    const source = pattern.split("*").map(part => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*");
    return new RegExp(whole ? `^${source}$` : source).test(text);
}
