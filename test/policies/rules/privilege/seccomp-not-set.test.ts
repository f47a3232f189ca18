import { seccompNotSet } from "../../../../policies/rules/privilege/seccomp-not-set";
import { UNKNOWN, cronJob, deployment, docker, ruleTest, service } from "../../../support/rule-test";

ruleTest(seccompNotSet, {
    passes: {
        "Docker, which has a default": docker("api", {}),
        "Compose": service({}),
        "a pod that asks for it": deployment("api", { securityContext: { seccompProfile: { type: "RuntimeDefault" } }, containers: [{ name: "api" }], initContainers: [{ name: "init" }] }),
        "an explicit no, which another rule refuses": deployment("api", { containers: [{ name: "api", securityContext: { seccompProfile: { type: "Unconfined" } } }] }),
    },
    violates: {
        "silence, and an init container's": [
            cronJob("nightly", { containers: [{ name: "job", securityContext: { seccompProfile: { type: "RuntimeDefault" } } }], initContainers: [{ name: "init" }] }),
            'init container "init" of CronJob "nightly" asks for no seccomp profile, and gets none (not set)',
        ],
    },
    unknown: { "the profile": [deployment("api", { containers: [{ name: "api", securityContext: { seccompProfile: UNKNOWN } }] })] },
});
