import { containerRule, each } from "../../rule";
import { optionsAt } from "../../view/command";
import { secretReason } from "../../view/secret";

/** A command line is shown by `ps` to every process of the container and of the host, and by `docker inspect`. */
export const secretInCommand = containerRule({
    id: "secret-in-command",
    severity: "high",
    title: "No secret is on a command line",
    fix: "let the program read it from a file, e.g. with an option that names one",
    benchmarks: ["NIST SP 800-190 4.1.4", "OWASP Docker Security Rule 12"],
    controls: ["RAGFLOW-SECRETS-01", "RAGAMUFFIN-SECRETS-02", "SC-33"],
    property: "arguments",

    check(container) {
        const words = container.arguments;
        return each(words.map((word, at) => ({ word, at, path: word.path })), ({ word, at }) => {
            if (word.secret) {
                return "is handed a secret on its command line (marked as one)";
            }
            const option = optionsAt(words, at).find(({ name, value }) => secretReason(name, value) === "by its name");
            const reason = option?.name ?? secretReason("", word.value);
            return reason === undefined ? undefined : `is handed a secret on its command line (${reason})`;
        });
    },
});
