import { systemsShareNetwork } from "../../../../policies/rules/reach/systems-share-network";
import { UNKNOWN, compose, docker, manifest, resource, ruleTest, together } from "../../../support/rule-test";

const of = (system: string, name: string, ...networks: string[]) => docker(name, { labels: [{ label: "portcullis.system", value: system }], networksAdvanced: networks.map(network => ({ name: network })) });
const pod = (name: string, system: string, namespace = "default") => manifest(`apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: ${namespace}, labels: { app: ${name}, app.kubernetes.io/part-of: ${system} } }\nspec: { containers: [] }`);
const policy = (app: string, spec: string) => manifest(`apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${app}, namespace: default }\nspec: { podSelector: { matchLabels: { app: ${app} } }, ${spec} }`);
const takes = (name: string, other: string, from: string) => `pod of Pod "${name}" takes traffic from another system (${other}): ${from} → the cluster's network → ${name}`;

ruleTest(systemsShareNetwork, {
    passes: {
        "networks of their own": together(of("shop", "web", "a"), of("wiki", "wiki", "b")),
        "one system": together(of("shop", "web", "a"), of("shop", "db", "a")),
        "what says nothing of its system": together(of("shop", "web", "a"), docker("x", { networksAdvanced: [{ name: "a" }] })),
        "a project of Compose": compose({ services: { a: {}, b: {} } }),
        "pods of one system": together(pod("a", "shop"), pod("b", "shop")),
        "pods that take from their own only": together(pod("a", "shop"), pod("b", "wiki"), policy("a", "ingress: [{ from: [{ podSelector: { matchLabels: { app: a } } }] }]"), policy("b", "ingress: []")),
        "pods that are let in by name": together(pod("a", "shop"), pod("b", "wiki"), policy("a", "ingress: [{ from: [{ podSelector: { matchLabels: { app: b } } }] }]"), policy("b", "ingress: []")),
    },
    violates: {
        "a network": [
            together(of("shop", "web", "a", "b"), of("wiki", "wiki", "b")), 'container "web" shares a network with another system: web (shop) → network b → wiki (wiki)',
        ],
        "a network, said once": [
            together(of("shop", "web", "a"), of("shop", "db", "a"), of("wiki", "wiki", "a")), 'container "web" shares a network with another system: web (shop) → network a → wiki (wiki)',
        ],
        "projects by Docker's own label": [
            together(...["p", "q"].map(project => docker(project, { labels: [{ label: "com.docker.compose.project", value: project }], networksAdvanced: [{ name: "a" }] }))),
            'container "p" shares a network with another system: p (p) → network a → q (q)',
        ],
        "systems within a project": [
            compose({ services: { a: { labels: { "portcullis.system": "one" } }, b: { labels: { "portcullis.system": "two" } } } }), 'service "a" shares a network with another system: a (one) → network default → b (two)',
        ],
        "pods without policies, each system once": [together(pod("a", "shop"), pod("a2", "shop"), pod("b", "wiki")), takes("a", "wiki", "b"), takes("b", "shop", "a")],
        "pods of other namespaces": [together(pod("a", "shop"), pod("b", "wiki", "wiki"), policy("a", "ingress: [{ from: [{ namespaceSelector: {} }] }]")), takes("a", "wiki", "b"), takes("b", "shop", "a")],
    },
    unknown: {
        "a system": [together(of("shop", "web", "a"), docker("x", { labels: UNKNOWN, networksAdvanced: [{ name: "a" }] }))],
        "one network, and still sees the other": [
            together(of("shop", "web", "a"), of("wiki", "wiki", "a"), of("blog", "blog", UNKNOWN)), 'container "web" shares a network with another system: web (shop) → network a → wiki (wiki)',
        ],
        "a policy": [together(pod("a", "shop"), pod("b", "wiki"), policy("b", "ingress: []"), resource("kubernetes:networking.k8s.io/v1:NetworkPolicy", "p", { metadata: { name: "p" }, spec: { podSelector: UNKNOWN } }))],
    },
});
