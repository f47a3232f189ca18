import { reachableFromOutside } from "../../../../policies/rules/reach/reachable-from-outside";
import { UNKNOWN, compose, docker, manifest, resource, ruleTest, swarm, together } from "../../../support/rule-test";

const data = { "portcullis.role": "data" };
const label = (role: string) => [{ label: "portcullis.role", value: role }];
const network = (name: string, inputs: object) => resource("docker:index/network:Network", name, { name, ...inputs });
const way = (hops: string) => `service "db" is reachable from outside: internet → ${hops}`;
const db = (definition: object, more: object = {}) => compose({ services: { db: { labels: data, ...definition } }, ...more });

ruleTest(reachableFromOutside, {
    passes: {
        "nothing published": db({}),
        "loopback addresses": db({ ports: ["127.0.0.1:5432:5432", "127.1.2.3:1:1", "[::1]:5432:5432", { target: 5432, published: "1", host_ip: "::1" }, { target: 1, published: "2", host_ip: "127.0.0.1" }] }),
        "the edge": compose({ services: { proxy: { labels: { "portcullis.role": "edge" }, ports: ["443:443"] }, side: { network_mode: "service:proxy" } } }),
        "an internal network, where an engine publishes nothing": db({ networks: ["inside"], ports: ["5432:5432"] }, { networks: { inside: { internal: true } } }),
        "a published port of what says nothing of its role, which is another rule's": compose({ services: { api: { ports: ["80:80"] } } }),
        "no network": db({ network_mode: "none", ports: ["5432:5432"] }),
    },
    violates: {
        "a published port": [db({ ports: ["5432:5432"] }), way("port 0.0.0.0:5432 of the host → db")],
        "a port of one address": [db({ ports: ["10.0.0.1:5432:5432"] }), way("port 10.0.0.1:5432 of the host → db")],
        "an address of version 6": [db({ ports: ["[2001:db8::1]:5432:5432"] }), way("port [2001:db8::1]:5432 of the host → db")],
        "a port that the engine chooses": [db({ ports: ["5432"] }), way("a port of the engine's choice on 0.0.0.0 of the host → db")],
        "an internal network and another": [db({ networks: ["inside", "open"], ports: ["5432:5432"] }, { networks: { inside: { internal: true }, open: null } }), way("port 0.0.0.0:5432 of the host → db")],
        "the host's network": [db({ network_mode: "host" }), way("the host's network → db")],
        "the namespace of another": [
            compose({ services: { vpn: { ports: ["80:80"] }, app: { network_mode: "service:vpn" } } }),
            'service "app" is reachable from outside: internet → port 0.0.0.0:80 of the host → the network namespace of vpn → app',
        ],
        "a network of the outside": [db({ networks: ["lan"] }, { networks: { lan: { driver: "macvlan" } } }), way("network lan, which gives its members addresses outside the host → db")],
        "every port of an image": [
            docker("db", { labels: label("data"), publishAllPorts: true }), 'container "db" is reachable from outside: internet → every port that its image exposes, on the host → db',
        ],
        "a Swarm service on an internal network": [
            together(network("inside", { internal: true }), resource("docker:index/service:Service", "db", {
                name: "db", labels: label("data"), taskSpec: { networksAdvanceds: [{ name: "inside" }] }, endpointSpec: { ports: [{ targetPort: 1, publishedPort: 5432 }] },
            })),
            'Swarm service "db" is reachable from outside: internet → port 0.0.0.0:5432 of the host → db',
        ],
        "one way of two": [together(docker("db", { labels: label("data"), ports: [{ internal: 1, external: 1, ip: "127.0.0.1" }, { internal: 1, external: 5432 }] })), 'container "db" is reachable from outside: internet → port 0.0.0.0:5432 of the host → db'],
    },
    unknown: {
        "a port": [docker("db", { labels: label("data"), ports: [{ internal: 1, external: 1, ip: UNKNOWN }] })],
        "a network, and still sees the other way": [
            together(docker("db", { labels: label("data"), networksAdvanced: [{ name: UNKNOWN }] }), docker("mq", { labels: label("queue"), ports: [{ internal: 1, external: 1 }] })),
            'container "mq" is reachable from outside: internet → port 0.0.0.0:1 of the host → mq',
        ],
        "whether the only network is internal": [together(network("inside", { internal: UNKNOWN }), docker("db", { labels: label("data"), networksAdvanced: [{ name: "inside" }], ports: [{ internal: 1, external: 1 }] }))],
    },
});

ruleTest(reachableFromOutside, {
    settings: { undeclared: true },
    passes: { "nothing published": compose({ services: { api: {} } }), "nothing published of Swarm": swarm("api", {}) },
    violates: { "a port of what says nothing of its role": [compose({ services: { api: { ports: ["80:80"] } } }), 'service "api" is reachable from outside: internet → port 0.0.0.0:80 of the host → api'] },
});

const pod = (role: string, spec = "", metadata = "") => manifest(`apiVersion: v1\nkind: Pod\nmetadata: { name: db, labels: { app: db, portcullis.role: ${role} }${metadata} }\nspec: { ${spec} containers: [{ name: db, ports: [{ name: sql, containerPort: 5432 }] }] }`);
const service = (spec: string, metadata = "name: s") => manifest(`apiVersion: v1\nkind: Service\nmetadata: { ${metadata} }\nspec: { selector: { app: db }, ports: [{ port: 5432 }], ${spec} }`);
const policy = (spec: string) => manifest(`apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: p }\nspec: { podSelector: { matchLabels: { app: db } }, ${spec} }`);
const ingress = manifest("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: i }\nspec: { rules: [{ host: a.example.com, http: { paths: [{ path: /x, backend: { service: { name: s, port: { number: 5432 } } } }] } }] }");
const inCluster = (hops: string) => `pod of Pod "db" is reachable from outside: internet → ${hops}`;
const BALANCED = inCluster('load balancer → Service "s" port 5432 → db');

ruleTest(reachableFromOutside, {
    passes: {
        "a Service of the cluster": together(pod("data"), service("")),
        "an edge behind a load balancer": together(pod("edge"), service("type: LoadBalancer")),
        "an application behind an Ingress": together(pod("application"), service(""), ingress),
        "a load balancer of one's own networks": together(pod("data"), service("type: LoadBalancer", "name: s, annotations: { service.beta.kubernetes.io/azure-load-balancer-internal: 'true' }")),
        "a load balancer for one's own addresses": together(pod("data"), service("type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8]")),
        "a policy that takes from pods only": together(pod("data"), service("type: LoadBalancer"), policy("ingress: [{ from: [{ podSelector: {} }] }]")),
        "a policy for another port": together(pod("data"), service("type: LoadBalancer"), policy("ingress: [{ ports: [{ port: 9090 }] }]")),
        "a policy for one's own addresses": together(pod("data"), service("type: NodePort"), policy("ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }]")),
        "a Service of another namespace": together(pod("data"), service("type: LoadBalancer", "name: s, namespace: shop")),
        "a port of the node's loopback": manifest("apiVersion: v1\nkind: Pod\nmetadata: { name: db, labels: { portcullis.role: data } }\nspec: { containers: [{ name: db, ports: [{ containerPort: 1, hostPort: 1, hostIP: 127.0.0.1 }] }] }"),
        "a port by a name that the pod has not": together(pod("data"), manifest("apiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec: { type: NodePort, selector: { app: db }, ports: [{ port: 1, targetPort: other }] }")),
    },
    violates: {
        "a load balancer": [together(pod("data"), service("type: LoadBalancer")), BALANCED],
        "a port of every node": [together(pod("data"), service("type: NodePort")), inCluster('port of every node → Service "s" port 5432 → db')],
        "an address that is claimed": [together(pod("data"), service("externalIPs: [192.0.2.1]")), inCluster('external address → Service "s" port 5432 → db')],
        "an Ingress": [together(pod("data"), service(""), ingress), inCluster('Ingress "i" (a.example.com/x) → Service "s" → db')],
        "a port of the node": [
            manifest("apiVersion: v1\nkind: Pod\nmetadata: { name: db, labels: { portcullis.role: data } }\nspec: { containers: [{ name: db, ports: [{ containerPort: 1, hostPort: 8080 }] }] }"),
            inCluster("port 0.0.0.0:8080 of the node → db"),
        ],
        "the node's network": [pod("data", "hostNetwork: true,"), inCluster("the node's network → db")],
        "a policy that takes from everybody": [together(pod("data"), service("type: LoadBalancer"), policy("ingress: [{ ports: [{ port: sql }] }]")), BALANCED],
        "a policy for a range of the outside": [together(pod("data"), service("type: LoadBalancer"), policy("ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }], ports: [{ port: 5000, endPort: 6000 }] }]")), BALANCED],
        "one of two policies": [together(pod("data"), service("type: LoadBalancer"), policy("ingress: []"), policy("ingress: [{}]")), BALANCED],
        "a policy for what goes out only": [together(pod("data"), service("type: LoadBalancer"), policy("policyTypes: [Egress]")), BALANCED],
    },
    unknown: {
        "what a Service is": [together(pod("data"), resource("kubernetes:core/v1:Service", "s", { metadata: { name: "s" }, spec: { type: UNKNOWN, selector: { app: "db" }, ports: [{ port: 1 }] } }))],
        "whom a Service selects, and still sees another": [
            together(pod("data"), resource("kubernetes:core/v1:Service", "u", { metadata: { name: "u" }, spec: { type: "LoadBalancer", selector: UNKNOWN } }),
                manifest("apiVersion: v1\nkind: Pod\nmetadata: { name: mq, labels: { portcullis.role: queue } }\nspec: { hostNetwork: true, containers: [] }")),
            'pod of Pod "mq" is reachable from outside: internet → the node\'s network → mq',
        ],
        "a policy": [together(pod("data"), service("type: LoadBalancer"), resource("kubernetes:networking.k8s.io/v1:NetworkPolicy", "p", { metadata: { name: "p" }, spec: { podSelector: {}, ingress: UNKNOWN } }))],
    },
});
