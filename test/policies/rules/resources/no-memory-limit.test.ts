import { noMemoryLimit } from "../../../../policies/rules/resources/no-memory-limit";
import { UNKNOWN, cronJob, deployment, docker, ruleTest, service, swarm } from "../../../support/rule-test";

const SILENT = "may use all of the host's memory (limit: not set)";

ruleTest(noMemoryLimit, {
    passes: {
        "a Docker container": docker("api", { memory: 512 }),
        "a Swarm service": swarm("api", {}, { resources: { limits: { memoryBytes: 1 << 29 } } }),
        "mem_limit": service({ mem_limit: "512m" }),
        "a limit under deploy": service({ deploy: { resources: { limits: { memory: "536870912" } } } }),
        "a Deployment": deployment("api", { containers: [{ name: "api", resources: { limits: { memory: "512Mi" } } }] }),
        "a limit of the whole pod": deployment("api", { resources: { limits: { memory: "1Gi" } }, containers: [{ name: "api" }] }),
        "an ephemeral container, which cannot have one": deployment("api", { containers: [], ephemeralContainers: [{ name: "debug" }] }),
    },
    violates: {
        "silence": [docker("api", {}), `container "api" ${SILENT}`],
        "nought, which means none": [docker("api", { memory: 0 }), `container "api" ${SILENT}`],
        "a reservation only": [service({ deploy: { resources: { reservations: { memory: "64m" } } } }), `service "api" ${SILENT}`],
        "an init container": [cronJob("nightly", { initContainers: [{ name: "init" }], containers: [] }), `init container "init" of CronJob "nightly" ${SILENT}`],
    },
    unknown: { "the limit": [docker("api", { memory: UNKNOWN })] },
});
