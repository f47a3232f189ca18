import { RULES } from "./catalogue";

/** Benchmarks by the words that a reference begins with; what begins otherwise is documentation of a platform. */
const BENCHMARKS = ["CIS Docker", "CIS Kubernetes", "PSS baseline", "PSS restricted", "NSA/CISA", "NIST SP 800-190", "OWASP"] as const;

/** An item of a benchmark, with the rules that answer for it. */
interface Item {
    readonly item: string;
    readonly rules: readonly string[];
}

/** The rules by items of benchmarks, as a page: a rule's own page has an example that breaks it and one that keeps it. */
export function compliancePage(): string {
    const sections = BENCHMARKS.map(benchmark => {
        const rows = itemsOf(benchmark).map(({ item, rules }) => `| ${item} | ${rules.map(id => `[${id}](rules/${id}.md)`).join(", ")} |`);
        return `## ${benchmark}\n\n| item | rules |\n|---|---|\n${rows.join("\n")}`;
    });
    const head = [
        "<!-- made by `npm run generate` from policies/catalogue.ts -->", "# Benchmarks",
        "Which rules answer for which item. That a rule does is shown on its page, by examples that are refused and accepted, which the tests judge. An item that is not here is not judged.",
    ];
    return `${[...head, ...sections].join("\n\n")}\n`;
}

function itemsOf(benchmark: string): Item[] {
    const items = new Map<string, string[]>();
    for (const { id, benchmarks } of RULES) {
        for (const reference of benchmarks.filter(text => text.startsWith(benchmark))) {
            const item = reference.slice(benchmark.length).replace(/^[ :]+/, "");
            items.set(item, [...items.get(item) ?? [], id]);
        }
    }
    return [...items].map(([item, rules]) => ({ item, rules })).sort((one, other) => one.item.localeCompare(other.item, "en", { numeric: true }));
}
