import { containerRule } from "../../rule";

/** Without a check a program that hangs, or was stopped by an intruder, counts as running. */
export const noHealthCheck = containerRule({
    id: "no-health-check",
    severity: "low",
    title: "Every service tells whether it is healthy",
    fix: "set a health check (`healthcheck`, healthcheck.tests); for pods see no-liveness-probe and no-readiness-probe",
    // A pod has two of them, each with a rule of its own.
    platforms: ["compose", "docker", "engine", "swarm"],
    benchmarks: ["CIS Docker 4.6", "CIS Docker 5.27"],
    controls: ["SC-41"],
    property: "healthCheck",

    check(container) {
        if (container.workload.job) {
            return undefined;
        }
        const { healthCheck } = container;
        return healthCheck === "set" ? undefined : `has no health check (${healthCheck ?? "not set"})`;
    },
});
