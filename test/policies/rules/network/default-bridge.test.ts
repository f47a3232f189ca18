import { defaultBridge } from "../../../../policies/rules/network/default-bridge";
import { UNKNOWN, compose, deployment, docker, ruleTest } from "../../../support/rule-test";

ruleTest(defaultBridge, {
    passes: {
        "a network of its own": docker("api", { networksAdvanced: [{ name: "front" }] }),
        "no network": docker("api", { networkMode: "none" }),
        "the host's network, which has a rule of its own": docker("api", { networkMode: "host" }),
        "a Compose service, which gets a network of its project": compose({ services: { api: {} } }),
        "a Deployment": deployment("api", { containers: [{ name: "api" }] }),
    },
    violates: {
        "silence": [docker("api", {}), 'container "api" is on the engine\'s default bridge'],
        "by name": [docker("api", { networkMode: "bridge" }), 'container "api" is on the engine\'s default bridge'],
        "Compose, by name": [compose({ services: { api: { network_mode: "bridge" } } }), 'service "api" is on the engine\'s default bridge'],
    },
    unknown: { "the mode": [docker("api", { networkMode: UNKNOWN })] },
});
