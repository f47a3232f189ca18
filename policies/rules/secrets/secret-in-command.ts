import { containerRule, each } from "../../rule";
import { optionsAt } from "../../view/command";
import { commandLines, probeHeaders } from "../../view/command-lines";
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
        const words = commandLines(container).flatMap(line => line.map((word, at) => ({ line, word, at })));
        return each([
            ...words.map(({ line, word, at }) => ({ path: word.path, found: () => word.secret ? "marked as one" : inWord(line, at) })),
            ...probeHeaders(container).map(header => ({ path: header.path, found: () => header.secret ? "marked as one" : inHeader(header.name, header.value) })),
        ], ({ found }) => {
            const reason = found();
            return reason === undefined ? undefined : `is handed a secret on its command line (${reason})`;
        });
    },
});

type Line = ReturnType<typeof commandLines>[number];

function inWord(line: Line, at: number): string | undefined {
    const option = optionsAt(line, at).find(({ name, value }) => secretReason(name, value) === "by its name");
    return option?.name ?? secretReason("", line[at]?.value);
}

/** The header's name is enough of a name, whatever the scheme before the token. */
function inHeader(name: string, value: string | undefined): string | undefined {
    const authorization = /^(?:proxy-)?authorization$/i.test(name);
    const token = authorization ? (value ?? "").replace(/^(?:bearer|basic|token)\s+/i, "") : value;
    return secretReason(authorization ? `${name} token` : name, token) === undefined ? undefined : `the header ${name} of a probe`;
}
