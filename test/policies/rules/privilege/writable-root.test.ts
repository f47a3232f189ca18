import { writableRoot } from "../../../../policies/rules/privilege/writable-root";
import { UNKNOWN, cronJob, deployment, docker, resource, ruleTest, service, swarm } from "../../../support/rule-test";

const SILENT = "has a writable root file system (read-only: not set)";
const closed = { name: "api", securityContext: { readOnlyRootFilesystem: true } };

ruleTest(writableRoot, {
    passes: {
        "a read-only Docker container": docker("api", { readOnly: true }),
        "one whose image is not known at preview": docker("api", { image: UNKNOWN, readOnly: true }),
        "a Compose service": service({ read_only: true }),
        "a Deployment of read-only containers": deployment("api", { containers: [closed] }),
        "a Windows pod, which has no such setting": deployment("api", { os: { name: "windows" }, containers: [{ name: "api" }] }),
        "a resource without containers": resource("docker:index/network:Network", "edge", { internal: true }),
    },
    violates: {
        "a Docker container that says nothing": [docker("api", {}), `container "api" ${SILENT}`],
        "a Docker container that says no": [docker("api", { readOnly: false }), 'container "api" has a writable root file system (read-only: false)'],
        "a Swarm service": [swarm("api", {}), `Swarm service "api" ${SILENT}`],
        "a Compose service": [service({ read_only: false }), 'service "api" has a writable root file system (read-only: false)'],
        "an init container beside a good one": [cronJob("nightly", { initContainers: [{ name: "init" }], containers: [closed] }), `init container "init" of CronJob "nightly" ${SILENT}`],
    },
    unknown: {
        "whether it is": [docker("api", { readOnly: UNKNOWN })],
        "the pod": [deployment("api", { containers: UNKNOWN })],
    },
});
