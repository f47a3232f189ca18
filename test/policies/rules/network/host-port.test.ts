import { hostPort } from "../../../../policies/rules/network/host-port";
import { UNKNOWN, cronJob, deployment, docker, ruleTest, service } from "../../../support/rule-test";

ruleTest(hostPort, {
    passes: {
        "a container port": deployment("api", { containers: [{ name: "api", ports: [{ containerPort: 80 }] }] }),
        "a host port of nought, which is none": deployment("api", { containers: [{ name: "api", ports: [{ containerPort: 80, hostPort: 0 }] }] }),
        "a port of Compose, which has a rule of its own": service({ ports: ["80:80"] }),
        "a Docker container": docker("api", { ports: [{ internal: 80, external: 80 }] }),
    },
    violates: {
        "an init container": [cronJob("nightly", { containers: [], initContainers: [{ name: "init", ports: [{ containerPort: 80, hostPort: 80 }] }] }), 'container "init" of CronJob "nightly" takes port 80 of its node'],
        "two ports of the second container": [
            deployment("api", { containers: [{ name: "a" }, { name: "b", ports: [{ hostPort: 1 }, { hostPort: 2 }] }] }),
            'container "b" of Deployment "api" takes port 1 of its node', 'container "b" of Deployment "api" takes port 2 of its node',
        ],
    },
    unknown: { "the port": [deployment("api", { containers: [{ name: "api", ports: [{ hostPort: UNKNOWN }] }] })] },
});
