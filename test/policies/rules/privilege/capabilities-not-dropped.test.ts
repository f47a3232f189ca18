import { capabilitiesNotDropped } from "../../../../policies/rules/privilege/capabilities-not-dropped";
import { UNKNOWN, deployment, docker, ruleTest, service } from "../../../support/rule-test";

ruleTest(capabilitiesNotDropped, {
    passes: {
        "a Docker container that drops all": docker("api", { capabilities: { drops: ["ALL"] } }),
        "small letters": service({ cap_drop: ["all"] }),
        "the long name": docker("api", { capabilities: { drops: ["CAP_ALL"] } }),
        "all among others that are not known": docker("api", { capabilities: { drops: [UNKNOWN, "ALL"] } }),
        "a Deployment": deployment("api", { containers: [{ name: "api", securityContext: { capabilities: { drop: ["ALL"] } } }] }),
    },
    violates: {
        "silence": [docker("api", {}), 'container "api" keeps the engine\'s default capabilities (dropped: none)'],
        "small letters in a pod, which Kubernetes takes for another name": [
            deployment("api", { containers: [{ name: "api", securityContext: { capabilities: { drop: ["all"] } } }] }),
            'container "api" of Deployment "api" keeps the engine\'s default capabilities (dropped: all)',
        ],
        "a few only": [service({ cap_drop: ["NET_RAW", "CHOWN"] }), 'service "api" keeps the engine\'s default capabilities (dropped: NET_RAW, CHOWN)'],
        "the second container": [
            deployment("api", { containers: [{ name: "a", securityContext: { capabilities: { drop: ["ALL"] } } }, { name: "b", securityContext: { capabilities: { add: ["CHOWN"] } } }] }),
            'container "b" of Deployment "api" keeps the engine\'s default capabilities (dropped: none)',
        ],
    },
    unknown: { "the list": [docker("api", { capabilities: UNKNOWN })], "an item of it": [docker("api", { capabilities: { drops: [UNKNOWN] } })] },
});
