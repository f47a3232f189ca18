import { containerRule } from "../../rule";

/** One container without a limit takes the host's memory, and the kernel kills whatever it finds. */
export const noMemoryLimit = containerRule({
    id: "no-memory-limit",
    severity: "medium",
    title: "Every container's memory is limited",
    fix: "set a limit (`mem_limit` or deploy.resources.limits.memory, memory, resources.limits.memory)",
    benchmarks: ["CIS Docker 5.11", "NIST SP 800-190 4.4.3", "OWASP Docker Security Rule 7", "NSA/CISA: Resource policies"],
    controls: ["RAGFLOW-OVERRIDE-02", "ORCHESTRATOR-SANDBOX-04", "CTM-CONT-05", "SC-41"],
    property: "memoryLimited",

    check(container) {
        return container.memoryLimited ? undefined : "may use all of the host's memory (limit: not set)";
    },
});
