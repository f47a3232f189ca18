import { newPrivilegesAllowed } from "../../../../policies/rules/privilege/new-privileges-allowed";
import { UNKNOWN, compose, deployment, docker, ruleTest, service, swarm } from "../../../support/rule-test";

const SILENT = "may gain privileges (no-new-privileges: not set)";

ruleTest(newPrivilegesAllowed, {
    passes: {
        "a colon": docker("api", { securityOpts: ["no-new-privileges:true"] }),
        "an equals sign": service({ security_opt: ["seccomp=unconfined", "no-new-privileges=true"] }),
        "the bare word": service({ security_opt: ["no-new-privileges"] }),
        "the other words that the engine takes for yes": compose({ services: Object.fromEntries(["1", "t", "T", "TRUE", "True"].map((word, at) => [`s${at}`, { security_opt: [`no-new-privileges=${word}`] }])) }),
        "a Deployment": deployment("api", { containers: [{ name: "api", securityContext: { allowPrivilegeEscalation: false } }] }),
    },
    violates: {
        "silence": [docker("api", {}), `container "api" ${SILENT}`],
        "another option only": [service({ security_opt: ["label=disable"] }), `service "api" ${SILENT}`],
        "words that are none": [
            compose({ services: { a: { security_opt: ["no-new-privileges:0"] }, b: { security_opt: ["no-new-privileges:"] }, c: { security_opt: ["no-new-privileges:yes"] } } }),
            ...["a", "b", "c"].map(name => `service "${name}" may gain privileges (no-new-privileges: false)`),
        ],
        "an explicit no": [service({ security_opt: ["no-new-privileges:false"] }), 'service "api" may gain privileges (no-new-privileges: false)'],
        "a Swarm service, whose resource cannot say it": [
            swarm("api", {}),
            'Swarm service "api" cannot be kept from gaining privileges: its resource has no field for it, so the engine\'s `no-new-privileges` default is needed',
        ],
        "a pod's silence and an init container's yes": [
            deployment("api", { containers: [{ name: "a" }], initContainers: [{ name: "i", securityContext: { allowPrivilegeEscalation: true } }] }),
            `container "a" of Deployment "api" ${SILENT}`, 'init container "i" of Deployment "api" may gain privileges (no-new-privileges: false)',
        ],
    },
    unknown: { "the options": [docker("api", { securityOpts: UNKNOWN })], "one of them": [docker("api", { securityOpts: [UNKNOWN] })] },
});
