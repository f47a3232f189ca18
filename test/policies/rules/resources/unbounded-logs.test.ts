import { unboundedLogs } from "../../../../policies/rules/resources/unbounded-logs";
import { UNKNOWN, deployment, docker, ruleTest, service, swarm } from "../../../support/rule-test";

const SILENT = "keeps all that it ever logs (max-size: not set)";

ruleTest(unboundedLogs, {
    passes: {
        "a size": docker("api", { logDriver: "json-file", logOpts: { "max-size": "10m" } }),
        "a size for the default driver": service({ logging: { options: { "max-size": "10m" } } }),
        "a driver that rotates": service({ logging: { driver: "local" } }),
        "a Swarm service": swarm("api", {}, { logDriver: { name: "json-file", options: { "max-size": "10m" } } }),
        "a pod, whose logs the kubelet rotates": deployment("api", { containers: [{ name: "api" }] }),
    },
    violates: {
        "silence": [docker("api", {}), `container "api" ${SILENT}`],
        "a number of files only": [service({ logging: { driver: "json-file", options: { "max-file": "3" } } }), `service "api" ${SILENT}`],
        "an explicit no": [service({ logging: { options: { "max-size": "-1" } } }), `service "api" ${SILENT}`],
    },
    unknown: { "the options": [docker("api", { logOpts: UNKNOWN })] },
});
