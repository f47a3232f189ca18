import { hostUts } from "../../../../policies/rules/isolation/host-uts";
import { UNKNOWN, deployment, docker, ruleTest, service } from "../../../support/rule-test";

ruleTest(hostUts, {
    passes: {
        "a Docker container, whose provider has no field for it": docker("api", {}),
        "a Compose service that says nothing": service({}),
        "a Deployment": deployment("api", { containers: [{ name: "api" }] }),
    },
    violates: {
        "a Compose service": [service({ uts: "host" }), 'service "api" shares the host\'s UTS namespace'],
    },
    unknown: { "the mode": [service({ uts: UNKNOWN })] },
});
