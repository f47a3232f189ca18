import { noDefaultDeny } from "../../../../policies/rules/reach/no-default-deny";
import { UNKNOWN, deployment, docker, manifest, resource, ruleTest, together } from "../../../support/rule-test";

const pod = (name: string, more = "", metadata = "") => manifest(`apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, labels: { app: ${name} }${metadata} }\nspec: { ${more} containers: [] }`);
const policy = (spec: string, metadata = "name: p") => manifest(`apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { ${metadata} }\nspec: ${spec}`);
const bare = (subject: string, namespace: string, more = "") => `pod of ${subject} is not denied by default: ingress and egress (no NetworkPolicy is given for the namespace "${namespace}", where it is${more})`;
const open = (subject: string, directions: string) => `pod of ${subject} is not denied by default: ${directions} (no NetworkPolicy for that selects it)`;

ruleTest(noDefaultDeny, {
    passes: {
        "a policy for both": together(pod("api"), policy("{ podSelector: {}, policyTypes: [Ingress, Egress] }")),
        "a policy for each": together(pod("api"), policy("{ podSelector: {}, policyTypes: [Egress] }"), policy("{ podSelector: { matchLabels: { app: api } } }", "name: q")),
        "types that follow from the rules": together(pod("api"), policy("{ podSelector: {}, egress: [{}] }")),
        "the node's network": pod("api", "hostNetwork: true,"),
        "a Docker container": docker("api", {}),
    },
    violates: {
        "no policy at all, once for a namespace": [together(pod("a"), pod("b"), pod("c", "", ", namespace: shop")), bare('Pod "a"', "default", " with 1 more"), bare('Pod "c"', "shop")],
        "no policy for what goes out": [together(pod("api"), policy("{ podSelector: {} }")), open('Pod "api"', "egress")],
        "no rules for what goes out, and no types": [together(pod("api"), policy("{ podSelector: {}, egress: [] }")), open('Pod "api"', "egress")],
        "no policy for what comes in": [together(pod("api"), policy("{ podSelector: {}, policyTypes: [Egress] }")), open('Pod "api"', "ingress")],
        "a policy for others": [together(pod("api"), pod("web"), policy("{ podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress, Egress] }")), open('Pod "api"', "ingress and egress")],
        "a policy elsewhere": [together(pod("api"), policy("{ podSelector: {} }", "name: p, namespace: shop")), bare('Pod "api"', "default")],
    },
    unknown: {
        "a policy's types": [together(deployment("api", { containers: [] }), resource("kubernetes:networking.k8s.io/v1:NetworkPolicy", "p", { metadata: { name: "p" }, spec: { podSelector: {}, policyTypes: UNKNOWN } }))],
        "where a policy is": [together(deployment("api", { containers: [] }), resource("kubernetes:networking.k8s.io/v1:NetworkPolicy", "p", { metadata: { name: "p", namespace: UNKNOWN }, spec: { podSelector: {} } }))],
        "one pod's network, and still refuses the other": [together(deployment("api", { hostNetwork: UNKNOWN, containers: [] }), pod("web"), policy("{ podSelector: {} }")), open('Pod "web"', "egress")],
    },
});
