import { apparmorUnconfined } from "../../../../policies/rules/privilege/apparmor-unconfined";
import { UNKNOWN, deployment, docker, ruleTest, service, swarm } from "../../../support/rule-test";

ruleTest(apparmorUnconfined, {
    passes: {
        "silence": docker("api", {}),
        "a profile": service({ security_opt: ["apparmor=strict"] }),
        "a Deployment": deployment("api", { containers: [{ name: "api", securityContext: { appArmorProfile: { type: "RuntimeDefault" } } }] }),
    },
    violates: {
        "a Docker container": [docker("api", { securityOpts: ["apparmor=unconfined"] }), 'container "api" runs without an AppArmor profile (unconfined)'],
        "SELinux, in Compose": [service({ security_opt: ["label:disable"] }), 'service "api" runs without SELinux (label: disable)'],
        "SELinux, in a word of its own": [docker("api", { securityOpts: ["disable"] }), 'container "api" runs without SELinux (label: disable)'],
        "SELinux of a Swarm service": [swarm("api", { privileges: { seLinuxContext: { disable: true } } }), 'Swarm service "api" runs without SELinux (label: disable)'],
        "the field of a pod": [deployment("api", { securityContext: { appArmorProfile: { type: "Unconfined" } }, containers: [{ name: "api" }] }), 'container "api" of Deployment "api" runs without an AppArmor profile (unconfined)'],
        "the annotation that came before the field": [
            deployment("api", { containers: [{ name: "a" }, { name: "b" }] }, { annotations: { "container.apparmor.security.beta.kubernetes.io/b": "unconfined" } }),
            'container "b" of Deployment "api" runs without an AppArmor profile (unconfined)',
        ],
    },
    unknown: { "the options": [docker("api", { securityOpts: UNKNOWN })] },
});
