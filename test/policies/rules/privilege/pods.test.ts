import { POD_RULES } from "../../../../policies/rules/privilege/pods";
import { ruleIn } from "../../../support/rules-by-id";
import { UNKNOWN, deployment, docker, manifest, ruleTest, service, swarm } from "../../../support/rule-test";

const POD = 'pod of Deployment "api"';

ruleTest(ruleIn(POD_RULES, "ephemeral-container"), {
    passes: { "the others": deployment("api", { containers: [{ name: "a" }], initContainers: [{ name: "b" }, { name: "c", restartPolicy: "Always" }] }), "Docker": docker("api", {}) },
    violates: {
        "one": [
            manifest("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a}], ephemeralContainers: [{name: debugger-x}]}"),
            'ephemeral container "debugger-x" of Pod "p" was added to a running pod',
        ],
    },
    unknown: { "the list": [deployment("api", { containers: [], ephemeralContainers: UNKNOWN })] },
});

const SAYS_NOTHING = "says nothing about its confinement (security context: not set)";
ruleTest(ruleIn(POD_RULES, "security-context-not-declared"), {
    passes: {
        "an option": service({ security_opt: ["label=disable"] }), "a list": docker("api", { capabilities: { drops: ["ALL"] } }), "a user": swarm("api", { user: "1" }), "a flag": service({ read_only: true }),
        "a container's own": deployment("api", { containers: [{ name: "api", securityContext: { runAsUser: 1 } }] }),
        "its pod's": deployment("api", { securityContext: { runAsUser: 1 }, containers: [{ name: "api" }] }),
        "one that is known beside one that is not": service({ user: UNKNOWN, read_only: true }),
        "an annotation for AppArmor": manifest("apiVersion: v1\nkind: Pod\nmetadata: {name: p, annotations: {container.apparmor.security.beta.kubernetes.io/a: runtime/default}}\nspec: {containers: [{name: a}]}"),
        "that a setting is off": deployment("api", { containers: [{ name: "api", securityContext: { privileged: false } }] }),
    },
    violates: {
        "Docker": [docker("api", { readOnly: false, securityOpts: [] }), `container "api" ${SAYS_NOTHING}`],
        "Compose": [service({ user: "" }), `service "api" ${SAYS_NOTHING}`],
        "Swarm": [swarm("api", {}), `Swarm service "api" ${SAYS_NOTHING}`],
        "one with nothing in its parts": [deployment("api", { securityContext: { seccompProfile: null, seLinuxOptions: {} }, containers: [{ name: "api" }] }), `container "api" of Deployment "api" ${SAYS_NOTHING}`],
        "an empty one": [deployment("api", { securityContext: {}, containers: [{ name: "api", securityContext: {} }] }), `container "api" of Deployment "api" ${SAYS_NOTHING}`],
    },
    unknown: { "the options": [service({ security_opt: UNKNOWN })] },
});

const sandboxed = { labels: { "portcullis.role": "sandbox" } };
ruleTest(ruleIn(POD_RULES, "sandbox-on-ordinary-runtime"), {
    passes: {
        "what is no sandbox": service({}), "gVisor": service({ ...sandboxed, runtime: "runsc" }),
        "a class of it": deployment("api", { runtimeClassName: "gvisor", containers: [] }, sandboxed),
    },
    violates: {
        "silence": [service(sandboxed), 'service "api" runs code of strangers on the host\'s own kernel (runtime: not set)'],
        "the ordinary one": [docker("api", { labels: [{ label: "portcullis.role", value: "sandbox" }], runtime: "runc" }), 'container "api" runs code of strangers on the host\'s own kernel (runtime: runc)'],
        "a pod": [deployment("api", { containers: [] }, sandboxed), `${POD} runs code of strangers on the host's own kernel (runtime: not set)`],
        "a Swarm service, whose resource cannot say it": [
            swarm("api", { labels: [] }, {}).map(piece => ({ ...piece, workloads: piece.workloads.map(workload => Object.create(workload, { role: { value: "sandbox" } }) as typeof workload) })),
            'Swarm service "api" cannot be given a runtime: its resource has no field for it, so the engine\'s `default-runtime` is needed',
        ],
    },
    unknown: { "the runtime": [service({ ...sandboxed, runtime: UNKNOWN })] },
});

ruleTest(ruleIn(POD_RULES, "runtime-not-agreed"), { passes: { "anything, where nothing is agreed": service({ runtime: "legacy" }) }, violates: {} });
ruleTest(ruleIn(POD_RULES, "runtime-not-agreed"), {
    settings: { runtimes: ["gvisor"] },
    passes: { "silence": service({}), "what is agreed": deployment("api", { runtimeClassName: "gvisor", containers: [] }), "a Swarm service, which has none": swarm("api", {}) },
    violates: { "another": [deployment("api", { runtimeClassName: "legacy", containers: [] }), `${POD} runs on the runtime legacy`], "Compose": [service({ runtime: "runc" }), 'service "api" runs on the runtime runc'] },
    unknown: { "the runtime": [docker("api", { runtime: UNKNOWN })] },
});

const flex = (...volumes: unknown[]) => deployment("api", { containers: [], volumes });
ruleTest(ruleIn(POD_RULES, "flex-volume"), {
    passes: { "others": flex({ name: "a", emptyDir: {} }, { name: "b" }), "Compose": service({}) },
    violates: { "a driver": [flex({ name: "a", flexVolume: { driver: "example/lvm" } }), `${POD} has a volume of the FlexVolume driver example/lvm`] },
    unknown: { "one beside another": [flex(UNKNOWN, { name: "a", flexVolume: { driver: "x/y" } }), `${POD} has a volume of the FlexVolume driver x/y`] },
});
ruleTest(ruleIn(POD_RULES, "flex-volume"), {
    settings: { drivers: ["example/lvm"] },
    passes: { "an agreed driver": flex({ name: "a", flexVolume: { driver: "example/lvm" } }) },
    violates: { "another": [flex({ name: "a", flexVolume: { driver: "x/y" } }), `${POD} has a volume of the FlexVolume driver x/y`] },
});
