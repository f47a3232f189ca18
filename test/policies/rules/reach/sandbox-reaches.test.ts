import { dataReachableFromEdge } from "../../../../policies/rules/reach/data-reachable-from-edge";
import { sandboxReachesData } from "../../../../policies/rules/reach/sandbox-reaches-data";
import { sandboxReachesOutside } from "../../../../policies/rules/reach/sandbox-reaches-outside";
import { UNKNOWN, compose, docker, manifest, resource, ruleTest, together } from "../../../support/rule-test";

// The ids of the rules that this file tests: "sandbox-reaches-data", "sandbox-reaches-outside", and more of "data-reachable-from-edge".

const role = (name: string) => ({ "portcullis.role": name });
const INSIDE = { inside: { internal: true } };
const project = (runner: object, db: object, networks: object = INSIDE) => compose({ services: { runner: { labels: role("sandbox"), ...runner }, db: { labels: role("data"), ...db } }, networks });
const reaches = (ways: string) => `service "runner" is a sandbox that reaches stored data: ${ways}`;
const out = (hops: string) => `service "runner" is a sandbox that reaches the outside: runner → ${hops} → internet`;
const label = (name: string) => [{ label: "portcullis.role", value: name }];
const network = (name: string, inputs: object) => resource("docker:index/network:Network", name, { name, ...inputs });

ruleTest(sandboxReachesData, {
    passes: {
        "no network": project({ network_mode: "none" }, { networks: ["inside"] }),
        "networks of their own": project({ networks: ["a"] }, { networks: ["b"] }, { a: { internal: true }, b: { internal: true } }),
        "a network whose members are kept apart": project({ networks: ["a"] }, { networks: ["a"] }, { a: { internal: true, driver_opts: { "com.docker.network.bridge.enable_icc": "false" } } }),
        "a way out, and a port of the loopback address": project({ networks: ["a"] }, { networks: ["b"], ports: ["127.0.0.1:5432:5432"] }, { a: null, b: null }),
        "an internal network, and a published port": project({ networks: ["inside"] }, { networks: ["b"], ports: ["5432:5432"] }, { ...INSIDE, b: null }),
    },
    violates: {
        "a network": [project({ networks: ["inside"] }, { networks: ["inside"] }), reaches("runner → network inside → db")],
        "the default bridge": [together(docker("runner", { labels: label("sandbox") }), docker("db", { labels: label("data") })), 'container "runner" is a sandbox that reaches stored data: runner → network bridge → db'],
        "the same namespace": [project({ network_mode: "service:db" }, { networks: ["inside"] }), reaches("runner → the network namespace of db → db")],
        "the namespace of what is outside the stack": [project({ network_mode: "container:vpn" }, { network_mode: "container:vpn" }), reaches("runner → network of vpn → db")],
        "the host's network": [project({ network_mode: "host" }, { networks: ["inside"] }), reaches("runner → the host's network → db")],
        "a store on the host's network": [project({ networks: ["inside"] }, { network_mode: "host" }), reaches("runner → the host's network → db")],
        "a published port": [project({ networks: ["a"] }, { networks: ["b"], ports: ["5432:5432"] }, { a: null, b: null }), reaches("runner → network a → port 0.0.0.0:5432 of the host → db")],
        "two stores": [
            compose({ services: { runner: { labels: role("sandbox") }, db: { labels: role("data") }, mq: { labels: role("queue") } } }), reaches("runner → network default → db; runner → network default → mq"),
        ],
    },
    unknown: {
        "one network, and still sees the other": [
            together(docker("runner", { labels: label("sandbox"), networksAdvanced: [{ name: UNKNOWN }, { name: "a" }] }), docker("db", { labels: label("data"), networksAdvanced: [{ name: "b" }] })),
        ],
        "the store's network": [together(docker("runner", { labels: label("sandbox"), networksAdvanced: [{ name: "a" }] }), docker("db", { labels: label("data"), networksAdvanced: UNKNOWN }))],
        "whose namespace it is": [together(docker("runner", { labels: label("sandbox"), networkMode: UNKNOWN }), docker("db", { labels: label("data"), networksAdvanced: [{ name: "b" }] }))],
        "the role of a store": [together(docker("runner", { labels: label("sandbox"), networksAdvanced: [{ name: "a" }] }), docker("db", { labels: UNKNOWN, networksAdvanced: [{ name: "a" }] }))],
    },
});

ruleTest(sandboxReachesData, {
    passes: {
        "a store, and one network that is not known but leads nowhere else": together(docker("runner", { labels: label("sandbox"), networkMode: "none" }), docker("db", { labels: label("data"), networksAdvanced: [{ name: UNKNOWN }] })),
    },
    violates: {
        "a network beside one that is not known": [
            together(docker("runner", { labels: label("sandbox"), networksAdvanced: [{ name: UNKNOWN }, { name: "a" }] }), docker("db", { labels: label("data"), networksAdvanced: [{ name: "a" }] })),
            'container "runner" is a sandbox that reaches stored data: runner → network a → db',
        ],
    },
});

ruleTest(sandboxReachesOutside, {
    passes: {
        "no network": project({ network_mode: "none" }, {}),
        "an internal network": project({ networks: ["inside"] }, {}),
        "an internal network of a program": together(network("a", { internal: true }), docker("runner", { labels: label("sandbox"), networksAdvanced: [{ name: "a" }] })),
    },
    violates: {
        "the default network": [project({}, {}), out("network default")],
        "an open one beside an internal one": [project({ networks: ["inside", "a"] }, {}, { ...INSIDE, a: null }), out("network a")],
        "a network made elsewhere": [project({ networks: ["x"] }, {}, { x: { external: true } }), out("network x (made elsewhere)")],
        "a network that the stack does not make": [docker("runner", { labels: label("sandbox"), networksAdvanced: [{ name: "x" }] }), 'container "runner" is a sandbox that reaches the outside: runner → network x → internet'],
        "the host's network": [project({ network_mode: "host" }, {}), out("the host's network")],
        "the namespace of another": [project({ network_mode: "service:db" }, {}), out("network default")],
    },
    unknown: {
        "whether a network is internal": [together(network("a", { internal: UNKNOWN }), docker("runner", { labels: label("sandbox"), networksAdvanced: [{ name: "a" }] }))],
        "the role": [docker("runner", { labels: UNKNOWN })],
    },
});

const pod = (name: string, what: string, more = "", namespace = "default") => manifest(`apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: ${namespace}, labels: { app: ${name}, portcullis.role: ${what} } }\nspec: { ${more} containers: [{ name: c, ports: [{ name: sql, containerPort: 5432 }] }] }`);
const policy = (app: string, spec: string, namespace = "default") => manifest(`apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${app}, namespace: ${namespace} }\nspec: { podSelector: { matchLabels: { app: ${app} } }, ${spec} }`);
const both = (...more: readonly ReturnType<typeof manifest>[]) => together(pod("runner", "sandbox"), pod("db", "data"), ...more);
const found = (hop: string) => `pod of Pod "runner" is a sandbox that reaches stored data: runner → ${hop} → db`;

ruleTest(sandboxReachesData, {
    passes: {
        "egress that is denied": both(policy("runner", "policyTypes: [Egress]")),
        "ingress from others": both(policy("db", "ingress: [{ from: [{ podSelector: { matchLabels: { app: api } } }] }]")),
        "ports that do not meet": both(policy("runner", "policyTypes: [Egress], egress: [{ ports: [{ port: 80 }] }]"), policy("db", "ingress: [{ ports: [{ port: 5432 }] }]")),
        "a port that the store does not listen on": both(policy("runner", "policyTypes: [Egress], egress: [{ ports: [{ protocol: UDP, port: 53 }] }]")),
        "all addresses but one's own": both(policy("runner", "policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16] } }] }]")),
        "another namespace": together(pod("runner", "sandbox", "", "lab"), pod("db", "data"), policy("db", "ingress: [{ from: [{ podSelector: {} }] }]")),
        "a namespace by its own label": together(pod("runner", "sandbox", "", "lab"), pod("db", "data"), policy("db", "ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } } }] }]")),
    },
    violates: {
        "no policy": [both(), found("the cluster's network (TCP 5432)")],
        "a policy of the one, and none of the other": [both(policy("runner", "policyTypes: [Egress], egress: [{ to: [{ podSelector: {} }] }]")), found("the cluster's network (TCP 5432)")],
        "a port by name": [both(policy("db", "ingress: [{ ports: [{ port: sql }] }]")), found("the cluster's network (TCP 5432)")],
        "policies that add up": [both(policy("db", "ingress: []"), policy("db", "ingress: [{ from: [{ podSelector: { matchExpressions: [{ key: app, operator: In, values: [runner] }] } }] }]")), found("the cluster's network (TCP 5432)")],
        "a namespace by its object's label": [
            together(pod("runner", "sandbox", "", "lab"), pod("db", "data"), manifest("apiVersion: v1\nkind: Namespace\nmetadata: { name: lab, labels: { team: a } }"),
                policy("db", "ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: a } }, podSelector: { matchLabels: { app: runner } } }] }]")),
            found("the cluster's network (TCP 5432)"),
        ],
        "every address": [both(policy("db", "ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }]")), found("the cluster's network (TCP 5432)")],
        "the node's network, which no policy governs": [together(pod("runner", "sandbox", "hostNetwork: true,"), pod("db", "data"), policy("db", "ingress: []")), found("the node's network")],
    },
    unknown: {
        "a policy of the store": [both(resource("kubernetes:networking.k8s.io/v1:NetworkPolicy", "p", { metadata: { name: "p", namespace: "default" }, spec: { podSelector: UNKNOWN } }))],
        "a label of the store, by which a policy would select it": [
            together(pod("runner", "sandbox"), policy("db", "ingress: []"), resource("kubernetes:core/v1:Pod", "db", { metadata: { name: "db", labels: { "app": UNKNOWN, "portcullis.role": "data" } }, spec: { containers: [] } })),
        ],
        "what a Service says that the store listens on": [
            together(pod("runner", "sandbox"), policy("runner", "policyTypes: [Egress], egress: [{ ports: [{ port: 80 }] }]"),
                manifest("apiVersion: v1\nkind: Pod\nmetadata: { name: db, labels: { app: db, portcullis.role: data } }\nspec: { containers: [] }"),
                resource("kubernetes:core/v1:Service", "s", { metadata: { name: "s", namespace: UNKNOWN }, spec: { selector: { app: "db" }, ports: [{ port: 5432 }] } })),
        ],
        "the labels of a namespace": [
            together(pod("runner", "sandbox", "", "lab"), pod("db", "data"), resource("kubernetes:core/v1:Namespace", "n", { metadata: { name: "lab", labels: UNKNOWN } }),
                policy("db", "ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: a } } }] }]")),
        ],
    },
});

ruleTest(sandboxReachesData, {
    passes: {
        // What the sandbox may not send the store need not be able to take.
        "egress that is denied, whatever the store's policy is": both(policy("runner", "policyTypes: [Egress]"), resource("kubernetes:networking.k8s.io/v1:NetworkPolicy", "p", { metadata: { name: "p" }, spec: { podSelector: { matchLabels: { app: "db" } }, ingress: UNKNOWN } })),
    },
    violates: {
        "one rule beside one that is not known": [
            both(resource("kubernetes:networking.k8s.io/v1:NetworkPolicy", "p", { metadata: { name: "p" }, spec: { podSelector: { matchLabels: { app: "db" } }, ingress: [{ from: UNKNOWN }, {}] } })), found("the cluster's network (TCP 5432)"),
        ],
    },
});

const way = (hop: string) => `pod of Pod "runner" is a sandbox that reaches the outside: runner → ${hop} → internet`;
ruleTest(sandboxReachesOutside, {
    passes: {
        "egress that is denied": together(pod("runner", "sandbox"), policy("runner", "policyTypes: [Egress]")),
        "pods only": together(pod("runner", "sandbox"), policy("runner", "egress: [{ to: [{ namespaceSelector: {} }] }]")),
        "one's own addresses": together(pod("runner", "sandbox"), policy("runner", "egress: [{ to: [{ ipBlock: { cidr: 10.1.0.0/16 } }] }]")),
        "a block that is taken back": together(pod("runner", "sandbox"), policy("runner", "egress: [{ to: [{ ipBlock: { cidr: 198.51.100.0/24, except: [198.51.100.0/24] } }] }]")),
    },
    violates: {
        "no policy": [pod("runner", "sandbox"), way("the cluster's way out")],
        "names for everybody": [together(pod("runner", "sandbox"), policy("runner", "egress: [{ ports: [{ protocol: UDP, port: 53 }] }]")), way("the cluster's way out (UDP 53)")],
        "one address": [together(pod("runner", "sandbox"), policy("runner", "egress: [{ to: [{ ipBlock: { cidr: 198.51.100.7/32 } }], ports: [{ port: 443 }] }]")), way("the cluster's way out (198.51.100.7/32, TCP 443)")],
        "the node's network": [pod("runner", "sandbox", "hostNetwork: true,"), way("the node's network")],
        "a policy for what comes in": [together(pod("runner", "sandbox"), policy("runner", "ingress: [], egress: []")), way("the cluster's way out")],
    },
    unknown: { "a block": [together(pod("runner", "sandbox"), resource("kubernetes:networking.k8s.io/v1:NetworkPolicy", "p", { metadata: { name: "p" }, spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{ to: [{ ipBlock: { cidr: UNKNOWN } }] }] } }))] },
});

ruleTest(dataReachableFromEdge, {
    passes: {
        "a policy that names the application": together(pod("proxy", "edge"), pod("db", "data"), policy("db", "ingress: [{ from: [{ podSelector: { matchLabels: { app: api } } }] }]")),
        "by the application only": compose({ services: { proxy: { labels: role("edge"), networks: ["a"] }, api: { networks: ["a", "b"] }, db: { labels: role("data"), networks: ["b"] } } }),
    },
    violates: {
        "no policy": [together(pod("proxy", "edge"), pod("db", "data")), "pod of Pod \"db\" is reachable from the edge: proxy → the cluster's network (TCP 5432) → db"],
        "an edge on the host's network": [compose({ services: { proxy: { labels: role("edge"), network_mode: "host" }, db: { labels: role("data"), networks: ["b"] } } }), 'service "db" is reachable from the edge: proxy → the host\'s network → db'],
    },
});
