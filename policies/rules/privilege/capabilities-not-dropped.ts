import { containerRule, some } from "../../rule";

/** Engines grant a dozen capabilities that hardly any program uses, among them writing raw packets and changing owners. */
export const capabilitiesNotDropped = containerRule({
    id: "capabilities-not-dropped",
    severity: "medium",
    title: "Every container drops all capabilities",
    fix: "drop ALL and add back only what the program needs",
    benchmarks: ["CIS Docker 5.4", "CIS Kubernetes 5.2.10", "PSS restricted: Capabilities", "OWASP Docker Security Rule 3"],
    controls: ["RAGFLOW-SANDBOX-03", "CTM-CONT-07", "SC-39"],
    property: "droppedCapabilities",

    check(container) {
        const dropped = container.droppedCapabilities;
        if (some(dropped, capability => capability.text === "ALL")) {
            return undefined;
        }
        return `keeps the engine's default capabilities (dropped: ${dropped.map(item => item.text).join(", ") || "none"})`;
    },
});
