import { hostGatewayAlias, onDefaultNetwork, overlayNotEncrypted } from "../../../../policies/rules/network/docker-networks";
import { UNKNOWN, compose, deployment, docker, resource, ruleTest, service, swarm } from "../../../support/rule-test";

// The ids of the rules that this file tests: "host-gateway-alias", "on-default-network", "overlay-not-encrypted".

ruleTest(onDefaultNetwork, {
    passes: {
        "networks with names": compose({ services: { a: { networks: ["x"] }, b: { networks: { x: null } } }, networks: { x: null } }),
        "none and the host's": compose({ services: { a: { network_mode: "none" }, b: { network_mode: "host" } } }),
        "a Docker container": docker("a", {}),
    },
    violates: {
        "silence": [compose({ services: { a: {}, b: { networks: ["x"] } }, networks: { x: null } }), 'service "a" is on the project\'s default network, with every service that names none'],
        "a service that is alone till the next one comes": [compose({ services: { a: {} } }), 'service "a" is on the project\'s default network, with every service that names none'],
        "by name": [compose({ services: { a: { networks: ["default", "x"] }, b: { networks: ["x"] } }, networks: { x: null } }), 'service "a" is on the project\'s default network, with every service that names none'],
    },
    unknown: { "its networks": [compose({ services: { a: { networks: UNKNOWN }, b: { network_mode: "none" } } })] },
});

const network = (inputs: object) => resource("docker:index/network:Network", "n", { name: "n", ...inputs });
ruleTest(overlayNotEncrypted, {
    passes: {
        "a bridge": network({ driver: "bridge" }),
        "no driver": network({}),
        "encrypted": network({ driver: "overlay", options: { encrypted: "true" } }),
        "the option without a value": network({ driver: "overlay", options: { encrypted: "" } }),
        "encrypted by Compose": compose({ networks: { n: { driver: "overlay", driver_opts: { encrypted: "true" } } } }),
        "a network made elsewhere": compose({ networks: { n: { driver: "overlay", external: true } } }),
    },
    violates: {
        "silence": [network({ driver: "overlay" }), 'Network "n" is an overlay network that does not encrypt what it carries'],
        "an explicit no": [compose({ networks: { n: { driver: "overlay", driver_opts: { encrypted: "false" } } } }), 'network "n" is an overlay network that does not encrypt what it carries'],
        "other options": [network({ driver: "overlay", options: { "com.docker.network.driver.mtu": "1400" } }), 'Network "n" is an overlay network that does not encrypt what it carries'],
    },
    unknown: { "the options": [network({ driver: "overlay", options: UNKNOWN })] },
});

ruleTest(hostGatewayAlias, {
    passes: {
        "no aliases": service({}),
        "an alias of another machine": service({ extra_hosts: ["printer:192.168.1.20"] }),
        "an alias of a container": docker("a", { hosts: [{ host: "db", ip: "10.0.0.2" }] }),
        "a Deployment": deployment("d", { hostAliases: [{ ip: "127.0.0.1", hostnames: ["a"] }], containers: [] }),
    },
    violates: {
        "with a colon": [service({ extra_hosts: ["host.docker.internal:host-gateway"] }), 'service "api" has a name for its host (host.docker.internal)'],
        "with an equals sign": [service({ extra_hosts: ["host=host-gateway"] }), 'service "api" has a name for its host (host)'],
        "a mapping": [service({ extra_hosts: { host: "host-gateway", other: "10.0.0.1" } }), 'service "api" has a name for its host (host)'],
        "a list in a mapping": [service({ extra_hosts: { host: ["10.0.0.1", "host-gateway"] } }), 'service "api" has a name for its host (host)'],
        "the address of the default bridge": [service({ extra_hosts: ["host:172.17.0.1"] }), 'service "api" has a name for its host (host)'],
        "a Docker container": [docker("a", { hosts: [{ host: "host", ip: "host-gateway" }] }), 'container "a" has a name for its host (host)'],
        "a Swarm service": [swarm("a", { hosts: [{ host: "host", ip: "host-gateway" }] }), 'Swarm service "a" has a name for its host (host)'],
    },
    unknown: { "one alias, and still refuses the other": [docker("a", { hosts: [{ host: "x", ip: UNKNOWN }, { host: "host", ip: "host-gateway" }] }), 'container "a" has a name for its host (host)'] },
});
