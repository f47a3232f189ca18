import { kubeletWithoutProcessLimit, loggingOff, noFileLimit, noInitProcess, unboundedRestart } from "../../../../policies/rules/resources/engine-options";
import { UNKNOWN, deployment, docker, manifest, ruleTest, service, swarm } from "../../../support/rule-test";

// Rules of this file: "logging-off", "no-file-limit", "unbounded-restart", "no-init-process", "kubelet-without-process-limit".
const POD = deployment("api", { containers: [{ name: "api", command: ["sh", "-c", "a & b"] }] });

ruleTest(loggingOff, {
    passes: { "silence": docker("api", {}), "a driver": service({ logging: { driver: "journald" } }), "a pod": POD },
    violates: {
        "a Docker container": [docker("api", { logDriver: "none" }), 'container "api" keeps no log (driver: none)'],
        "a Compose service": [service({ logging: { driver: "none" } }), 'service "api" keeps no log (driver: none)'],
        "a Swarm service": [swarm("api", {}, { logDriver: { name: "none" } }), 'Swarm service "api" keeps no log (driver: none)'],
    },
    unknown: { "the driver": [docker("api", { logDriver: UNKNOWN })] },
});

const MANY = "may open as many files as the engine lets it (ulimit nofile: not set)";

ruleTest(noFileLimit, {
    passes: {
        "a Docker container": docker("api", { ulimits: [{ name: "nofile", soft: 1024, hard: 2048 }] }),
        "both forms of Compose": service({ ulimits: { nofile: 1024 } }),
        "the long form": service({ ulimits: { nofile: { soft: 10, hard: 20 } } }),
        "a pod": POD,
    },
    violates: {
        "silence": [docker("api", {}), `container "api" ${MANY}`],
        "another limit": [docker("api", { ulimits: [{ name: "nproc", soft: 1, hard: 1 }] }), `container "api" ${MANY}`],
        "none, as Compose spells it": [service({ ulimits: { nofile: -1 } }), `service "api" ${MANY}`],
        "a Swarm service, whose resource cannot say it": [
            swarm("api", {}), 'Swarm service "api" cannot be given the limit nofile: its resource has no field for it, so the engine\'s `default-ulimits` are needed',
        ],
    },
    unknown: { "the limits": [docker("api", { ulimits: UNKNOWN })] },
});

ruleTest(unboundedRestart, {
    passes: {
        "five tries": service({ restart: "on-failure:5" }),
        "none": service({ restart: "no" }),
        "five tries under deploy": service({ deploy: { restart_policy: { condition: "on-failure", max_attempts: 5 } } }),
        "a Docker container": docker("api", { restart: "on-failure", maxRetryCount: 3 }),
        "a Swarm service": swarm("api", {}, { restartPolicy: { condition: "any", maxAttempts: 3 } }),
        "a Swarm service that is not started again": swarm("api", {}, { restartPolicy: { condition: "none" } }),
        "a pod": POD,
    },
    violates: {
        "always": [service({ restart: "always" }), 'service "api" is started again without end (restart: always)'],
        "on-failure without a bound": [docker("api", { restart: "on-failure" }), 'container "api" is started again without end (restart: on-failure)'],
        "six tries": [service({ restart: "on-failure:6" }), 'service "api" is started again 6 times (restart: on-failure:6)'],
        "nought, which is no bound": [docker("api", { restart: "on-failure", maxRetryCount: 0 }), 'container "api" is started again without end (restart: on-failure)'],
        "a Swarm service": [swarm("api", {}), 'Swarm service "api" is started again without end (restart: any)'],
    },
    unknown: { "the number": [docker("api", { restart: "on-failure", maxRetryCount: UNKNOWN })] },
});

const ORPHANS = "starts processes in the background without an init to bury them (init: not set)";

ruleTest(noInitProcess, {
    passes: {
        "one program": service({ command: ["api", "--query", "a&b"] }),
        "an init": service({ init: true, command: ["sh", "-c", "a & exec b"] }),
        "one after another": service({ command: ["/bin/sh", "-c", "a && exec b 2>&1"] }),
        "an address in a script": docker("api", { command: ["bash", "-ec", "curl 'http://a/?b=1&c=2' >& log"] }),
        "a Swarm service with an init": swarm("api", { init: true, commands: ["sh", "-c", "a & b"] }),
        "a pod": POD,
    },
    violates: {
        "Compose": [service({ command: ["sh", "-c", "a & exec b"] }), `service "api" ${ORPHANS}`],
        "a command that is one text": [service({ entrypoint: "sh -c", command: "a & b" }), `service "api" ${ORPHANS}`],
        "Docker, at the end of the script": [docker("api", { entrypoints: ["/bin/bash", "-c"], command: ["b; a &"] }), `container "api" ${ORPHANS}`],
        "Swarm": [swarm("api", { commands: ["sh", "-c", "a & b"] }), `Swarm service "api" ${ORPHANS}`],
    },
    unknown: { "whether it has an init": [docker("api", { init: UNKNOWN, command: ["sh", "-c", "a & b"] })] },
});

const kubelet = (rest: string) => manifest(`{apiVersion: kubelet.config.k8s.io/v1beta1, kind: KubeletConfiguration, metadata: {name: kubelet}${rest}}`);

ruleTest(kubeletWithoutProcessLimit, {
    passes: { "a limit": kubelet(", podPidsLimit: 4096") },
    violates: {
        "silence": [kubelet(""), 'KubeletConfiguration "kubelet" lets a pod start any number of processes (podPidsLimit: not set)'],
        "none": [kubelet(", podPidsLimit: -1"), 'KubeletConfiguration "kubelet" lets a pod start any number of processes (podPidsLimit: -1)'],
    },
    unknown: { "the limit": [kubelet(`, podPidsLimit: ${UNKNOWN}`)] },
});
