import { portPublished } from "../../../../policies/rules/network/port-published";
import { UNKNOWN, deployment, docker, manifest, resource, ruleTest, service } from "../../../support/rule-test";

const EDGE = { "portcullis.role": "edge" };
const label = [{ label: "portcullis.role", value: "edge" }];

ruleTest(portPublished, {
    passes: {
        "a container without ports": docker("api", {}),
        "a port of the loopback address": docker("api", { ports: [{ internal: 80, external: 8080, ip: "127.0.0.1" }] }),
        "a port of the loopback address of version 6": service({ ports: ["[::1]:8080:80"] }),
        "the edge's ports": docker("edge", { labels: label, ports: [{ internal: 8443, external: 443 }, { internal: 8080, external: 80 }] }),
        "the edge's port in Compose": service({ labels: EDGE, ports: [{ target: 8443, published: "443" }] }),
        "a Service inside the cluster": manifest("apiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec: { ports: [{ port: 80 }] }"),
        "a load balancer inside": manifest("apiVersion: v1\nkind: Service\nmetadata: { name: s, annotations: { networking.gke.io/load-balancer-type: Internal } }\nspec: { type: LoadBalancer, ports: [{ port: 443 }] }"),
        "a load balancer for one's own addresses": manifest("apiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec: { type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8, 192.168.1.0/24], ports: [{ port: 443 }] }"),
        "the loopback address in the long form": service({ ports: [{ target: 80, published: "8080", host_ip: "127.0.0.53" }, { target: 80, published: "8081", host_ip: "::1" }] }),
        "a load balancer before the edge": manifest("apiVersion: v1\nkind: Service\nmetadata: { name: s, labels: { portcullis.role: edge } }\nspec: { type: LoadBalancer, ports: [{ port: 443 }] }"),
        "a host port, which has a rule of its own": deployment("api", { containers: [{ name: "api", ports: [{ containerPort: 80, hostPort: 80 }] }] }),
    },
    violates: {
        "a load balancer for some of the outside": [
            manifest("apiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec: { type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8, 192.0.2.0/24], ports: [{ port: 443 }] }"), 'Service "s" is reachable through a load balancer, port 443',
        ],
        "what only begins like the loopback address": [service({ ports: [{ target: 80, published: "8080", host_ip: "127.0.0.1.example.com" }] }), 'service "api" publishes port 8080 on 127.0.0.1.example.com'],
        "a Docker container": [docker("db", { ports: [{ internal: 3306, external: 3306 }] }), 'container "db" publishes port 3306 on every address of the host'],
        "every port of an image": [docker("db", { publishAllPorts: true }), 'container "db" publishes every port that its image exposes'],
        "a Swarm service": [resource("docker:index/service:Service", "db", { endpointSpec: { ports: [{ targetPort: 3306, publishedPort: 3306 }] } }), 'Swarm service "db" publishes port 3306 on every address of the host'],
        "443 of what is not the edge": [service({ ports: ["443:443"] }), 'service "api" publishes port 443 on every address of the host'],
        "another port of the edge": [service({ labels: EDGE, ports: ["8080:80"] }), 'service "api" publishes port 8080 on every address of the host'],
        "a port that the engine chooses": [service({ ports: ["80"] }), 'service "api" publishes a port that the engine chooses on every address of the host'],
        "a range on one address": [service({ ports: ["10.0.0.1:8000-8005:8000-8005/udp"] }), 'service "api" publishes port 8000-8005 on 10.0.0.1'],
        "every address by name": [service({ ports: [{ target: 80, published: "8080", host_ip: "0.0.0.0" }] }), 'service "api" publishes port 8080 on every address of the host'],
        "a port on every node": [manifest("apiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec: { type: NodePort, ports: [{ port: 80 }] }"), 'Service "s" is reachable on every node, port 80'],
        "an external address": [manifest("apiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec: { externalIPs: [192.0.2.1], ports: [{ port: 80 }] }"), 'Service "s" is reachable on external addresses, port 80'],
    },
    unknown: { "one port, and still refuses the other": [docker("db", { ports: [UNKNOWN, { internal: 3306, external: 3306 }] }), 'container "db" publishes port 3306 on every address of the host'] },
});

const claims = (addresses: string) => manifest(`apiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec: { externalIPs: ${addresses}, ports: [{ port: 80 }] }`);
ruleTest(portPublished, {
    settings: { addresses: ["192.0.2.1"] },
    passes: { "an agreed address": claims("[192.0.2.1]") },
    violates: {
        "another beside it": [claims("[192.0.2.1, 192.0.2.2]"), 'Service "s" is reachable on external addresses, port 80'],
        "the loopback address, which every node then answers for": [claims("[127.0.0.1]"), 'Service "s" is reachable on external addresses, port 80'],
        "one beside a port of every node": [
            manifest("apiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec: { type: NodePort, externalIPs: [192.0.2.2], ports: [{ port: 80 }] }"),
            'Service "s" is reachable on every node, port 80', 'Service "s" is reachable on external addresses, port 80',
        ],
    },
});

ruleTest(portPublished, {
    settings: { ports: ["8443"] },
    passes: { "what is declared": service({ labels: EDGE, ports: ["8443:443"] }) },
    violates: { "what was only the default": [service({ labels: EDGE, ports: ["443:443"] }), 'service "api" publishes port 443 on every address of the host'] },
});
