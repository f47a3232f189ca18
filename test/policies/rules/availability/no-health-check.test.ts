import { noHealthCheck } from "../../../../policies/rules/availability/no-health-check";
import { UNKNOWN, deployment, docker, ruleTest, service, swarm } from "../../../support/rule-test";

ruleTest(noHealthCheck, {
    passes: {
        "a check": docker("api", { healthcheck: { tests: ["CMD", "true"] } }),
        "a check of Compose": service({ healthcheck: { test: ["CMD", "true"] } }),
        "a job": service({ labels: { "portcullis.role": "job" } }),
        "a pod, which other rules judge": deployment("api", { containers: [{ name: "api" }] }),
    },
    violates: {
        "silence": [docker("api", {}), 'container "api" has no health check (not set)'],
        "times only": [service({ healthcheck: { interval: "5s" } }), 'service "api" has no health check (not set)'],
        "switched off": [service({ healthcheck: { disable: true } }), 'service "api" has no health check (disabled)'],
        "switched off by a word": [docker("api", { healthcheck: { tests: ["NONE"] } }), 'container "api" has no health check (disabled)'],
        "a Swarm service": [swarm("api", {}), 'Swarm service "api" has no health check (not set)'],
    },
    unknown: { "the check": [docker("api", { healthcheck: UNKNOWN })] },
});
