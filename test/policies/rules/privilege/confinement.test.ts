import { CONFINEMENT_RULES } from "../../../../policies/rules/privilege/confinement";
import { ruleIn } from "../../../support/rules-by-id";
import { UNKNOWN, deployment, docker, ruleTest, service, swarm } from "../../../support/rule-test";

const pod = (securityContext: object, own: object = {}) => deployment("api", { securityContext, containers: [{ name: "api", securityContext: own }] });
const CONTAINER = 'container "api" of Deployment "api"';
const WINDOWS = deployment("api", { os: { name: "windows" }, containers: [{ name: "api" }] });

ruleTest(ruleIn(CONFINEMENT_RULES, "apparmor-not-set"), {
    passes: {
        "a profile of Docker's": docker("api", { securityOpts: ["apparmor=docker-default"] }),
        "an explicit no, which another rule refuses": service({ security_opt: ["apparmor:unconfined"] }),
        "a pod's": pod({ appArmorProfile: { type: "RuntimeDefault" } }),
        "the annotation that came before the field": deployment("api", { containers: [{ name: "api" }] }, { annotations: { "container.apparmor.security.beta.kubernetes.io/api": "runtime/default" } }),
        "a Windows pod": WINDOWS,
    },
    violates: {
        "silence": [docker("api", { securityOpts: ["no-new-privileges"] }), 'container "api" asks for no AppArmor profile (not set)'],
        "a pod's": [pod({}), `${CONTAINER} asks for no AppArmor profile (not set)`],
        "a Swarm service, whose resource cannot say it": [
            swarm("api", {}), 'Swarm service "api" cannot be given an AppArmor profile: its resource has no field for it, so the engine\'s default profile is needed',
        ],
    },
    unknown: { "the options": [service({ security_opt: UNKNOWN })] },
});

ruleTest(ruleIn(CONFINEMENT_RULES, "selinux-loosened"), {
    passes: {
        "silence": docker("api", {}),
        "another level": service({ security_opt: ["label=level:s0:c1,c2", "label:filetype:usr_t"] }),
        "types that are made for containers": pod({ seLinuxOptions: { type: "container_kvm_t", level: "s0" } }, { seLinuxOptions: { type: "container_init_t" } }),
        "switched off, which another rule refuses": service({ security_opt: ["label=disable"] }),
        "a container that undoes what its pod says": pod({ seLinuxOptions: { type: "spc_t" } }, { seLinuxOptions: { level: "s0" } }),
        "a Swarm service": swarm("api", { privileges: { seLinuxContext: { level: "s0" } } }),
    },
    violates: {
        "a pod's": [
            pod({ seLinuxOptions: { type: "spc_t", user: "system_u", role: "system_r" } }),
            `${CONTAINER} has an SELinux type of its own (spc_t)`, `${CONTAINER} has an SELinux user of its own (system_u)`, `${CONTAINER} has an SELinux role of its own (system_r)`,
        ],
        "Docker's": [docker("api", { securityOpts: ["label=type:spc_t"] }), 'container "api" has an SELinux type of its own (spc_t)'],
        "Compose's, with colons": [service({ security_opt: ["label:user:root", "label:role:r"] }), 'service "api" has an SELinux user of its own (root)', 'service "api" has an SELinux role of its own (r)'],
        "a Swarm service": [swarm("api", { privileges: { seLinuxContext: { type: "spc_t" } } }), 'Swarm service "api" has an SELinux type of its own (spc_t)'],
    },
    unknown: {
        "one option beside another": [docker("api", { securityOpts: [UNKNOWN, "label=type:spc_t"] }), 'container "api" has an SELinux type of its own (spc_t)'],
        "one field beside another": [pod({ seLinuxOptions: { type: UNKNOWN, user: "u" } }), `${CONTAINER} has an SELinux user of its own (u)`],
        "all fields": [pod({ seLinuxOptions: UNKNOWN })],
    },
});

ruleTest(ruleIn(CONFINEMENT_RULES, "selinux-loosened"), {
    settings: { types: ["my_app.process"] },
    passes: { "a type of one's own": service({ security_opt: ["label=type:my_app.process"] }) },
    violates: { "what is no longer listed": [service({ security_opt: ["label=type:container_t"] }), 'service "api" has an SELinux type of its own (container_t)'] },
});

ruleTest(ruleIn(CONFINEMENT_RULES, "kernel-files-unmasked"), {
    passes: {
        "silence": docker("api", {}), "other options": service({ security_opt: ["seccomp=unconfined", "writable-cgroups=false"] }),
        "the default by name": pod({}, { procMount: "Default" }), "a Swarm service": swarm("api", {}),
    },
    violates: {
        "a pod's": [pod({}, { procMount: "Unmasked" }), `${CONTAINER} has all of /proc in reach (procMount: Unmasked)`],
        "Docker's": [docker("api", { securityOpts: ["systempaths=unconfined"] }), 'container "api" has what engines hide of /proc and /sys in reach (systempaths=unconfined)'],
        "control groups": [service({ security_opt: ["writable-cgroups=true"] }), 'service "api" has what engines hide of /proc and /sys in reach (writable-cgroups=true)'],
    },
    unknown: {
        "one option beside another": [service({ security_opt: [UNKNOWN, "systempaths:unconfined"] }), 'service "api" has what engines hide of /proc and /sys in reach (systempaths:unconfined)'],
        "a pod's": [pod({}, { procMount: UNKNOWN })],
    },
});
