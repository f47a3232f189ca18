import { workloadRule } from "../../rule";

/** A service that stays down after a crash is an attack that needs to work only once. */
export const noRestartPolicy = workloadRule({
    id: "no-restart-policy",
    severity: "low",
    title: "Every service is started again when it ends",
    fix: "set `restart: unless-stopped` or `on-failure:5`; give what is meant to end the role `job`",
    benchmarks: ["CIS Docker 5.15", "OWASP Docker Security Rule 7"],
    controls: ["SC-41"],
    property: "restart",

    check(workload) {
        return workload.restart === "no" && !workload.job ? "stays down once it has ended (restart: no)" : undefined;
    },
});
