import { hostNetwork } from "../../../../policies/rules/isolation/host-network";
import { UNKNOWN, compose, cronJob, deployment, docker, ruleTest, service, swarm } from "../../../support/rule-test";

ruleTest(hostNetwork, {
    passes: {
        "a Docker container that says nothing": docker("api", {}),
        "a Docker container without a network": docker("api", { networkMode: "none" }),
        "a Compose service": service({}),
        "a network of one's own that is called so": compose({ services: { a: { networks: ["host"] }, b: {} }, networks: { host: { internal: true } } }),
        "a Deployment that says no": deployment("api", { hostNetwork: false, containers: [{ name: "api" }] }),
    },
    violates: {
        "a Docker container": [docker("api", { networkMode: "host" }), 'container "api" shares the host\'s network'],
        "a Swarm service": [swarm("api", {}, { networksAdvanceds: [{ name: "host" }] }), 'Swarm service "api" shares the host\'s network'],
        "a Compose service": [compose({ services: { api: { network_mode: "host" } } }), 'service "api" shares the host\'s network'],
        "the engine's network of the host's, by name": [
            compose({ services: { a: { networks: ["outside"] }, b: { networks: { host: null } } }, networks: { outside: { external: true, name: "host" }, host: { external: true } } }),
            'service "a" shares the host\'s network', 'service "b" shares the host\'s network',
        ],
        "the engine's network of the host's, for Docker": [docker("api", { networksAdvanced: [{ name: "host" }] }), 'container "api" shares the host\'s network'],
        "a pod, once for all its containers": [deployment("api", { hostNetwork: true, containers: [{ name: "a" }, { name: "b" }] }), 'pod of Deployment "api" shares the host\'s network'],
        "the pod of a CronJob": [cronJob("nightly", { hostNetwork: true, containers: [] }), 'pod of CronJob "nightly" shares the host\'s network'],
    },
    unknown: {
        "the mode": [docker("api", { networkMode: UNKNOWN })], "a network": [docker("api", { networksAdvanced: [{ name: UNKNOWN }] })],
        "a network's name": [compose({ services: { a: { networks: ["outside"] } }, networks: { outside: { name: UNKNOWN } } })],
    },
});
