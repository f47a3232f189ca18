import { noScratchLimit, unboundedEmptyDir } from "../../../../policies/rules/resources/scratch";
import { UNKNOWN, cronJob, deployment, ruleTest } from "../../../support/rule-test";

// Rules of this file: "no-scratch-limit", "unbounded-empty-dir".
const LIMITED = { limits: { "ephemeral-storage": "1Gi" } };
const volumes = (...list: unknown[]) => deployment("api", { containers: [{ name: "api" }], volumes: list });
const silent = (name: string) => `pod of Deployment "api" has scratch space without a bound, ${name} (sizeLimit: not set)`;

ruleTest(noScratchLimit, {
    passes: {
        "a limit": deployment("api", { containers: [{ name: "api", resources: LIMITED }] }),
        "a read-only root": deployment("api", { containers: [{ name: "api", securityContext: { readOnlyRootFilesystem: true } }] }),
        "what is attached for debugging": deployment("api", { containers: [], ephemeralContainers: [{ name: "debug" }] }),
        "a Windows pod with a limit": deployment("api", { os: { name: "windows" }, containers: [{ name: "api", resources: LIMITED }] }),
    },
    violates: {
        "silence": [deployment("api", { containers: [{ name: "api" }] }), 'container "api" of Deployment "api" may fill its node\'s disk (ephemeral-storage limit: not set)'],
        "a request only, in an init container": [
            cronJob("nightly", { initContainers: [{ name: "init", resources: { requests: { "ephemeral-storage": "1Gi" } } }], containers: [] }),
            'init container "init" of CronJob "nightly" may fill its node\'s disk (ephemeral-storage limit: not set)',
        ],
    },
    unknown: { "the limit": [deployment("api", { containers: [{ name: "api", resources: { limits: { "ephemeral-storage": UNKNOWN } } }] })] },
});

ruleTest(unboundedEmptyDir, {
    passes: {
        "a size": volumes({ name: "work", emptyDir: { sizeLimit: "1Gi" } }),
        "memory, which another rule judges": volumes({ name: "work", emptyDir: { medium: "Memory" } }),
        "other volumes": volumes({ name: "config", configMap: { name: "config" } }, { name: "data", persistentVolumeClaim: { claimName: "data" } }),
        "limits of every container": deployment("api", { containers: [{ name: "api", resources: LIMITED }], volumes: [{ name: "work", emptyDir: {} }] }),
    },
    violates: {
        "silence": [volumes({ name: "work", emptyDir: {} }), silent("work")],
        "a volume that is only a name": [volumes({ name: "work" }, { name: "none", emptyDir: null }), silent("work"), silent("none")],
        "a limit of one container of two": [
            deployment("api", { containers: [{ name: "api", resources: LIMITED }, { name: "b" }], volumes: [{ name: "work", emptyDir: {} }] }), silent("work"),
        ],
    },
    unknown: { "one volume, and still refuses the other": [volumes(UNKNOWN, { name: "work", emptyDir: {} }), silent("work")] },
});
