import { containerRule, each } from "../../rule";
import { secretReason } from "../../view/secret";

/** What is in the environment is shown by `docker inspect`, inherited by every child, and printed by many a crash report. */
export const secretInEnvironment = containerRule({
    id: "secret-in-environment",
    severity: "high",
    title: "No secret is handed over in the environment",
    fix: "deliver it as a file on memory-backed storage and name the file in the variable (`…_FILE`), or read it from a secret store",
    benchmarks: ["CIS Docker 4.10", "CIS Kubernetes 5.4.1", "NIST SP 800-190 4.1.4", "OWASP Docker Security Rule 12"],
    controls: ["RAGFLOW-SECRETS-01", "RAGFLOW-BASE-03", "RAGAMUFFIN-SECRETS-02", "CTM-SECRETS-01", "SC-33"],
    property: "environment",

    check(container) {
        const variables = container.environment;
        // One secret makes the SDK mark the whole list: then names and values tell which it is.
        const wholesale = variables.length > 1 && variables.every(variable => variable.secret);
        const faults = each(variables, variable => {
            const reason = variable.secret && !wholesale ? "marked as one" : secretReason(variable.name, variable.value);
            return reason === undefined ? undefined : `is handed a secret in its environment (${nameOf(variable)}: ${reason})`;
        });
        return wholesale && faults.length === 0 ? "is handed a secret in its environment (marked as one)" : faults;
    },
});

/** A masked value has no name that could be read. */
function nameOf(variable: { readonly name: string }): string {
    try {
        return variable.name;
    } catch {
        return "a variable";
    }
}
