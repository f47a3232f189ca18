import { across, stackRule } from "../../rule";
import { engineNetworks } from "../../view/net/engine-networks";

/** On a network with a way out, an intruder fetches tools and carries data off; an internal one has no way out. */
export const networkNotInternal = stackRule({
    id: "network-not-internal",
    severity: "medium",
    title: "Every network but the edge's own is internal",
    fix: "set `internal: true`; only a network that the edge alone is on may have a way out",
    benchmarks: ["CIS Docker 5.30", "NIST SP 800-190 4.3.3"],
    controls: ["RAGFLOW-NET-01", "RAGAMUFFIN-NET-04", "SC-01"],

    check(stack) {
        const engine = engineNetworks(stack);
        return across(stack.networks, "internal", network => {
            if (network.external) {
                return "is made elsewhere, so that nothing here says that it is internal";
            }
            if (network.internal) {
                return undefined;
            }
            const members = [...new Set(network.names.flatMap(engine.membersOf))];
            const others = members.filter(member => member.role !== "edge");
            const doubt = engine.doubt();
            if (others.length === 0 && doubt !== undefined) {
                throw doubt;
            }
            if (members.length > 0 && others.length === 0) {
                return undefined;
            }
            return `has a way out (internal: not set)${others.length > 0 ? `, for ${others.map(other => other.subject.name).join(", ")}` : ""}`;
        });
    },
});
