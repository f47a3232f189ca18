import { existsSync } from "node:fs";

import { agrees, judgeCase } from "./labelled/case";
import { casesBelow } from "./labelled/cases";
import { disputes, disputesOf } from "./labelled/disputes";
import { inScope } from "./labelled/meaning";
import type { Judged } from "./labelled/case";

// npx tsx bench/labelled.ts FOLDER CATALOGUE [--list]: how far the rules agree with the labels of fixtures that other checkers
// ship for their own checks. FOLDER holds copies of their repositories (owner__name; more of them by MORE_LABELLED, a folder with
// kyverno, gatekeeper, kube-score, checkov, regolibrary and kics). CATALOGUE says which check of theirs has which meaning;
// bench/labelled/meaning.ts which rules have it; docs/labelled.md, where the rules differ on purpose.

const [folder = "", catalogue = ""] = process.argv.slice(2);
const more = process.env["MORE_LABELLED"];
const cases = existsSync(folder) ? casesBelow(folder, catalogue, more) : [];
if (cases.length === 0) {
    throw new Error(`${folder} holds none of the fixtures`);
}
const disputed = disputesOf();
const judged = cases.filter(({ tool, check }) => inScope(catalogue, tool, check)).map(one => judgeCase(one, catalogue));
const share = (part: number, whole: number): string => whole === 0 ? "-" : `${(100 * part / whole).toFixed(1)} %`;

function row(name: string, own: readonly Judged[]): string {
    const without = own.filter(({ findings }) => findings === undefined);
    const agreed = own.filter(one => agrees(one) === true);
    const explained = own.filter(one => agrees(one) !== true && disputed.some(dispute => disputes(dispute, one)));
    const open = own.length - agreed.length - explained.length - without.length;
    const rest = own.length - explained.length;
    return `| ${[name, own.length, agreed.length, share(agreed.length, own.length), explained.length, share(agreed.length, rest), without.length, open].join(" | ")} |`;
}

console.log("| tool | labels in scope | agree | share | disputed with a reason | share of the others | no rule | not explained |\n|---|--:|--:|--:|--:|--:|--:|--:|");
for (const tool of new Set(judged.map(one => one.tool))) {
    console.log(row(tool, judged.filter(one => one.tool === tool)));
}
console.log(row("all", judged));
if (process.argv.includes("--list")) {
    for (const one of judged.filter(each => agrees(each) !== true && (process.argv.includes("--disputed") || !disputed.some(dispute => disputes(dispute, each))))) {
        const { tool, check, name, bad, findings } = one;
        console.log([findings === undefined ? "no rule" : bad ? "missed" : "false", tool, check, name, bad ? "" : findings?.slice(0, 2).map(({ rule, message }) => `${rule}: ${message}`).join("; ")].join("  "));
    }
}
