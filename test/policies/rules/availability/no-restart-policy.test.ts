import { noRestartPolicy } from "../../../../policies/rules/availability/no-restart-policy";
import { UNKNOWN, deployment, docker, manifest, ruleTest, service, swarm } from "../../../support/rule-test";

const SILENT = "stays down once it has ended (restart: no)";

ruleTest(noRestartPolicy, {
    passes: {
        "a policy": docker("api", { restart: "unless-stopped" }),
        "a policy with a bound": service({ restart: "on-failure:5" }),
        "a policy under deploy": service({ deploy: { restart_policy: { condition: "on-failure" } } }),
        "a Swarm service, which starts again by default": swarm("api", {}),
        "a job": service({ labels: { "portcullis.role": "job" } }),
        "a container that need not keep running": docker("migrate", { mustRun: false }),
        "a pod, which starts again by default": deployment("api", { containers: [] }),
        "a pod that ends": manifest("apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { restartPolicy: Never, containers: [] }"),
    },
    violates: {
        "silence": [docker("api", {}), `container "api" ${SILENT}`],
        "an explicit no": [service({ restart: "no" }), `service "api" ${SILENT}`],
        "an explicit no under deploy": [service({ deploy: { restart_policy: { condition: "none" } } }), `service "api" ${SILENT}`],
    },
    unknown: { "the policy": [docker("api", { restart: UNKNOWN })] },
});
