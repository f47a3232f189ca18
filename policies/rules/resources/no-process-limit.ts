import { across, stackRule } from "../../rule";

/** A fork loop in one container fills the host's process table, and with it everything else stops. */
export const noProcessLimit = stackRule({
    id: "no-process-limit",
    severity: "medium",
    title: "The number of a container's processes is limited",
    fix: "set `pids_limit` or deploy.resources.limits.pids (Compose), a ProcessLimit beside the container or a `nproc` ulimit (Pulumi)",
    benchmarks: ["CIS Docker 5.29", "OWASP Docker Security Rule 7"],
    controls: ["RAGFLOW-OVERRIDE-02", "CTM-CONT-05", "SC-41"],

    check(stack) {
        const limited = stack.processLimits;
        return across(stack.workloads.flatMap(workload => workload.containers), "processLimited", container =>
            container.processLimited || limited.has(container.workload.containerName ?? "")
                ? undefined : "may start any number of processes (limit: not set)");
    },
});
