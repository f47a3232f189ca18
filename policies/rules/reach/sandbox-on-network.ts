import { across, stackRule, textsOf } from "../../rule";
import { engineNetworks } from "../../view/net/engine-networks";
import { first } from "../../view/net/known";
import { ofRole } from "./roles";
import type { EngineNetworks } from "../../view/net/engine-networks";

/** Code that nobody has read runs in a sandbox: from any network it could attack what else is there, or carry data out. */
export const sandboxOnNetwork = stackRule({
    id: "sandbox-on-network",
    severity: "high",
    title: "A sandbox has no network",
    fix: "set `network_mode: none`, or let it share an internal network only with the roles that are declared",
    benchmarks: ["NIST SP 800-190 4.3.3"],
    controls: ["RAGFLOW-BASE-01", "ORCHESTRATOR-SANDBOX-02", "RAGAMUFFIN-FLOW-02", "SC-44", "SC-01"],
    parameters: {
        peers: { type: "array", items: { type: "string" }, default: [], description: "roles that a sandbox may share an internal network with" },
    },

    check(stack, settings) {
        const peers = new Set(textsOf(settings, "peers"));
        const engine = engineNetworks(stack);
        return across(ofRole(stack, "sandbox").map(({ workload }) => workload), "networks", sandbox => {
            if (sandbox.role !== "sandbox" || sandbox.platform === "kubernetes") {
                return undefined;
            }
            const { names, doubt } = engine.networksOf(sandbox);
            const [network] = names;
            if (network === undefined) {
                if (doubt !== undefined) {
                    throw doubt;
                }
                return undefined;
            }
            const open = names.find(name => isOpen(engine, name));
            if (peers.size === 0 || open !== undefined) {
                return `is a sandbox on a network (${open ?? network})`;
            }
            const found = first(names, name => first(engine.membersOf(name), other => other === sandbox || peers.has(other.role ?? "") ? undefined : { name, other }));
            if (found === undefined && (doubt ?? engine.doubt()) !== undefined) {
                throw doubt ?? engine.doubt() as Error;
            }
            return found === undefined ? undefined : `is a sandbox on a network with ${found.other.subject.name} (${found.name})`;
        });
    },
});

/** Whether nothing here says that a network is internal. */
function isOpen(engine: EngineNetworks, name: string): boolean {
    const network = engine.named(name);
    return network?.internal !== true || network.external;
}
