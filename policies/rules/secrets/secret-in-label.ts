import { containerRule, each } from "../../rule";
import { secretReason } from "../../view/secret";

/** Labels and annotations are read by everything that lists containers: dashboards, proxies, log shippers. */
export const secretInLabel = containerRule({
    id: "secret-in-label",
    severity: "high",
    title: "No secret is in a label",
    fix: "take it out of the label; deliver it as a file to the one program that needs it",
    benchmarks: ["NIST SP 800-190 4.1.4"],
    controls: ["RAGFLOW-SECRETS-01", "SC-33"],
    property: "labels",

    check(container) {
        return each(container.labels, label => {
            const reason = label.secret ? "marked as one" : secretReason(label.name, label.value);
            return reason === undefined || reason === "its value looks random" ? undefined : `has a secret in a label (${label.name}: ${reason})`;
        });
    },
});
