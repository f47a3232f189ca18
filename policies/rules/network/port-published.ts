import { exposureRule, textsOf } from "../../rule";
import { isLoopback } from "../../view/net/address";

/** Whatever listens on the host's addresses is offered to everybody who reaches the host; Docker's ports pass its firewall by. */
export const portPublished = exposureRule({
    id: "port-published",
    severity: "high",
    title: "Only the edge is reachable from outside, on its agreed ports",
    fix: "take the port out and let the edge route to it, or bind it to 127.0.0.1",
    benchmarks: ["CIS Docker 5.9", "CIS Docker 5.14", "NIST SP 800-190 4.4.2"],
    controls: ["RAGFLOW-NET-01", "RAGFLOW-NET-06", "RAGAMUFFIN-NET-05", "CTM-NET-01", "SC-02", "SC-03"],
    parameters: {
        ports: { type: "array", items: { type: "string" }, default: ["443", "80"], description: "ports that a workload of the role `edge` may publish" },
        addresses: { type: "array", items: { type: "string" }, default: [], description: "external addresses that Services may claim" },
    },

    check(exposure, settings) {
        const { how } = exposure;
        if (how === "none" || how === "host port") {
            return undefined;
        }
        const { port, address } = exposure;
        if (how === "external address") {
            const agreed = textsOf(settings, "addresses");
            return address?.split(", ").every(each => agreed.includes(each)) === true ? undefined : SENTENCES[how](`port ${port ?? ""}`);
        }
        const loopback = address !== undefined && isLoopback(address);
        const ports = new Set(textsOf(settings, "ports"));
        const edge = how !== "all ports" && how !== "node port" && exposure.role === "edge" && port !== undefined && ports.has(port);
        return loopback || edge ? undefined : SENTENCES[how](port === undefined ? "a port that the engine chooses" : `port ${port}`, address);
    },
});

const SENTENCES = {
    "published": (port: string, address: string | undefined) => `publishes ${port} on ${address === undefined || address === "" || /^(?:0\.0\.0\.0|::)$/.test(address) ? "every address of the host" : address}`,
    "all ports": () => "publishes every port that its image exposes",
    "node port": (port: string) => `is reachable on every node, ${port}`,
    "load balancer": (port: string) => `is reachable through a load balancer, ${port}`,
    "external address": (port: string) => `is reachable on external addresses, ${port}`,
};
