import { GROUP_RULES } from "../../../../policies/rules/privilege/groups";
import { ruleIn } from "../../../support/rules-by-id";
import { UNKNOWN, deployment, docker, ruleTest, service, swarm } from "../../../support/rule-test";

const pod = (securityContext: object, container: object = {}) => deployment("api", { securityContext, containers: [{ name: "api", ...container }] });
const CONTAINER = 'container "api" of Deployment "api"';
const POD = 'pod of Deployment "api"';

ruleTest(ruleIn(GROUP_RULES, "root-group"), {
    passes: {
        "silence": docker("api", {}),
        "a user alone": service({ user: "10001" }),
        "another group": service({ user: "10001:10001" }),
        "root itself, which another rule refuses": docker("api", { user: "0:0" }),
        "a container that undoes what its pod says": pod({ runAsGroup: 0 }, { securityContext: { runAsGroup: 10 } }),
    },
    violates: {
        "a number": [docker("api", { user: "10001:0" }), 'container "api" runs with the group root (group: 0)'],
        "a name": [service({ user: "app:root" }), 'service "api" runs with the group root (group: root)'],
        "a Swarm service": [swarm("api", { user: "10001:00" }), 'Swarm service "api" runs with the group root (group: 00)'],
        "a pod's": [pod({ runAsGroup: 0 }), `${CONTAINER} runs with the group root (group: 0)`],
        "a container's own": [pod({ runAsGroup: 10 }, { securityContext: { runAsGroup: 0 } }), `${CONTAINER} runs with the group root (group: 0)`],
    },
    unknown: { "the user": [docker("api", { user: UNKNOWN })], "the pod's group": [pod({ runAsGroup: UNKNOWN })] },
});

ruleTest(ruleIn(GROUP_RULES, "powerful-group-added"), {
    passes: {
        "silence": docker("api", {}),
        "a group of the application's": service({ group_add: ["10500", "mail"] }),
        "a pod's own groups": pod({ fsGroup: 10001, supplementalGroups: [10500] }),
    },
    violates: {
        "root": [docker("api", { groupAdds: ["0", "10500"] }), 'container "api" is put into the group 0'],
        "the engine's": [service({ group_add: ["docker", "disk"] }), 'service "api" is put into the group docker', 'service "api" is put into the group disk'],
        "a Swarm service": [swarm("api", { groups: ["root"] }), 'Swarm service "api" is put into the group root'],
        "both ways of a pod": [pod({ fsGroup: 0, supplementalGroups: [0] }), `${POD} is put into the group 0`, `${POD} is put into the group 0 by its volumes (fsGroup)`],
    },
    unknown: {
        "one beside another": [service({ group_add: [UNKNOWN, "docker"] }), 'service "api" is put into the group docker'],
        "a pod's volumes' group": [pod({ fsGroup: UNKNOWN, supplementalGroups: [0] }), `${POD} is put into the group 0`],
    },
});

ruleTest(ruleIn(GROUP_RULES, "powerful-group-added"), {
    settings: { groups: ["986"] },
    passes: { "what is no longer listed": service({ group_add: ["docker"] }) },
    violates: { "the number of this host's engine": [service({ group_add: [986] }), 'service "api" is put into the group 986'], "a pod's": [pod({ fsGroup: 986 }), `${POD} is put into the group 986 by its volumes (fsGroup)`] },
});

ruleTest(ruleIn(GROUP_RULES, "low-group-id"), {
    passes: { "silence": docker("api", {}), "a high one": service({ user: "10001:10000" }), "a name": service({ user: "app:app" }), "root, which another rule refuses": pod({ runAsGroup: 0 }) },
    violates: {
        "a low one": [service({ user: "10001:9999" }), 'service "api" has a group number that hosts use too (9999)'],
        "a pod's": [pod({ runAsGroup: 1 }), `${CONTAINER} has a group number that hosts use too (1)`],
    },
    unknown: { "the group": [pod({ runAsGroup: UNKNOWN })] },
});

ruleTest(ruleIn(GROUP_RULES, "low-group-id"), {
    settings: { least: 500 },
    passes: { "what is high enough here": service({ user: "1:500" }) },
    violates: { "what is not": [service({ user: "1:499" }), 'service "api" has a group number that hosts use too (499)'] },
});

ruleTest(ruleIn(GROUP_RULES, "volume-group-outside-range"), {
    passes: { "anything, where nothing is agreed": pod({ fsGroup: 1 }) },
    violates: {},
});

ruleTest(ruleIn(GROUP_RULES, "volume-group-outside-range"), {
    settings: { ranges: ["20000-29999", "5"] },
    passes: { "silence": pod({}), "the first of a range": pod({ fsGroup: 20000 }), "the last": pod({ fsGroup: 29999 }), "the one": pod({ fsGroup: 5 }), "Compose, which has no such thing": service({ group_add: ["1"] }) },
    violates: {
        "one below": [pod({ fsGroup: 19999 }), `${POD} gives its volumes to the group 19999, outside 20000-29999, 5`],
        "one above": [pod({ fsGroup: 30000 }), `${POD} gives its volumes to the group 30000, outside 20000-29999, 5`],
    },
    unknown: { "the group": [pod({ fsGroup: UNKNOWN })] },
});

ruleTest(ruleIn(GROUP_RULES, "supplementary-group-outside-range"), {
    passes: { "anything, where nothing is agreed": pod({ supplementalGroups: [1] }) },
    violates: {},
});

ruleTest(ruleIn(GROUP_RULES, "supplementary-group-outside-range"), {
    settings: { ranges: ["20000-29999", "everybody"] },
    passes: { "silence": service({}), "what is agreed": pod({ supplementalGroups: [20000, 29999] }) },
    violates: {
        "one of two": [pod({ supplementalGroups: [20000, 7] }), `${POD} is put into the group 7, outside 20000-29999, everybody`],
        "a name, whose number nobody knows": [service({ group_add: ["mail"] }), 'service "api" is put into the group mail, outside 20000-29999, everybody'],
    },
    unknown: { "one beside another": [pod({ supplementalGroups: [UNKNOWN, 7] }), `${POD} is put into the group 7, outside 20000-29999, everybody`] },
});
