import { containerRule } from "../../rule";

/** A busy loop, or a miner, takes every processor of the host unless something bounds it. */
export const noCpuLimit = containerRule({
    id: "no-cpu-limit",
    severity: "low",
    title: "Every container's share of the processors is limited",
    fix: "set a limit (`cpus` or deploy.resources.limits.cpus, resources.limits.cpu)",
    benchmarks: ["CIS Docker 5.12", "NIST SP 800-190 4.4.3", "OWASP Docker Security Rule 7", "NSA/CISA: Resource policies"],
    controls: ["RAGFLOW-OVERRIDE-02", "ORCHESTRATOR-SANDBOX-03", "CTM-CONT-05", "SC-41"],
    property: "cpuLimited",

    check(container) {
        return container.cpuLimited ? undefined : "may use all of the host's processors (limit: not set)";
    },
});
