import { duplicateExternalName, sameSelector, serviceAliasesLocalhost, serviceLinks, serviceSelectsNothing } from "../../../../policies/rules/network/services";
import { impossibleContainerPort, impossiblePort, servicePortOutsideRange, unnamedPort } from "../../../../policies/rules/network/service-ports";
import { UNKNOWN, cronJob, deployment, docker, manifest, resource, ruleTest, together } from "../../../support/rule-test";

// The ids of the rules that this file tests: "duplicate-external-name", "services-select-the-same", "service-aliases-localhost", "service-links",
// "service-selects-nothing", "impossible-container-port", "impossible-port", "service-port-outside-range", "unnamed-port".

const service = (spec: string, metadata = "name: s") => manifest(`apiVersion: v1\nkind: Service\nmetadata: { ${metadata} }\nspec: ${spec}`);
const pod = (name: string, metadata = "") => manifest(`apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, labels: { app: ${name} }${metadata} }\nspec: { containers: [{ name: ${name} }] }`);
const pulumi = (spec: object, metadata: object = { name: "s" }) => resource("kubernetes:core/v1:Service", "s", { metadata, spec });

const monitor = (spec: string) => manifest(`apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: { name: m }\nspec: ${spec}`);

ruleTest(serviceSelectsNothing, {
    passes: {
        "pods that there are": together(pod("web"), service("{ selector: { app: web } }")),
        "no selector": together(pod("web"), service("{ ports: [{ port: 80 }] }")),
        "an outside name": together(pod("web"), service("{ type: ExternalName, externalName: a.example.com, selector: { app: x } }")),
        "a run without workloads": service("{ selector: { app: web } }"),
        "a namespace without workloads": together(pod("web"), service("{ selector: { app: x } }", "name: s, namespace: shop")),
        "a monitor of namespaces of which nothing is given": together(service("{}", "name: s, namespace: a"), monitor("{ namespaceSelector: { matchNames: [b] } }")),
        "a monitor of all namespaces": together(service("{}", "name: s, namespace: a"), monitor("{ namespaceSelector: { any: true, matchNames: [b] } }")),
        "a monitor of a namespace, and a Service that names none": together(service("{}", "name: s"), monitor("{ namespaceSelector: { matchNames: [b] } }")),
        "a monitor of a Service": together(service("{ selector: { app: web } }", "name: s, labels: { app: web }"), manifest("apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: { name: m }\nspec: { selector: { matchLabels: { app: web } } }")),
    },
    violates: {
        "a misspelt label": [together(pod("web"), service("{ selector: { app: wep } }")), 'Service "s" selects no pod that is given'],
        "one label of two": [together(pod("web"), service("{ selector: { app: web, tier: front } }")), 'Service "s" selects no pod that is given'],
        "a monitor of nothing": [
            together(service("{}", "name: s, labels: { app: web }"), manifest("apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: { name: m }\nspec: { selector: { matchLabels: { app: x } } }")),
            'ServiceMonitor "m" selects no Service that is given',
        ],
        "a monitor of another namespace": [
            together(monitor("{ namespaceSelector: { matchNames: [b, c] } }"), service("{}", "name: s, namespace: a"), service("{}", "name: t, namespace: b, labels: { app: y }"), monitor("{ selector: { matchLabels: { app: x } }, namespaceSelector: { matchNames: [b] } }")),
            'ServiceMonitor "m" selects no Service that is given',
        ],
    },
    unknown: {
        "a Service's selector, and still refuses a monitor": [
            together(pod("web"), pulumi({ selector: { app: UNKNOWN } }), manifest("apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: { name: m }\nspec: { selector: { matchLabels: { app: x } } }")),
            'ServiceMonitor "m" selects no Service that is given',
        ],
        "its selector, and still refuses the other": [
            together(pod("web"), pulumi({ selector: { app: UNKNOWN } }), service("{ selector: { app: x } }", "name: t")), 'Service "t" selects no pod that is given',
        ],
    },
});

ruleTest(serviceSelectsNothing, {
    settings: { complete: true },
    passes: {
        "pods that there are": together(pod("web"), service("{ selector: { app: web } }")),
        "a monitor of the namespace that everything lands in": together(service("{}", "name: s"), monitor("{ namespaceSelector: { matchNames: [default] } }")),
    },
    violates: {
        "a Service alone": [service("{ selector: { app: web } }"), 'Service "s" selects no pod that is given'],
        "a monitor of another namespace": [together(service("{}", "name: s"), monitor("{ namespaceSelector: { matchNames: [b] } }")), 'ServiceMonitor "m" selects no Service that is given'],
        "a monitor alone": [monitor("{ namespaceSelector: { matchNames: [b] } }"), 'ServiceMonitor "m" selects no Service that is given'],
    },
});

ruleTest(sameSelector, {
    passes: {
        "selectors of their own": together(service("{ selector: { app: a } }"), service("{ selector: { app: b } }", "name: t")),
        "namespaces of their own": together(service("{ selector: { app: a } }"), service("{ selector: { app: a } }", "name: t, namespace: shop")),
        "no selectors": together(service("{}"), service("{}", "name: t")),
    },
    violates: {
        "one selector": [
            together(service("{ selector: { app: a, b: c } }"), service("{ selector: { b: c, app: a } }", "name: t")),
            'Service "s" selects the same pods as Service "t"', 'Service "t" selects the same pods as Service "s"',
        ],
    },
    unknown: { "one of them": [together(pulumi({ selector: UNKNOWN }), service("{ selector: { app: a } }", "name: t"))] },
});

ruleTest(serviceAliasesLocalhost, {
    passes: {
        "a name outside": service("{ type: ExternalName, externalName: db.example.com }"),
        "a Service of pods": service("{ selector: { app: a } }"),
        "a name that only begins so": service("{ type: ExternalName, externalName: localhost.example.com }"),
    },
    violates: {
        "the local host": [service("{ type: ExternalName, externalName: localhost }"), 'Service "s" is another name for localhost'],
        "with a dot": [service("{ type: ExternalName, externalName: LOCALHOST. }"), 'Service "s" is another name for LOCALHOST.'],
        "an address": [service("{ type: ExternalName, externalName: 127.0.0.53 }"), 'Service "s" is another name for 127.0.0.53'],
        "an address of version 6": [service("{ type: ExternalName, externalName: '::1' }"), 'Service "s" is another name for ::1'],
        "a name below it": [service("{ type: ExternalName, externalName: db.localhost }"), 'Service "s" is another name for db.localhost'],
        "the metadata of a cloud": [service("{ type: ExternalName, externalName: 169.254.169.254 }"), 'Service "s" is another name for 169.254.169.254'],
    },
    unknown: { "the name": [pulumi({ type: "ExternalName", externalName: UNKNOWN })] },
});

ruleTest(servicePortOutsideRange, {
    passes: { "any port where nothing is agreed": service("{ ports: [{ port: 9100 }] }") },
    violates: {},
});
ruleTest(servicePortOutsideRange, {
    settings: { ranges: ["443", "8000-8999"], nodeRanges: ["8000"] },
    passes: { "agreed ports": service("{ ports: [{ port: 443 }, { port: 8999, nodePort: 8000 }] }") },
    violates: {
        "another": [service("{ ports: [{ port: 9000 }] }"), 'Service "s" takes port 9000, which is not in the agreed ranges'],
        "another of the node": [service("{ ports: [{ port: 443, nodePort: 30000 }] }"), 'Service "s" takes port 30000, which is not in the agreed ranges'],
    },
    unknown: { "one port, and still refuses the other": [pulumi({ ports: [{ port: UNKNOWN }, { port: 1 }] }), 'Service "s" takes port 1, which is not in the agreed ranges'] },
});

ruleTest(impossiblePort, {
    passes: { "numbers and names": service("{ ports: [{ port: 1, targetPort: 65535 }, { port: 80, targetPort: http }, { port: 81, targetPort: n-3456789012345 }] }") },
    violates: {
        "too large": [service("{ ports: [{ port: 65536 }] }"), 'Service "s" has a port that cannot be (65536)'],
        "none": [service("{ ports: [{ port: 0 }] }"), 'Service "s" has a port that cannot be (0)'],
        "a long name": [service("{ ports: [{ port: 1, targetPort: n234567890123456 }] }"), 'Service "s" leads to a port that cannot be (n234567890123456)'],
        "a name in capitals": [service("{ ports: [{ port: 1, targetPort: HTTP }] }"), 'Service "s" leads to a port that cannot be (HTTP)'],
    },
    unknown: { "the port": [pulumi({ ports: [{ port: UNKNOWN }] })] },
});

ruleTest(impossibleContainerPort, {
    passes: { "ports with names": cronJob("c", { containers: [{ name: "a", ports: [{ name: "http", containerPort: 80 }, { containerPort: 81 }] }] }), "a Docker container": docker("a", { ports: [{ internal: 0 }] }) },
    violates: {
        "a number": [deployment("d", { containers: [{ name: "a", ports: [{ containerPort: 123456 }] }] }), 'container "a" of Deployment "d" has a port that cannot be (123456)'],
        "a name of digits": [deployment("d", { initContainers: [{ name: "a", ports: [{ name: "12", containerPort: 12 }] }] }), 'init container "a" of Deployment "d" has a port whose name cannot be one (12)'],
        "two hyphens": [deployment("d", { containers: [{ name: "a", ports: [{ name: "a--b", containerPort: 12 }] }] }), 'container "a" of Deployment "d" has a port whose name cannot be one (a--b)'],
    },
    unknown: { "the ports": [deployment("d", { containers: [{ name: "a", ports: UNKNOWN }] })] },
});

ruleTest(unnamedPort, {
    passes: { "a name": deployment("d", { containers: [{ name: "a", ports: [{ name: "http", containerPort: 80 }] }] }), "no port": deployment("d", { containers: [{ name: "a" }] }) },
    violates: { "no name": [deployment("d", { containers: [{ name: "a", ports: [{ containerPort: 80 }] }] }), 'container "a" of Deployment "d" has a port without a name (80)'] },
    unknown: { "the name": [deployment("d", { containers: [{ name: "a", ports: [{ name: UNKNOWN, containerPort: 80 }] }] })] },
});

const claiming = (name: string, host: string) => service("{}", `name: ${name}, annotations: { external-dns.alpha.kubernetes.io/hostname: '${host}' }`);
ruleTest(duplicateExternalName, {
    passes: {
        "names of their own": together(claiming("a", "a.example.com"), claiming("b", "b.example.com")),
        "the same object twice": together(claiming("a", "a.example.com"), claiming("a", "a.example.com")),
        "no names": together(service("{}"), service("{}", "name: t")),
    },
    violates: {
        "one name": [together(claiming("a", "x.example.com, a.example.com"), claiming("b", "A.example.com.")), 'Service "b" claims the outside name a.example.com, as Service "a" does'],
    },
    unknown: { "the annotations": [pulumi({}, { name: "s", annotations: UNKNOWN })] },
});

ruleTest(serviceLinks, {
    passes: { "turned off": deployment("d", { enableServiceLinks: false, containers: [] }), "a Docker container": docker("a", {}) },
    violates: {
        "silence": [cronJob("c", { containers: [] }), 'pod of CronJob "c" gets the address of every Service of its namespace as variables'],
        "turned on": [deployment("d", { enableServiceLinks: true, containers: [] }), 'pod of Deployment "d" gets the address of every Service of its namespace as variables'],
    },
    unknown: { "whether": [deployment("d", { enableServiceLinks: UNKNOWN, containers: [] })] },
});
