import { hostIpc } from "../../../../policies/rules/isolation/host-ipc";
import { UNKNOWN, cronJob, deployment, docker, ruleTest, service } from "../../../support/rule-test";

ruleTest(hostIpc, {
    passes: {
        "a Docker container that says nothing": docker("api", {}),
        "a container with memory of its own": docker("api", { ipcMode: "private" }),
        "a Compose service": service({ ipc: "shareable" }),
        "a Deployment that says no": deployment("api", { hostIPC: false, containers: [] }),
    },
    violates: {
        "a Docker container": [docker("api", { ipcMode: "host" }), 'container "api" shares the host\'s IPC namespace'],
        "a Compose service": [service({ ipc: "host" }), 'service "api" shares the host\'s IPC namespace'],
        "the pod of a CronJob": [cronJob("nightly", { hostIPC: true, containers: [] }), 'pod of CronJob "nightly" shares the host\'s IPC namespace'],
    },
    unknown: { "the mode": [docker("api", { ipcMode: UNKNOWN })] },
});
