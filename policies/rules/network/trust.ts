import { each, objectRule } from "../../rule";
import { Malformed } from "../../view/unfinished";
import type { Value } from "../../view/value";

/** Whoever is between the two can be the other, where certificates are not checked. */
export const certificateNotChecked = objectRule({
    id: "certificate-not-checked",
    severity: "high",
    title: "Clients of the cluster and its added APIs check certificates",
    fix: "give the authority that signed the certificate (`caBundle`, `certificate-authority-data`, a root CA) and take the switch out",
    benchmarks: ["Kubernetes: APIService, insecureSkipTLSVerify"],
    controls: [],
    types: [
        "/Config", "apiregistration.k8s.io/APIService", "traefik.io/ServersTransport", "traefik.containo.us/ServersTransport",
        "traefik.io/ServersTransportTCP", "monitoring.coreos.com/ServiceMonitor", "monitoring.coreos.com/PodMonitor",
    ],

    check({ type, value }) {
        return each(switchesOf(type, value), item => item.flag === true ? `does not check certificates (${String(item.path.at(-1))}: true)` : undefined);
    },
});

function switchesOf(type: string, value: Value): readonly Value[] {
    const spec = () => value.get("spec");
    switch (type) {
        case "/Config":
            return value.get("clusters").items.map(item => item.get("cluster", "insecure-skip-tls-verify"));
        case "apiregistration.k8s.io/APIService":
            return [spec().get("insecureSkipTLSVerify")];
        case "traefik.io/ServersTransportTCP":
            return [spec().get("tls", "insecureSkipVerify")];
        case "monitoring.coreos.com/ServiceMonitor":
            return spec().get("endpoints").items.map(item => item.get("tlsConfig", "insecureSkipVerify"));
        case "monitoring.coreos.com/PodMonitor":
            return spec().get("podMetricsEndpoints").items.map(item => item.get("tlsConfig", "insecureSkipVerify"));
        default:
            return [spec().get("insecureSkipVerify")];
    }
}

/** A NetworkPolicy is a wish: where the network layer does not know it, nothing is denied, and nobody says so. */
export const cniWithoutPolicies = objectRule({
    id: "cni-without-policies",
    severity: "medium",
    title: "The cluster's network layer enforces NetworkPolicies",
    fix: "use a network layer that enforces them, such as Calico, Cilium or Antrea, or add one that does beside it",
    benchmarks: ["CIS Kubernetes 5.3.1", "NSA/CISA: Network separation"],
    controls: ["SC-01"],
    types: ["/ConfigMap"],

    check({ value }) {
        const data = value.get("data");
        const files = !data.present ? [] : data.entries.filter(([name]) => /\.(?:json|conf|conflist)$/.test(name) && /cni|net/.test(name));
        return each(files.map(([name, file]) => ({ name, file, path: file.path })), ({ name, file }) => {
            const plugins = pluginsOf(file);
            const idle = plugins.find(plugin => IDLE.has(plugin));
            return idle === undefined || plugins.some(plugin => ENFORCING.test(plugin)) ? undefined
                : `sets up a network layer that does not enforce NetworkPolicies (${idle}, in ${name})`;
        });
    },
});

const IDLE: ReadonlySet<string> = new Set(["flannel"]);
const ENFORCING = /calico|cilium|antrea|kube-router|weave|canal|azure|aws-cni|kindnet/;

/** Names of the plug-ins of a CNI configuration, a list or a single one; none where it is no such thing. */
function pluginsOf(file: Value): readonly string[] {
    const text = file.text ?? "";
    try {
        const parsed = JSON.parse(text) as { readonly type?: unknown; readonly plugins?: unknown } | null;
        const plugins: unknown[] = Array.isArray(parsed?.plugins) ? parsed.plugins : [parsed];
        return plugins.map(plugin => String((plugin as { readonly type?: unknown } | null)?.type ?? ""));
    } catch {
        if (/"cniVersion"/.test(text)) {
            throw new Malformed(file.path, "a CNI configuration in JSON");
        }
        return [];
    }
}
