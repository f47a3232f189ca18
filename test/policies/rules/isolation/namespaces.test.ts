import { NAMESPACE_RULES } from "../../../../policies/rules/isolation/namespaces";
import { ruleIn } from "../../../support/rules-by-id";
import { UNKNOWN, compose, deployment, docker, ruleTest, service, swarm } from "../../../support/rule-test";

const POD = 'pod of Deployment "api"';

ruleTest(ruleIn(NAMESPACE_RULES, "host-cgroup-namespace"), {
    passes: { "silence": docker("api", {}), "one of its own": service({ cgroup: "private" }), "a pod": deployment("api", { containers: [] }), "a Swarm service": swarm("api", {}) },
    violates: {
        "Docker": [docker("api", { cgroupnsMode: "host" }), 'container "api" shares the host\'s control group namespace'],
        "Compose": [service({ cgroup: "host" }), 'service "api" shares the host\'s control group namespace'],
    },
    unknown: { "the mode": [docker("api", { cgroupnsMode: UNKNOWN })] },
});

ruleTest(ruleIn(NAMESPACE_RULES, "cgroup-parent-set"), {
    passes: { "silence": docker("api", {}), "an empty one": service({ cgroup_parent: "" }), "a pod": deployment("api", { containers: [] }) },
    violates: {
        "Docker": [docker("api", { cgroupParent: "/x" }), 'container "api" is put into the control group /x'],
        "Compose": [service({ cgroup_parent: "m-executor-abcd" }), 'service "api" is put into the control group m-executor-abcd'],
    },
    unknown: { "the group": [service({ cgroup_parent: UNKNOWN })] },
});
ruleTest(ruleIn(NAMESPACE_RULES, "cgroup-parent-set"), {
    settings: { agreed: ["/batch"] },
    passes: { "an agreed one": docker("api", { cgroupParent: "/batch" }) },
    violates: { "another": [docker("api", { cgroupParent: "/batch/x" }), 'container "api" is put into the control group /batch/x'] },
});

ruleTest(ruleIn(NAMESPACE_RULES, "shared-process-namespace"), {
    passes: { "silence": docker("api", {}), "the host's, which another rule refuses": service({ pid: "host" }), "an explicit no": deployment("api", { shareProcessNamespace: false, containers: [] }) },
    violates: {
        "a pod": [deployment("api", { shareProcessNamespace: true, containers: [] }), `${POD} lets its containers share their processes`],
        "Docker": [docker("api", { pidMode: "container:db" }), 'container "api" shares the processes of db'],
        "Compose": [compose({ services: { api: { pid: "service:db" }, db: {} } }), 'service "api" shares the processes of db'],
    },
    unknown: { "a pod": [deployment("api", { shareProcessNamespace: UNKNOWN, containers: [] })], "the mode": [docker("api", { pidMode: UNKNOWN })] },
});

ruleTest(ruleIn(NAMESPACE_RULES, "user-namespace-not-requested"), {
    passes: { "users of its own": deployment("api", { hostUsers: false, containers: [] }), "a Windows pod": deployment("api", { os: { name: "windows" }, containers: [] }), "Docker": docker("api", {}) },
    violates: {
        "silence": [deployment("api", { containers: [] }), `${POD} does not ask for users of its own (hostUsers: not set)`],
        "an explicit no": [deployment("api", { hostUsers: true, containers: [] }), `${POD} does not ask for users of its own (hostUsers: true)`],
    },
    unknown: { "whether it does": [deployment("api", { hostUsers: UNKNOWN, containers: [] })] },
});
