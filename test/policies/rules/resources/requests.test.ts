import { cpuLimitSet, limitFarAboveRequest, noCpuRequest, noMemoryRequest, requestsDifferFromLimits } from "../../../../policies/rules/resources/requests";
import { UNKNOWN, cronJob, deployment, ruleTest, service } from "../../../support/rule-test";
import type { Subject } from "../../../support/rule-test";

// Rules of this file: "no-cpu-request", "no-memory-request", "cpu-limit-set", "requests-differ-from-limits", "limit-far-above-request".
const one = (resources: unknown): Subject => deployment("api", { containers: [{ name: "api", resources }] });
const API = 'container "api" of Deployment "api"';

ruleTest(noCpuRequest, {
    passes: {
        "a request": one({ requests: { cpu: "100m" } }),
        "a limit, which is a request too": one({ limits: { cpu: "100m" } }),
        "a request of the whole pod": deployment("api", { resources: { requests: { cpu: "1" } }, containers: [{ name: "api" }] }),
        "what is attached for debugging": deployment("api", { containers: [], ephemeralContainers: [{ name: "debug" }] }),
        "a service of Compose": service({}),
        "a request, whatever the limit will be": one({ requests: { cpu: "100m" }, limits: { cpu: UNKNOWN } }),
    },
    violates: {
        "silence": [one(undefined), `${API} asks for no processor time (request: not set)`],
        "memory only": [one({ requests: { memory: "64Mi" } }), `${API} asks for no processor time (request: not set)`],
        "a sidecar and an init container": [
            cronJob("nightly", { initContainers: [{ name: "a", restartPolicy: "Always" }, { name: "b" }], containers: [] }),
            'init container "a" of CronJob "nightly" asks for no processor time (request: not set)',
            'init container "b" of CronJob "nightly" asks for no processor time (request: not set)',
        ],
    },
    unknown: { "the request": [one({ requests: { cpu: UNKNOWN } })], "the resources": [one(UNKNOWN)] },
});

ruleTest(noMemoryRequest, {
    passes: { "a request": one({ requests: { memory: "64Mi" } }), "a limit": one({ limits: { memory: "64Mi" } }) },
    violates: { "a request for processors only": [one({ requests: { cpu: 1 } }), `${API} asks for no memory (request: not set)`] },
    unknown: { "the request": [one({ requests: { memory: UNKNOWN } })] },
});

ruleTest(cpuLimitSet, {
    passes: { "silence": one(undefined), "a limit of memory": one({ limits: { memory: "64Mi" } }), "a Compose service": service({ cpus: 1 }) },
    violates: { "a limit": [one({ limits: { cpu: "500m" } }), `${API} is held back by a processor limit (500m)`] },
    unknown: { "the limit": [one({ limits: { cpu: UNKNOWN } })] },
});

const BOTH = { requests: { cpu: "0.7", memory: "1Gi" }, limits: { cpu: "700m", memory: "1024Mi" } };

ruleTest(requestsDifferFromLimits, {
    passes: {
        "the same in other words": one(BOTH),
        "limits alone, which are requests": one({ limits: { cpu: 1, memory: "1G" } }),
        "what is attached for debugging": deployment("api", { containers: [], ephemeralContainers: [{ name: "debug" }] }),
    },
    violates: {
        "silence": [
            one(undefined),
            `${API} asks for other than it may use of cpu (request: not set, limit: not set)`,
            `${API} asks for other than it may use of memory (request: not set, limit: not set)`,
        ],
        "a smaller request": [one({ ...BOTH, requests: { cpu: "0.5", memory: "1Gi" } }), `${API} asks for other than it may use of cpu (request: 0.5, limit: 700m)`],
        "a request without a limit": [
            one({ requests: { cpu: 1, memory: "1G", "ephemeral-storage": "1Gi" }, limits: { cpu: 1, memory: "1G" } }),
            `${API} asks for other than it may use of ephemeral-storage (request: 1Gi, limit: not set)`,
        ],
    },
    unknown: {
        "one, and still refuses the other": [
            one({ requests: { cpu: UNKNOWN, memory: "1Gi" }, limits: { cpu: 1, memory: "2Gi" } }),
            `${API} asks for other than it may use of memory (request: 1Gi, limit: 2Gi)`,
        ],
    },
});

ruleTest(limitFarAboveRequest, {
    passes: { "anything, until a factor is agreed": one({ requests: { cpu: "1m" }, limits: { cpu: 100 } }) },
    violates: {},
});

ruleTest(limitFarAboveRequest, {
    settings: { cpu: 4, memory: 2 },
    passes: {
        "the factor itself": one({ requests: { cpu: "250m", memory: "1Mi" }, limits: { cpu: 1, memory: "2Mi" } }),
        "a limit without a request": one({ limits: { cpu: 8 } }),
        "no limit": one({ requests: { cpu: 8 } }),
    },
    violates: {
        "more": [one({ requests: { cpu: "249m" }, limits: { cpu: 1 } }), `${API} may use more than 4 times what it asks for of cpu (request: 249m, limit: 1)`],
        "a multiple of nothing": [one({ requests: { memory: 0 }, limits: { memory: "1Gi" } }), `${API} may use more than 2 times what it asks for of memory (request: 0, limit: 1Gi)`],
    },
    unknown: {
        "one, and still refuses the other": [
            one({ requests: { cpu: UNKNOWN, memory: "1k" }, limits: { cpu: 1, memory: "1M" } }),
            `${API} may use more than 2 times what it asks for of memory (request: 1k, limit: 1M)`,
        ],
    },
});
