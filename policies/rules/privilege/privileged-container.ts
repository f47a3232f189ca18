import { containerRule } from "../../rule";

/**
 * A privileged container has every capability, every device and no seccomp or AppArmor profile: whoever takes it over has
 * the host.
 */
export const privilegedContainer = containerRule({
    id: "privileged-container",
    severity: "critical",
    title: "No container is privileged",
    fix: "take `privileged` out; add the single capability or device that the program needs",
    benchmarks: ["CIS Docker 5.5", "CIS Kubernetes 5.2.2", "PSS baseline: Privileged Containers", "NIST SP 800-190 4.4.3", "OWASP Docker Security Rule 3"],
    controls: ["RAGFLOW-SANDBOX-01", "SC-39"],
    property: "privileged",

    check(container) {
        return container.privileged ? "is privileged" : undefined;
    },
});
