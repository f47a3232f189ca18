import { objectRule } from "../../rule";
import { internalLoadBalancer } from "../../view/net/service";
import type { Rule, Severity } from "../../rule";
import type { Value } from "../../view/value";

/** One way that a Service is open to more than its cluster. `port-published` judges all of them, and knows the edge. */
interface Opening {
    readonly id: string;
    readonly severity: Severity;
    readonly title: string;
    readonly fix: string;
    readonly field: string;
    readonly fault: (service: Value) => string | undefined;
}

const typeOf = (service: Value): string | undefined => service.get("spec", "type").text;

const OPENINGS: readonly Opening[] = [
    {
        id: "node-port-service", severity: "low", field: "type",
        title: "No Service takes a port of every node",
        fix: "make it a ClusterIP, and let an Ingress or a Gateway lead to it",
        fault: service => typeOf(service) === "NodePort" ? "takes a port of every node" : undefined,
    },
    {
        id: "load-balancer-service", severity: "medium", field: "type",
        title: "No Service has a load balancer that the outside reaches",
        fix: "make it a ClusterIP behind the edge, or tell the cloud to make the load balancer inside",
        fault: service => typeOf(service) === "LoadBalancer" && !internalLoadBalancer(service) ? "has a load balancer that the outside reaches" : undefined,
    },
    {
        id: "service-external-address", severity: "high", field: "externalIPs",
        title: "No Service claims addresses outside the cluster",
        fix: "take externalIPs out: whoever may write a Service can take over an address by it (CVE-2020-8554)",
        fault(service) {
            const addresses = service.get("spec", "externalIPs").items.map(address => address.text ?? "");
            return addresses.length > 0 ? `claims addresses outside the cluster (${addresses.join(", ")})` : undefined;
        },
    },
];

export const OPEN_SERVICE_RULES: readonly Rule[] = OPENINGS.map(({ id, severity, title, fix, field, fault }) => objectRule({
    id, severity, title, fix,
    benchmarks: ["Kubernetes: Service, publishing Services", ...id === "service-external-address" ? ["Kubernetes: CVE-2020-8554"] : []],
    controls: ["SC-02"],
    optional: true,
    types: ["/Service"],

    check({ value }) {
        const message = fault(value);
        return message === undefined ? undefined : { message, at: value.get("spec", field).path };
    },
}));
