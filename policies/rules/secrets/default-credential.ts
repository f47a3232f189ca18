import { containerRule, each } from "../../rule";
import { optionsAt } from "../../view/command";
import { commandLines } from "../../view/command-lines";
import { isDefaultCredential } from "../../view/secret";

/** Passwords that come with a product are the first that anybody tries. */
export const defaultCredential = containerRule({
    id: "default-credential",
    severity: "critical",
    title: "No credential is a product's default or a placeholder",
    fix: "generate a value for this deployment and deliver it as a file",
    benchmarks: ["NIST SP 800-190 4.1.4", "OWASP Top 10 A07"],
    controls: ["RAGAMUFFIN-AUTH-01", "RAGAMUFFIN-CHECK-01", "CTM-AUTH-02", "SC-33"],
    property: "environment",

    check(container) {
        const words = commandLines(container).flatMap(line => line.map((word, at) => ({ line, word, at })));
        const items = [
            ...container.environment.map(entry => ({ path: entry.path, found: () => !entry.secret && isDefaultCredential(entry.name, entry.value) ? entry.name : undefined })),
            ...words.map(({ line, word, at }) => ({
                path: word.path,
                found: () => optionsAt(line, at).find(({ name, value }) => isDefaultCredential(name, value))?.name
                    ?? (isDefaultCredential("", word.value) ? "command line" : undefined),
            })),
        ];
        return each(items, item => {
            const name = item.found();
            return name === undefined ? undefined : `uses a credential that everybody knows (${name})`;
        });
    },
});
