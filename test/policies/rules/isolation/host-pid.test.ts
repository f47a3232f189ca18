import { hostPid } from "../../../../policies/rules/isolation/host-pid";
import { UNKNOWN, cronJob, deployment, docker, ruleTest, service } from "../../../support/rule-test";

ruleTest(hostPid, {
    passes: {
        "a Docker container that says nothing": docker("api", {}),
        "a container that joins another's": docker("api", { pidMode: "container:web" }),
        "a Compose service": service({}),
        "a Deployment that says no": deployment("api", { hostPID: false, containers: [] }),
    },
    violates: {
        "a Docker container": [docker("api", { pidMode: "host" }), 'container "api" shares the host\'s process namespace'],
        "a Compose service": [service({ pid: "host" }), 'service "api" shares the host\'s process namespace'],
        "the pod of a CronJob": [cronJob("nightly", { hostPID: true, containers: [] }), 'pod of CronJob "nightly" shares the host\'s process namespace'],
    },
    unknown: { "the mode": [docker("api", { pidMode: UNKNOWN })] },
});
