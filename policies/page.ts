import { RULES } from "./catalogue";
import { mendOf, parametersOf } from "./mend";
import type { Rule } from "./rule";

const END = "<!-- what follows is written by hand -->";

/**
 * A rule's page: a head made from the rule, and below it what is there already.
 * @param page the page as it is; empty for a new one
 */
export function rulePage(rule: Rule, page: string): string {
    const at = page.indexOf(END);
    const body = at < 0 ? "\n\n## Why\n\n## Refused\n\n## Accepted\n" : page.slice(at + END.length);
    return `${head(rule)}\n\n${END}${body}`;
}

function head(rule: Rule): string {
    const parameters = Object.entries(parametersOf(rule)).map(([name, { default: value, description }]) =>
        `- \`${name}\`: ${description} (default: ${JSON.stringify(value)})`);
    return [
        `<!-- made by \`npm run generate\` from what the rule says of itself -->`,
        `# ${rule.id}`,
        `**${rule.severity}**: ${lowered(rule.title)}.`,
        `To mend it: ${rule.fix}.`,
        `Named by ${rule.benchmarks.join("; ")}.${rule.controls.length > 0 ? ` Keeps ${rule.controls.join(", ")}.` : ""}`,
        ...rule.optional === true ? ["Not every house wants it: it is judged only where it is asked for by its id or a profile."] : [],
        ...parameters.length > 0 ? [`Parameters:\n\n${parameters.join("\n")}`] : [],
        ...mendSentences(rule),
        ...rule.about === "stack" ? ["It judges the stack as a whole, at the end of a preview or update."] : [],
    ].join("\n\n");
}

/** What mends it, and whether it has to be asked for. */
function mendSentences(rule: Rule): string[] {
    const mend = mendOf(rule.id);
    if (mend === undefined) {
        return [];
    }
    const asked = mend.breaks === undefined ? "`portcullis check --fix` mends it in the file" : `\`portcullis check --fix=all\` mends it in the file, not without being asked, since ${mend.breaks}`;
    return [`${asked}.${rule.about === "stack" ? "" : " As a policy of Pulumi at the level `remediate` it mends inputs of resources."} See [mending](../mending.md).`];
}

function mends(rule: Rule): string {
    const mend = mendOf(rule.id);
    return mend === undefined ? "" : mend.breaks === undefined ? "yes" : "when asked";
}

function lowered(title: string): string {
    return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

/** The list of rules as a page. */
export function rulesIndex(): string {
    const rows = RULES.map(rule => `| [${rule.id}](${rule.id}.md) | ${rule.severity} | ${rule.title} | ${mends(rule)} |`);
    const head = ["<!-- made by `npm run generate` from policies/catalogue.ts -->", "# Rules", "| rule | severity | what holds where it is kept | mends |\n|---|---|---|---|"];
    return `${head.join("\n\n")}\n${rows.join("\n")}\n`;
}
