import { seccompUnconfined } from "../../../../policies/rules/privilege/seccomp-unconfined";
import { UNKNOWN, deployment, docker, ruleTest, service } from "../../../support/rule-test";

ruleTest(seccompUnconfined, {
    passes: {
        "silence, where the engine has a default": docker("api", {}),
        "a profile of one's own": service({ security_opt: ["seccomp=/etc/strict.json"] }),
        "the runtime's own": deployment("api", { securityContext: { seccompProfile: { type: "RuntimeDefault" } }, containers: [{ name: "api" }] }),
    },
    violates: {
        "a Docker container": [docker("api", { securityOpts: ["seccomp=unconfined"] }), 'container "api" runs without a seccomp profile (unconfined)'],
        "a slip that means it": [service({ security_opt: ["label:seccomp:unconfined"] }), 'service "api" runs without a seccomp profile (unconfined)'],
        "a colon, in Compose": [service({ security_opt: ["seccomp:unconfined"] }), 'service "api" runs without a seccomp profile (unconfined)'],
        "a container that undoes what its pod says": [
            deployment("api", { securityContext: { seccompProfile: { type: "RuntimeDefault" } }, containers: [{ name: "a" }, { name: "b", securityContext: { seccompProfile: { type: "Unconfined" } } }] }),
            'container "b" of Deployment "api" runs without a seccomp profile (unconfined)',
        ],
        "beside an option that is not known": [docker("api", { securityOpts: ["seccomp=unconfined", UNKNOWN] }), 'container "api" runs without a seccomp profile (unconfined)'],
    },
    unknown: { "the options": [docker("api", { securityOpts: UNKNOWN })] },
});
