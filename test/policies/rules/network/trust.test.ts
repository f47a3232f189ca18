import { certificateNotChecked, cniWithoutPolicies } from "../../../../policies/rules/network/trust";
import { UNKNOWN, manifest, resource, ruleTest } from "../../../support/rule-test";

// The ids of the rules that this file tests: "certificate-not-checked", "cni-without-policies".

const api = (spec: string) => manifest(`apiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata: { name: a }\nspec: ${spec}`);
const clusters = (cluster: string) => manifest(`apiVersion: v1\nkind: Config\nclusters: [{ name: c, cluster: ${cluster} }]`);

ruleTest(certificateNotChecked, {
    passes: {
        "an authority": api("{ caBundle: abc }"),
        "an explicit no": api("{ insecureSkipTLSVerify: false }"),
        "a client with an authority": clusters("{ certificate-authority-data: abc }"),
        "a monitor that checks": manifest("apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: { name: m }\nspec: { endpoints: [{ port: x }] }"),
    },
    violates: {
        "an added API": [api("{ insecureSkipTLSVerify: true }"), 'APIService "a" does not check certificates (insecureSkipTLSVerify: true)'],
        "a client": [clusters("{ insecure-skip-tls-verify: true }"), 'Config "" does not check certificates (insecure-skip-tls-verify: true)'],
        "a proxy's way to its backends": [manifest("apiVersion: traefik.io/v1alpha1\nkind: ServersTransport\nmetadata: { name: t }\nspec: { insecureSkipVerify: true }"), 'ServersTransport "t" does not check certificates (insecureSkipVerify: true)'],
        "the second endpoint of a monitor": [
            manifest("apiVersion: monitoring.coreos.com/v1\nkind: PodMonitor\nmetadata: { name: m }\nspec: { podMetricsEndpoints: [{}, { tlsConfig: { insecureSkipVerify: true } }] }"),
            'PodMonitor "m" does not check certificates (insecureSkipVerify: true)',
        ],
        "a proxy's plain way": [manifest("apiVersion: traefik.io/v1alpha1\nkind: ServersTransportTCP\nmetadata: { name: t }\nspec: { tls: { insecureSkipVerify: true } }"), 'ServersTransportTCP "t" does not check certificates (insecureSkipVerify: true)'],
        "a monitor of Services": [manifest("apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: { name: m }\nspec: { endpoints: [{ tlsConfig: { insecureSkipVerify: true } }] }"), 'ServiceMonitor "m" does not check certificates (insecureSkipVerify: true)'],
    },
    unknown: { "whether": [resource("kubernetes:apiregistration.k8s.io/v1:APIService", "a", { spec: { insecureSkipTLSVerify: UNKNOWN } })] },
});

const configMap = (name: string, text: string) => manifest(JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c" }, data: { [name]: text } }));

ruleTest(cniWithoutPolicies, {
    passes: {
        "a layer that enforces": configMap("cni-conf.json", '{"plugins": [{"type": "calico"}]}'),
        "one beside it": configMap("cni-conf.json", '{"plugins": [{"type": "flannel"}, {"type": "calico"}]}'),
        "something else": configMap("settings.json", '{"plugins": [{"type": "flannel"}]}'),
        "no JSON": configMap("net.conf", "a = b"),
        "JSON without plug-ins": configMap("net-conf.json", '{"Network": "10.244.0.0/16"}'),
        "JSON that is no mapping": configMap("net-conf.json", "null"),
    },
    violates: {
        "a list": [configMap("cni-conf.json", '{"plugins": [{"type": "flannel"}, {"type": "portmap"}]}'), 'ConfigMap "c" sets up a network layer that does not enforce NetworkPolicies (flannel, in cni-conf.json)'],
        "a single plug-in": [configMap("10-cni.conflist", '{"type": "flannel"}'), 'ConfigMap "c" sets up a network layer that does not enforce NetworkPolicies (flannel, in 10-cni.conflist)'],
    },
    unknown: { "the text": [resource("kubernetes:core/v1:ConfigMap", "c", { data: { "cni-conf.json": UNKNOWN } })] },
});
