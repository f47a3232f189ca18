import {
    cloudMetadataReachable, namespaceWithoutPolicy, noNetworkPolicy, policyOpenToAll, policySelectsNothing,
} from "../../../../policies/rules/network/network-policies";
import { UNKNOWN, deployment, manifest, resource, ruleTest, together } from "../../../support/rule-test";

// The ids of the rules that this file tests: "cloud-metadata-reachable", "namespace-without-policy", "no-network-policy", "policy-open-to-all",
// "policy-selects-nothing".

const pod = (name: string, more = "") => manifest(`apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, labels: { app: ${name} } }\nspec: { ${more} containers: [{ name: ${name} }] }`);
const policy = (spec: string, metadata = "name: p") => manifest(`apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { ${metadata} }\nspec: ${spec}`);
const namespace = (name: string) => manifest(`apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }`);
const cilium = (kind: string, body: string, metadata = "name: c") => manifest(`apiVersion: cilium.io/v2\nkind: ${kind}\nmetadata: { ${metadata} }\n${body}`);
const unknownPolicy = (spec: object) => resource("kubernetes:networking.k8s.io/v1:NetworkPolicy", "p", { metadata: { name: "p" }, spec });

ruleTest(noNetworkPolicy, {
    passes: {
        "a pod that is selected by its label": together(pod("api"), policy("{ podSelector: { matchLabels: { app: api } } }")),
        "a pod that is selected for what goes out": together(pod("api"), policy("{ podSelector: {}, policyTypes: [Egress] }")),
        "a pod that an expression selects": together(pod("api"), policy("{ podSelector: { matchExpressions: [{ key: app, operator: In, values: [web, api] }] } }")),
        "a pod that lacks what an expression forbids": together(pod("api"), policy("{ podSelector: { matchExpressions: [{ key: tier, operator: NotIn, values: [front] }, { key: other, operator: DoesNotExist }] } }")),
        "a pod of the node's network, which policies do not govern": pod("api", "hostNetwork: true,"),
        "a template that runs nothing": manifest("apiVersion: v1\nkind: PodTemplate\nmetadata: { name: t }\ntemplate: { spec: { containers: [] } }"),
        "the default namespace by its name": together(pod("api"), policy("{ podSelector: {} }", "name: p, namespace: default")),
        "a policy of Cilium": together(pod("api"), cilium("CiliumNetworkPolicy", "spec: { endpointSelector: { matchLabels: { 'k8s:app': api } } }")),
        "a policy of Cilium for the cluster, in several parts": together(pod("api"), cilium("CiliumClusterwideNetworkPolicy", "specs: [{ endpointSelector: { matchLabels: { app: x } } }, { endpointSelector: {} }]")),
        "a policy of Cilium for the namespace": together(pod("api"), cilium("CiliumClusterwideNetworkPolicy", "spec: { endpointSelector: { matchLabels: { 'k8s:io.kubernetes.pod.namespace': default } } }")),
    },
    violates: {
        "a policy of Cilium for others, for another namespace, and for nodes": [
            together(
                pod("api"), cilium("CiliumNetworkPolicy", "spec: { endpointSelector: { matchLabels: { app: x } } }"), cilium("CiliumNetworkPolicy", "spec: { endpointSelector: {} }", "name: d, namespace: shop"),
                cilium("CiliumClusterwideNetworkPolicy", "spec: { nodeSelector: {} }"),
            ),
            'pod of Pod "api" is selected by no NetworkPolicy',
        ],
        "a pod without any policy": [pod("api"), 'pod of Pod "api" is selected by no NetworkPolicy'],
        "another label": [together(pod("api"), policy("{ podSelector: { matchLabels: { app: web } } }")), 'pod of Pod "api" is selected by no NetworkPolicy'],
        "another namespace": [together(pod("api"), policy("{ podSelector: {} }", "name: p, namespace: shop")), 'pod of Pod "api" is selected by no NetworkPolicy'],
        "an expression that it does not meet": [
            together(pod("api"), policy("{ podSelector: { matchExpressions: [{ key: app, operator: NotIn, values: [api] }] } }")), 'pod of Pod "api" is selected by no NetworkPolicy',
        ],
        "labels of a pod, not of its Deployment": [
            together(resource("kubernetes:apps/v1:Deployment", "api", { metadata: { name: "api", labels: { app: "api" } }, spec: { template: { spec: { containers: [] } } } }), policy("{ podSelector: { matchLabels: { app: api } } }")),
            'pod of Deployment "api" is selected by no NetworkPolicy',
        ],
    },
    unknown: {
        "whom a policy selects": [together(deployment("api", { containers: [] }), unknownPolicy({ podSelector: UNKNOWN }))],
        "where a pod is, and still refuses another": [
            together(resource("kubernetes:core/v1:Pod", "far", { metadata: { name: "far", namespace: UNKNOWN }, spec: { containers: [] } }), policy("{ podSelector: {} }", "name: p, namespace: shop"), pod("api")),
            'pod of Pod "api" is selected by no NetworkPolicy',
        ],
    },
});

ruleTest(namespaceWithoutPolicy, {
    passes: {
        "a policy for all pods": together(namespace("shop"), policy("{ podSelector: {} }", "name: p, namespace: shop")),
        "a policy of Cilium for all pods": together(namespace("shop"), cilium("CiliumNetworkPolicy", "spec: { endpointSelector: {} }", "name: c, namespace: shop")),
        "a policy of Cilium for the cluster that names it": together(namespace("shop"), cilium("CiliumClusterwideNetworkPolicy", "spec: { endpointSelector: { matchLabels: { io.kubernetes.pod.namespace: shop } } }")),
        "a policy without a selector, which is for all": together(namespace("shop"), policy("{ policyTypes: [Ingress] }", "name: p, namespace: shop")),
        "no namespace": pod("api"),
    },
    violates: {
        "policies of Cilium for some, and elsewhere": [
            together(
                namespace("shop"), cilium("CiliumNetworkPolicy", "spec: { endpointSelector: { matchExpressions: [{ key: app, operator: NotIn, values: [x] }] } }", "name: c, namespace: shop"),
                cilium("CiliumNetworkPolicy", "spec: { endpointSelector: {} }"), cilium("CiliumClusterwideNetworkPolicy", "spec: { endpointSelector: { matchLabels: { app: x } } }"),
            ),
            'Namespace "shop" has no NetworkPolicy',
        ],
        "no policy": [namespace("shop"), 'Namespace "shop" has no NetworkPolicy'],
        "a policy elsewhere": [together(namespace("shop"), policy("{ podSelector: {} }")), 'Namespace "shop" has no NetworkPolicy'],
        "a policy for some": [
            together(namespace("shop"), policy("{ podSelector: { matchLabels: { app: api } } }", "name: p, namespace: shop")), 'Namespace "shop" has no NetworkPolicy for all of its pods (an empty podSelector)',
        ],
    },
    unknown: {
        "where a policy is": [together(namespace("shop"), resource("kubernetes:networking.k8s.io/v1:NetworkPolicy", "p", { metadata: { namespace: UNKNOWN }, spec: { podSelector: {} } }))],
    },
});

ruleTest(policySelectsNothing, {
    passes: {
        "pods that there are": together(pod("api"), policy("{ podSelector: { matchLabels: { app: api } } }")),
        "an empty selector": together(pod("api"), policy("{ podSelector: {} }")),
        "a run without workloads": policy("{ podSelector: { matchLabels: { app: api } } }"),
        "a namespace without workloads": together(pod("api"), policy("{ podSelector: { matchLabels: { app: web } } }", "name: p, namespace: shop")),
        "peers of other namespaces": together(pod("api"), policy("{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: web } } }] }] }")),
        "peers that there are, and addresses": together(pod("api"), policy("{ podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: api } } }, { ipBlock: { cidr: 10.0.0.0/8 } }] }] }")),
    },
    violates: {
        "a misspelt label": [together(pod("api"), policy("{ podSelector: { matchLabels: { app: apu } } }")), 'NetworkPolicy "p" selects no pod that is given'],
        "a peer that nobody is": [
            together(pod("api"), policy("{ podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }] }")), 'NetworkPolicy "p" names pods that are not given (ingress from app=web)',
        ],
        "an egress peer that nobody is": [
            together(pod("api"), policy("{ podSelector: {}, egress: [{ to: [{ podSelector: { matchExpressions: [{ key: x, operator: Exists }] } }] }] }")), 'NetworkPolicy "p" names pods that are not given (egress to by expressions)',
        ],
    },
    unknown: { "labels of the only pod": [together(deployment("api", { containers: [] }, { labels: UNKNOWN }), policy("{ podSelector: { matchLabels: { app: api } } }"))] },
});

ruleTest(policySelectsNothing, {
    settings: { complete: true },
    passes: { "pods that there are": together(pod("api"), policy("{ podSelector: { matchLabels: { app: api } } }")) },
    violates: { "a policy alone": [policy("{ podSelector: { matchLabels: { app: api } } }"), 'NetworkPolicy "p" selects no pod that is given'] },
});

ruleTest(policyOpenToAll, {
    passes: {
        "one that denies all": policy("{ podSelector: {}, policyTypes: [Ingress, Egress] }"),
        "pods by label": policy("{ podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }] }"),
        "pods of the own namespace": policy("{ podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }"),
        "an edge": policy("{ podSelector: { matchLabels: { portcullis.role: edge } }, ingress: [{}] }"),
        "every name to everybody": policy("{ podSelector: {}, policyTypes: [Egress], egress: [{ ports: [{ port: 53, protocol: UDP }] }] }"),
        "all addresses but some": policy("{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }] }] }"),
        "egress that is not in force": policy("{ podSelector: {}, policyTypes: [Ingress], egress: [{}] }"),
    },
    violates: {
        "nobody named": [policy("{ podSelector: {}, ingress: [{}] }"), 'NetworkPolicy "p" lets everybody in (ingress: no `from`)'],
        "ports for everybody": [policy("{ podSelector: {}, ingress: [{ ports: [{ port: 80 }] }] }"), 'NetworkPolicy "p" lets everybody in (ingress: no `from`)'],
        "every address": [policy("{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }] }"), 'NetworkPolicy "p" lets everybody in (ingress: 0.0.0.0/0)'],
        "every namespace": [policy("{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }] }] }"), 'NetworkPolicy "p" lets everybody in (ingress: every pod of every namespace)'],
        "the way out of an edge": [policy("{ podSelector: { matchLabels: { portcullis.role: edge } }, policyTypes: [Egress], egress: [{}] }"), 'NetworkPolicy "p" lets its pods out to everybody (egress: no `to`)'],
        "egress rules without types": [policy("{ podSelector: {}, egress: [{ to: [{ ipBlock: { cidr: '::/0' } }] }] }"), 'NetworkPolicy "p" lets its pods out to everybody (egress: ::/0)'],
    },
    unknown: {
        "one rule, and still refuses the other": [unknownPolicy({ podSelector: {}, ingress: [{ from: UNKNOWN }, {}] }), 'NetworkPolicy "p" lets everybody in (ingress: no `from`)'],
    },
});

const out = (egress: string) => together(pod("api"), policy(`{ podSelector: {}, policyTypes: [Egress], egress: ${egress} }`));

ruleTest(cloudMetadataReachable, {
    passes: {
        "no egress": out("[]"),
        "all but it": out("[{ to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [169.254.169.254/32] } }] }]"),
        "other ports": out("[{ to: [{ ipBlock: { cidr: 0.0.0.0/0 } }], ports: [{ port: 443 }] }]"),
        "pods only": out("[{ to: [{ namespaceSelector: {} }] }]"),
    },
    violates: {
        "no policy": [pod("api"), 'pod of Pod "api" reaches 169.254.169.254: no NetworkPolicy denies its egress'],
        "every address": [out("[{ to: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }]"), 'pod of Pod "api" reaches 169.254.169.254: NetworkPolicy "p" allows it'],
        "a range with the port": [out("[{ ports: [{ port: 1, endPort: 1024 }] }]"), 'pod of Pod "api" reaches 169.254.169.254: NetworkPolicy "p" allows it'],
        "its own range": [out("[{ to: [{ ipBlock: { cidr: 169.254.0.0/16 } }] }]"), 'pod of Pod "api" reaches 169.254.169.254: NetworkPolicy "p" allows it'],
        "the node's network": [pod("api", "hostNetwork: true,"), "pod of Pod \"api\" reaches 169.254.169.254: it is on its node's own network"],
    },
    unknown: { "the rules": [together(pod("api"), unknownPolicy({ podSelector: {}, policyTypes: ["Egress"], egress: UNKNOWN }))] },
});
