import { noLivenessProbe, noReadinessProbe, probePortNotOpen, probesIdentical } from "../../../../policies/rules/availability/probes";
import { UNKNOWN, cronJob, deployment, ruleTest, service } from "../../../support/rule-test";
import type { Subject } from "../../../support/rule-test";

// Rules of this file: "no-liveness-probe", "no-readiness-probe", "probes-identical", "probe-port-not-open".
const PROBE = { tcpSocket: { port: 80 } };
const api = (rest: object): Subject => deployment("api", { containers: [{ name: "api", ...rest }] });
const API = 'container "api" of Deployment "api"';

ruleTest(noLivenessProbe, {
    passes: {
        "a probe": api({ livenessProbe: PROBE }),
        "containers that are not meant to stay up": cronJob("nightly", { initContainers: [{ name: "init" }], containers: [{ name: "job" }] }),
        "an init container, and one for debugging": deployment("api", { initContainers: [{ name: "init" }], containers: [], ephemeralContainers: [{ name: "debug" }] }),
        "a Compose service": service({}),
    },
    violates: {
        "silence": [api({ readinessProbe: PROBE }), `${API} is not started again when it hangs (livenessProbe: not set)`],
        "a sidecar": [
            deployment("api", { initContainers: [{ name: "proxy", restartPolicy: "Always" }], containers: [] }),
            'init container "proxy" of Deployment "api" is not started again when it hangs (livenessProbe: not set)',
        ],
    },
    unknown: { "the probe": [api({ livenessProbe: UNKNOWN })], "whether it is a sidecar": [deployment("api", { initContainers: [{ name: "proxy", restartPolicy: UNKNOWN }], containers: [] })] },
});

ruleTest(noReadinessProbe, {
    passes: { "a probe": api({ readinessProbe: PROBE }), "a job": cronJob("nightly", { containers: [{ name: "job" }] }) },
    violates: { "silence": [api({ livenessProbe: PROBE }), `${API} gets requests before it can answer them (readinessProbe: not set)`] },
    unknown: { "the probe": [api({ readinessProbe: UNKNOWN })] },
});

const SAME = `${API} is killed by the same probe that takes it out of service (livenessProbe and readinessProbe are the same)`;
const http = (rest: object = {}) => ({ httpGet: { path: "/health", port: 80 }, ...rest });

ruleTest(probesIdentical, {
    passes: {
        "one probe": api({ livenessProbe: http() }),
        "another threshold": api({ livenessProbe: http({ failureThreshold: 9 }), readinessProbe: http() }),
        "another path": api({ livenessProbe: http(), readinessProbe: { httpGet: { path: "/ready", port: 80 } } }),
        "another command": api({ livenessProbe: { exec: { command: ["a"] } }, readinessProbe: { exec: { command: ["a", "b"] } } }),
    },
    violates: {
        "the same": [api({ livenessProbe: http(), readinessProbe: http() }), SAME],
        "the same, but for what is so anyway": [api({ livenessProbe: http({ periodSeconds: 10, failureThreshold: 3 }), readinessProbe: http({ timeoutSeconds: 1 }) }), SAME],
        "the same command": [api({ livenessProbe: { exec: { command: ["a", "b"] } }, readinessProbe: { exec: { command: ["a", "b"] } } }), SAME],
    },
    unknown: { "the path of one": [api({ livenessProbe: http(), readinessProbe: { httpGet: { path: UNKNOWN, port: 80 } } })] },
});

const PORTS = [{ name: "http", containerPort: 8080 }, { name: "dns", containerPort: 53, protocol: "UDP" }];

ruleTest(probePortNotOpen, {
    passes: {
        "a name": api({ ports: PORTS, livenessProbe: { httpGet: { port: "http" } } }),
        "a number": api({ ports: PORTS, startupProbe: { tcpSocket: { port: 8080 } } }),
        "a number where no port is listed": api({ readinessProbe: { grpc: { port: 9000 } } }),
        "a neighbour's port": deployment("api", { containers: [{ name: "api", ports: PORTS }, { name: "proxy", ports: [{ containerPort: 15000 }], livenessProbe: { tcpSocket: { port: 8080 } } }] }),
        "another host": api({ ports: PORTS, livenessProbe: { httpGet: { host: "example.com", port: 443 } } }),
        "a command": api({ ports: PORTS, livenessProbe: { exec: { command: ["true"] } } }),
    },
    violates: {
        "a name that is not there": [api({ livenessProbe: { httpGet: { port: "web" } } }), `${API} is probed at a port that it does not open (livenessProbe: web)`],
        "a number that is not listed": [api({ ports: PORTS, readinessProbe: { tcpSocket: { port: 9999 } } }), `${API} is probed at a port that it does not open (readinessProbe: 9999)`],
        "a number that gRPC is asked at": [api({ ports: PORTS, livenessProbe: { grpc: { port: 9998 } } }), `${API} is probed at a port that it does not open (livenessProbe: 9998)`],
        "a name of UDP": [api({ ports: PORTS, startupProbe: { tcpSocket: { port: "dns" } } }), `${API} is probed at a port that it does not open (startupProbe: dns)`],
    },
    unknown: {
        "one probe, and still refuses the other": [
            api({ ports: PORTS, livenessProbe: UNKNOWN, readinessProbe: { tcpSocket: { port: 1 } } }), `${API} is probed at a port that it does not open (readinessProbe: 1)`,
        ],
    },
});
