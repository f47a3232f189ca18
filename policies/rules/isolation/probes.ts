import { each, podContainerRule, podRule, textsOf } from "../../rule";
import { along } from "../../view/way";
import type { Rule } from "../../rule";
import type { ContainerView } from "../../view/types";
import type { Value } from "../../view/value";

const HANDLERS = [["livenessProbe"], ["readinessProbe"], ["startupProbe"], ["lifecycle", "postStart"], ["lifecycle", "preStop"]] as const;

/** What the kubelet does for a container: probes and hooks, those that are there. */
function handlers({ source }: ContainerView): readonly Value[] {
    return HANDLERS.map(keys => along(source, ...keys));
}

/** The node itself makes the connection: a pod that names the host makes it speak to whatever the node reaches. */
const hostInProbe = podContainerRule({
    id: "host-in-probe",
    severity: "medium",
    title: "Probes and hooks reach the pod itself and nothing else",
    fix: "take `host` out; a Host header belongs into httpHeaders",
    benchmarks: ["PSS baseline: Host Probes / Lifecycle Hooks"],
    controls: ["SC-43"],

    check(container) {
        const hosts = handlers(container).flatMap(handler => ["httpGet", "tcpSocket"].map(kind => ({
            path: handler.path, get text() { return handler.get(kind, "host").text ?? ""; }, name: handler.path.at(-1) ?? "",
        })));
        return each(hosts, ({ text, name }) => text === "" ? undefined : `makes its node connect to ${text} (${name})`);
    },
});

/** A probe runs for as long as its container does: a shell in it takes whatever the environment says. */
const commandInProbe = podContainerRule({
    id: "command-in-probe",
    severity: "low",
    title: "Probes run no shell and no tool that is meant for a person",
    fix: "use httpGet, tcpSocket or grpc, or a program that is made for the probe",
    benchmarks: ["Kubernetes: Configure Liveness, Readiness and Startup Probes"],
    controls: [],
    // Many images have nothing else to be asked by.
    optional: true,
    parameters: {
        commands: { type: "array", items: { type: "string" }, default: ["ash", "bash", "dash", "jcmd", "ksh", "ls", "ps", "sh", "zsh"], description: "programs that probes may not run" },
    },

    check(container, settings) {
        const refused = new Set(textsOf(settings, "commands"));
        const words = handlers(container).slice(0, 3).flatMap(handler => along(handler, "exec", "command").items);
        return each(words, word => {
            const found = (word.text ?? "").split(/[\s;|&()]+/).find(part => refused.has(part.split("/").at(-1) ?? ""));
            return found === undefined ? undefined : `runs ${found} in a probe`;
        });
    },
});

/** Names that a pod writes into its own hosts file lead where no name server says. */
const hostAliasesSet = podRule({
    id: "host-aliases-set",
    severity: "low",
    title: "No pod writes names into its hosts file",
    fix: "take hostAliases out, and use Services, ExternalName Services or the cluster's DNS",
    benchmarks: ["Kubernetes: Adding entries to Pod /etc/hosts with HostAliases"],
    controls: [],
    // The opposite of host-aliases-missing: a house chooses.
    optional: true,

    check(workload) {
        const aliases = workload.source.get("spec", "hostAliases");
        return each(aliases.items, alias => `writes ${alias.get("ip").text ?? ""} into its hosts file`);
    },
});

/** Where entries are declared the kubelet manages the file, so that what a program adds does not last. */
const hostAliasesMissing = podRule({
    id: "host-aliases-missing",
    severity: "low",
    title: "Entries of the hosts file are declared",
    fix: "declare the entries that the program needs as hostAliases",
    benchmarks: ["Kubernetes: Adding entries to Pod /etc/hosts with HostAliases"],
    controls: [],
    // The opposite of host-aliases-set: a house chooses.
    optional: true,

    check(workload) {
        const aliases = workload.source.get("spec", "hostAliases");
        return aliases.present && aliases.items.length > 0 ? undefined : { message: "declares no entries of its hosts file (hostAliases: not set)", at: workload.path };
    },
});

export const PROBE_RULES: readonly Rule[] = [commandInProbe, hostAliasesMissing, hostAliasesSet, hostInProbe];
