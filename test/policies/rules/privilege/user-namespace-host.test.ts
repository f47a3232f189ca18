import { userNamespaceHost } from "../../../../policies/rules/privilege/user-namespace-host";
import { UNKNOWN, deployment, docker, ruleTest, service } from "../../../support/rule-test";

ruleTest(userNamespaceHost, {
    passes: {
        "a Docker container that says nothing": docker("api", {}),
        "a Compose service that says nothing": service({}),
        "a Deployment in users of its own": deployment("api", { hostUsers: false, containers: [] }),
        "a Deployment that says nothing": deployment("api", { containers: [] }),
    },
    violates: {
        "a Docker container": [docker("api", { usernsMode: "host" }), 'container "api" asks for the host\'s user namespace'],
        "a Compose service": [service({ userns_mode: "host" }), 'service "api" asks for the host\'s user namespace'],
        "a Deployment": [deployment("api", { hostUsers: true, containers: [] }), 'pod of Deployment "api" asks for the host\'s user namespace'],
    },
    unknown: { "the mode": [docker("api", { usernsMode: UNKNOWN })] },
});
