import { OPEN_SERVICE_RULES } from "../../../../policies/rules/network/open-services";
import { UNKNOWN, manifest, resource, ruleTest } from "../../../support/rule-test";
import type { Rule } from "../../../../policies/rule";

const rule = (id: string): Rule => OPEN_SERVICE_RULES.find(each => each.id === id)!;
const service = (spec: string, metadata = "name: s") => manifest(`apiVersion: v1\nkind: Service\nmetadata: { ${metadata} }\nspec: ${spec}`);
const unknown = (field: string) => resource("kubernetes:core/v1:Service", "s", { metadata: { name: "s" }, spec: { [field]: UNKNOWN } });

ruleTest(rule("node-port-service"), {
    passes: { "a Service of the cluster": service("{ ports: [{ port: 80 }] }"), "a load balancer": service("{ type: LoadBalancer }") },
    violates: { "a port of every node": [service("{ type: NodePort }"), 'Service "s" takes a port of every node'] },
    unknown: { "its type": [unknown("type")] },
});

ruleTest(rule("load-balancer-service"), {
    passes: {
        "a port of every node": service("{ type: NodePort }"),
        ...Object.fromEntries([
            ["service.beta.kubernetes.io/aws-load-balancer-internal", "true"], ["service.beta.kubernetes.io/aws-load-balancer-scheme", "internal"],
            ["service.beta.kubernetes.io/azure-load-balancer-internal", "true"], ["cloud.google.com/load-balancer-type", "Internal"], ["service.beta.kubernetes.io/openstack-internal-load-balancer", "true"],
        ].map(([name = "", value = ""]) => [`${name}: ${value}`, service("{ type: LoadBalancer }", `name: s, annotations: { ${name}: '${value}' }`)])),
        "one for addresses of one's own": service("{ type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8] }"),
    },
    violates: {
        "one of the outside": [service("{ type: LoadBalancer }"), 'Service "s" has a load balancer that the outside reaches'],
        "one that says that it is not inside": [
            service("{ type: LoadBalancer }", "name: s, annotations: { service.beta.kubernetes.io/aws-load-balancer-internal: 'false' }"), 'Service "s" has a load balancer that the outside reaches',
        ],
        "one for a range that is no range": [service("{ type: LoadBalancer, loadBalancerSourceRanges: [all] }"), 'Service "s" has a load balancer that the outside reaches'],
    },
    unknown: { "its type": [unknown("type")] },
});

ruleTest(rule("service-external-address"), {
    passes: { "none": service("{ externalIPs: [] }"), "a load balancer": service("{ type: LoadBalancer }") },
    violates: {
        "two": [service("{ externalIPs: [192.0.2.1, 192.0.2.2] }"), 'Service "s" claims addresses outside the cluster (192.0.2.1, 192.0.2.2)'],
        "one beside a load balancer": [service("{ type: LoadBalancer, externalIPs: [192.0.2.1] }"), 'Service "s" claims addresses outside the cluster (192.0.2.1)'],
    },
    unknown: { "the addresses": [unknown("externalIPs")] },
});
