import { PROBE_RULES } from "../../../../policies/rules/isolation/probes";
import { ruleIn } from "../../../support/rules-by-id";
import { UNKNOWN, deployment, ruleTest, service } from "../../../support/rule-test";

const pod = (container: object, list = "containers") => deployment("api", { containers: [], [list]: [{ name: "api", ...container }] });
const CONTAINER = 'container "api" of Deployment "api"';
const POD = 'pod of Deployment "api"';

ruleTest(ruleIn(PROBE_RULES, "host-in-probe"), {
    passes: { "none": pod({}), "the pod itself": pod({ livenessProbe: { httpGet: { port: 1 } }, lifecycle: { preStop: { tcpSocket: { port: 1, host: "" } } } }), "Compose": service({}) },
    violates: {
        "each of them": [
            pod({
                livenessProbe: { httpGet: { host: "a" } }, readinessProbe: { tcpSocket: { host: "127.0.0.1" } }, startupProbe: { httpGet: { host: "c" } },
                lifecycle: { postStart: { httpGet: { host: "d" } }, preStop: { tcpSocket: { host: "e" } } },
            }),
            `${CONTAINER} makes its node connect to a (livenessProbe)`, `${CONTAINER} makes its node connect to 127.0.0.1 (readinessProbe)`, `${CONTAINER} makes its node connect to c (startupProbe)`,
            `${CONTAINER} makes its node connect to d (postStart)`, `${CONTAINER} makes its node connect to e (preStop)`,
        ],
        "an init container's": [pod({ startupProbe: { httpGet: { host: "a" } } }, "initContainers"), 'init container "api" of Deployment "api" makes its node connect to a (startupProbe)'],
    },
    unknown: { "one beside another": [pod({ livenessProbe: UNKNOWN, readinessProbe: { httpGet: { host: "b" } } }), `${CONTAINER} makes its node connect to b (readinessProbe)`] },
});

const probe = (...command: unknown[]) => pod({ livenessProbe: { exec: { command } } });
ruleTest(ruleIn(PROBE_RULES, "command-in-probe"), {
    passes: { "none": pod({ livenessProbe: { httpGet: { port: 1 } } }), "a program of its own": probe("/bin/grpc_health_probe", "-addr=:1", "shop"), "a hook": pod({ lifecycle: { preStop: { exec: { command: ["sh", "-c", "x"] } } } }) },
    violates: {
        "a shell": [probe("/bin/sh", "-c", "x"), `${CONTAINER} runs /bin/sh in a probe`],
        "tools in one text": [probe("exec", "true;ps aux"), `${CONTAINER} runs ps in a probe`],
    },
    unknown: {
        "one probe beside another": [pod({ livenessProbe: UNKNOWN, readinessProbe: { exec: { command: ["sh"] } } }), `${CONTAINER} runs sh in a probe`],
        "one word beside another": [probe(UNKNOWN, "bash"), `${CONTAINER} runs bash in a probe`],
    },
});
ruleTest(ruleIn(PROBE_RULES, "command-in-probe"), {
    settings: { commands: ["curl"] },
    passes: { "what is no longer listed": probe("sh", "-c", "x") },
    violates: { "what is": [probe("curl", "x"), `${CONTAINER} runs curl in a probe`] },
});

const aliases = (hostAliases: unknown) => deployment("api", { hostAliases, containers: [] });
ruleTest(ruleIn(PROBE_RULES, "host-aliases-set"), {
    passes: { "none": aliases(undefined), "an empty list": aliases([]), "Compose": service({ extra_hosts: ["a:1.2.3.4"] }) },
    violates: { "two": [aliases([{ ip: "10.0.0.1" }, { ip: "10.0.0.2" }]), `${POD} writes 10.0.0.1 into its hosts file`, `${POD} writes 10.0.0.2 into its hosts file`] },
    unknown: { "one beside another": [aliases([UNKNOWN, { ip: "10.0.0.2" }]), `${POD} writes 10.0.0.2 into its hosts file`] },
});
ruleTest(ruleIn(PROBE_RULES, "host-aliases-missing"), {
    passes: { "one": aliases([{ ip: "10.0.0.1" }]), "Compose": service({}) },
    violates: { "none": [aliases(undefined), `${POD} declares no entries of its hosts file (hostAliases: not set)`], "an empty list": [aliases([]), `${POD} declares no entries of its hosts file (hostAliases: not set)`] },
    unknown: { "the list": [aliases(UNKNOWN)] },
});
