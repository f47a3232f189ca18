import { noCpuLimit } from "../../../../policies/rules/resources/no-cpu-limit";
import { UNKNOWN, cronJob, deployment, docker, ruleTest, service, swarm } from "../../../support/rule-test";

const SILENT = "may use all of the host's processors (limit: not set)";

ruleTest(noCpuLimit, {
    passes: {
        "a Docker container": docker("api", { cpus: "0.5" }),
        "a quota": docker("api", { cpuPeriod: 100000, cpuQuota: 50000 }),
        "a Swarm service": swarm("api", {}, { resources: { limits: { nanoCpus: 500000000 } } }),
        "cpus": service({ cpus: 0.5 }),
        "a limit under deploy": service({ deploy: { resources: { limits: { cpus: "0.5" } } } }),
        "a Deployment": deployment("api", { containers: [{ name: "api", resources: { limits: { cpu: "500m" } } }] }),
    },
    violates: {
        "silence": [docker("api", {}), `container "api" ${SILENT}`],
        "a share, which bounds nothing": [service({ cpu_shares: 512 }), `service "api" ${SILENT}`],
        "an init container": [cronJob("nightly", { initContainers: [{ name: "init" }], containers: [] }), `init container "init" of CronJob "nightly" ${SILENT}`],
    },
    unknown: { "the limit": [docker("api", { cpus: UNKNOWN })] },
});
