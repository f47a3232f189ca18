import { noHealthCheck } from "../../../../policies/rules/availability/no-health-check";
import { UNKNOWN, cronJob, deployment, docker, ruleTest, service } from "../../../support/rule-test";

ruleTest(noHealthCheck, {
    passes: {
        "a check": docker("api", { healthcheck: { tests: ["CMD", "true"] } }),
        "a check of Compose": service({ healthcheck: { test: ["CMD", "true"] } }),
        "a job": service({ labels: { "portcullis.role": "job" } }),
        "a probe": deployment("api", { containers: [{ name: "api", readinessProbe: { tcpSocket: { port: 80 } } }] }),
        "containers that are not meant to stay up": cronJob("nightly", { initContainers: [{ name: "init" }], containers: [{ name: "job" }] }),
    },
    violates: {
        "silence": [docker("api", {}), 'container "api" has no health check (not set)'],
        "times only": [service({ healthcheck: { interval: "5s" } }), 'service "api" has no health check (not set)'],
        "switched off": [service({ healthcheck: { disable: true } }), 'service "api" has no health check (disabled)'],
        "switched off by a word": [docker("api", { healthcheck: { tests: ["NONE"] } }), 'container "api" has no health check (disabled)'],
        "a sidecar without a probe": [
            deployment("api", { initContainers: [{ name: "proxy", restartPolicy: "Always" }], containers: [{ name: "api", livenessProbe: { tcpSocket: { port: 80 } } }] }),
            'init container "proxy" of Deployment "api" has no health check (disabled)',
        ],
    },
    unknown: { "the check": [docker("api", { healthcheck: UNKNOWN })] },
});
