import { each, objectRule, podContainerRule, textsOf } from "../../rule";

/** Ports that a house has agreed on keep its firewalls and its people from surprises. */
export const servicePortOutsideRange = objectRule({
    id: "service-port-outside-range",
    severity: "low",
    title: "Ports of Services are in the ranges that the house has agreed on",
    fix: "take a port of the agreed ranges",
    benchmarks: ["Kubernetes: Service, port definitions"],
    controls: [],
    types: ["/Service"],
    parameters: {
        ranges: { type: "array", items: { type: "string" }, default: [], description: "ports and ranges of ports (`443`, `32000-33000`) that Services may take; none is judged where it is empty" },
        nodeRanges: { type: "array", items: { type: "string" }, default: [], description: "the same for ports that they take of every node" },
    },

    check({ value }, settings) {
        const kinds = [["port", "ranges"], ["nodePort", "nodeRanges"]] as const;
        return each(value.get("spec", "ports").items, port => {
            const outside = kinds.flatMap(([field, name]) => {
                const ranges = textsOf(settings, name);
                const number = ranges.length === 0 ? undefined : port.get(field).number;
                return number === undefined || isAgreed(ranges, number) ? [] : [number];
            });
            return outside.length === 0 ? undefined : `takes port ${outside.join(" and ")}, which is not in the agreed ranges`;
        });
    },
});

function isAgreed(ranges: readonly string[], port: number): boolean {
    return ranges.map(text => text.split("-").map(Number)).some(([from = 0, to = from]) => port >= from && port <= to);
}

/** A port with a name can move without its Services and policies, which name it, being wrong. */
export const unnamedPort = podContainerRule({
    id: "unnamed-port",
    severity: "low",
    title: "Every port of a container has a name",
    fix: "give the port a name, and let Services and NetworkPolicies use it",
    benchmarks: ["Kubernetes: Service, port definitions"],
    controls: [],
    optional: true,

    check(container) {
        return each(container.source.get("ports").items, port => port.get("name").present ? undefined : `has a port without a name (${port.get("containerPort").text ?? ""})`);
    },
});

/** What no API server takes: a port that is none, or a name that cannot be one (RFC 6335). */
export const impossiblePort = objectRule({
    id: "impossible-port",
    severity: "low",
    title: "Services and containers name ports that there can be",
    fix: "take a number from 1 to 65535, or a name of at most 15 lower-case letters, digits and hyphens with a letter in it",
    benchmarks: ["Kubernetes: Service, port definitions"],
    controls: [],
    types: ["/Service"],

    check({ value }) {
        return each(value.get("spec", "ports").items, port => {
            const { text: number } = port.get("port");
            const { text: target } = port.get("targetPort");
            return number !== undefined && !isNumber(number) ? `has a port that cannot be (${number})`
                : target !== undefined && !isNumber(target) && !isName(target) ? `leads to a port that cannot be (${target})` : undefined;
        });
    },
});

/** The same of what a container says that it listens on. */
export const impossibleContainerPort = podContainerRule({
    id: "impossible-container-port",
    severity: "low",
    title: "Containers name ports that there can be",
    fix: "take a number from 1 to 65535, and for its name at most 15 lower-case letters, digits and hyphens with a letter in it",
    benchmarks: ["Kubernetes: Service, port definitions"],
    controls: [],

    check(container) {
        return each(container.source.get("ports").items, port => {
            const { text: number } = port.get("containerPort");
            const { text: name } = port.get("name");
            return number !== undefined && !isNumber(number) ? `has a port that cannot be (${number})`
                : name !== undefined && !isName(name) ? `has a port whose name cannot be one (${name})` : undefined;
        });
    },
});

function isNumber(text: string): boolean {
    return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535;
}

function isName(text: string): boolean {
    return /^[a-z0-9](?:[a-z0-9-]{0,13}[a-z0-9])?$/.test(text) && /[a-z]/.test(text) && !text.includes("--");
}
