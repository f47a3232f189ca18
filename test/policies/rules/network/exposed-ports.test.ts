import { duplicatePublishedPort, portOnAllAddresses, privilegedContainerPort, privilegedPort } from "../../../../policies/rules/network/exposed-ports";
import { UNKNOWN, compose, cronJob, deployment, docker, manifest, resource, ruleTest, service, together } from "../../../support/rule-test";

// The ids of the rules that this file tests: "duplicate-published-port", "port-on-all-addresses", "privileged-container-port", "privileged-port".

ruleTest(portOnAllAddresses, {
    passes: {
        "no port": service({}),
        "the loopback address": service({ ports: ["127.0.0.1:80:80", "[::1]:81:80", { target: 80, published: "82", host_ip: "127.0.0.1" }] }),
        "an address before the port of the long form": service({ ports: [{ target: 80, published: "127.0.0.1:8080-8090" }] }),
        "another address": docker("a", { ports: [{ internal: 80, external: 80, ip: "10.0.0.1" }] }),
        "a Service, which has rules of its own": manifest("apiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec: { type: NodePort, ports: [{ port: 80 }] }"),
    },
    violates: {
        "silence": [service({ ports: ["8080:80"] }), 'service "api" publishes port 8080 without an address of the host'],
        "all addresses by name": [service({ ports: ["0.0.0.0:8080:80"] }), 'service "api" publishes port 8080 without an address of the host'],
        "all addresses of version 6": [service({ ports: ["[::]:8080:80"] }), 'service "api" publishes port 8080 without an address of the host'],
        "the edge too": [docker("edge", { labels: [{ label: "portcullis.role", value: "edge" }], ports: [{ internal: 443, external: 443 }] }), 'container "edge" publishes port 443 without an address of the host'],
        "all ports": [docker("a", { publishAllPorts: true }), 'container "a" publishes a port that the engine chooses without an address of the host'],
    },
    unknown: { "the address": [docker("a", { ports: [{ internal: 80, external: 80, ip: UNKNOWN }] })] },
});

ruleTest(privilegedPort, {
    passes: {
        "a high port": service({ ports: ["8022:22"] }),
        "the edge": service({ labels: { "portcullis.role": "edge" }, ports: ["443:443"] }),
        "a port that the engine chooses": service({ ports: ["22"] }),
    },
    violates: {
        "a low port": [service({ ports: ["127.0.0.1:22:2222"] }), 'service "api" takes port 22 of its host, which is below 1024'],
        "a range that begins low": [service({ ports: ["1000-1030:1000-1030"] }), 'service "api" takes port 1000-1030 of its host, which is below 1024'],
        "a port of the node": [deployment("d", { containers: [{ name: "a", ports: [{ containerPort: 8080, hostPort: 80 }] }] }), 'container "a" of Deployment "d" takes port 80 of its host, which is below 1024'],
    },
    unknown: { "the port": [docker("a", { ports: [{ internal: 80, external: UNKNOWN }] })] },
});

ruleTest(privilegedContainerPort, {
    passes: { "a high port": cronJob("c", { containers: [{ name: "a", ports: [{ containerPort: 1024 }] }] }), "a Docker container": docker("a", { ports: [{ internal: 80 }] }) },
    violates: { "a low port": [deployment("d", { containers: [{ name: "a", ports: [{ containerPort: 8080 }, { containerPort: 80 }] }] }), 'container "a" of Deployment "d" listens on port 80, which is below 1024'] },
    unknown: { "one port, and still refuses the other": [deployment("d", { containers: [{ name: "a", ports: [{ containerPort: UNKNOWN }, { containerPort: 80 }] }] }), 'container "a" of Deployment "d" listens on port 80, which is below 1024'] },
});

const two = (one: object, other: object) => compose({ services: { a: one, b: other } });
ruleTest(duplicatePublishedPort, {
    passes: {
        "ports of their own": two({ ports: ["80:80"] }, { ports: ["81:80"] }),
        "protocols of their own": two({ ports: ["53:53/udp"] }, { ports: ["53:53/tcp"] }),
        "addresses of their own": two({ ports: ["127.0.0.1:80:80"] }, { ports: ["10.0.0.1:80:80"] }),
        "profiles that never run together": two({ profiles: ["gpu"], ports: ["80:80"] }, { profiles: ["cpu"], ports: ["80:80"] }),
        "ports that the engine chooses": two({ ports: ["80"] }, { ports: ["80"] }),
        "Services of a cluster": together(...["s", "t"].map(name => manifest(`apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { type: NodePort, ports: [{ port: 80 }] }`))),
    },
    violates: {
        "one port": [two({ ports: ["80:80"] }, { ports: [{ target: 8080, published: "80" }] }), 'service "b" publishes port 80, which a publishes too'],
        "a range": [two({ ports: ["8000-8005:8000-8005"] }, { ports: ["8005:80"] }), 'service "b" publishes port 8005, which a publishes too'],
        "one on all addresses": [two({ ports: ["127.0.0.1:80:80"] }, { ports: ["80:80"] }), 'service "b" publishes port 80, which a publishes too'],
        "a service of a profile and one of none": [two({ profiles: ["gpu"], ports: ["80:80"] }, { ports: ["80:80"] }), 'service "b" publishes port 80, which a publishes too'],
        "containers": [together(docker("a", { ports: [{ internal: 1, external: 80 }] }), docker("b", { ports: [{ internal: 1, external: 80, protocol: "tcp" }] })), 'container "b" publishes port 80, which a publishes too'],
    },
    unknown: {
        "one of them": [together(docker("a", { ports: [{ internal: 1, external: 80 }] }), resource("docker:index/container:Container", "b", { name: "b", ports: [{ internal: 1, external: UNKNOWN }] }))],
    },
});
