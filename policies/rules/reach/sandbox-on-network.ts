import { across, stackRule, textsOf } from "../../rule";
import { networksOf, sharedNetworks } from "../../view/stack";

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
        const sandboxes = stack.workloads.filter(workload => workload.role === "sandbox");
        return across(sandboxes, "networks", sandbox => {
            const networks = networksOf(stack, sandbox);
            const [first] = networks;
            if (first === undefined) {
                return undefined;
            }
            const open = networks.find(name => !stack.networks.some(network => network.names.includes(name) && network.internal));
            if (peers.size === 0 || open !== undefined) {
                return `is a sandbox on a network (${open ?? first})`;
            }
            const other = stack.workloads.find(workload => workload !== sandbox && !peers.has(workload.role ?? "") && sharedNetworks(stack, sandbox, workload).length > 0);
            return other === undefined ? undefined : `is a sandbox on a network with ${other.subject.name} (${sharedNetworks(stack, sandbox, other).join(", ")})`;
        });
    },
});
