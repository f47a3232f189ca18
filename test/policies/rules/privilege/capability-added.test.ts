import { capabilityAdded } from "../../../../policies/rules/privilege/capability-added";
import { UNKNOWN, deployment, docker, ruleTest, service } from "../../../support/rule-test";

ruleTest(capabilityAdded, {
    passes: {
        "silence": docker("api", {}),
        "binding low ports": service({ cap_add: ["CAP_NET_BIND_SERVICE"] }),
        "a Deployment": deployment("api", { containers: [{ name: "api", securityContext: { capabilities: { add: ["NET_BIND_SERVICE"] } } }] }),
    },
    violates: {
        "two of a Docker container": [docker("api", { capabilities: { adds: ["SYS_ADMIN", "cap_net_raw"] } }), 'container "api" is given the capability SYS_ADMIN', 'container "api" is given the capability NET_RAW'],
        "all of them": [service({ cap_add: ["ALL"] }), 'service "api" is given the capability ALL'],
        "an ephemeral container": [
            deployment("api", { containers: [{ name: "a" }], ephemeralContainers: [{ name: "debug", securityContext: { capabilities: { add: ["SYS_PTRACE"] } } }] }),
            'ephemeral container "debug" of Deployment "api" is given the capability SYS_PTRACE',
        ],
    },
    unknown: { "one, and still refuses the other": [docker("api", { capabilities: { adds: [UNKNOWN, "SYS_ADMIN"] } }), 'container "api" is given the capability SYS_ADMIN'] },
});

ruleTest(capabilityAdded, {
    settings: { allowed: ["CAP_CHOWN"] },
    passes: { "what is declared": service({ cap_add: ["CHOWN"] }) },
    violates: { "what was only the default": [service({ cap_add: ["NET_BIND_SERVICE"] }), 'service "api" is given the capability NET_BIND_SERVICE'] },
});
