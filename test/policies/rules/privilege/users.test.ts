import { USER_RULES } from "../../../../policies/rules/privilege/users";
import { ruleIn } from "../../../support/rules-by-id";
import { UNKNOWN, compose, deployment, docker, ruleTest, service, together } from "../../../support/rule-test";

const LOW = "has a user number that hosts use too";

ruleTest(ruleIn(USER_RULES, "low-user-id"), {
    passes: {
        "silence": docker("api", {}), "a high one": docker("api", { user: "10000:1" }), "a name": service({ user: "app" }),
        "root, which another rule refuses": service({ user: 0 }),
        "a Windows pod": deployment("api", { os: { name: "windows" }, securityContext: { runAsUser: 1 }, containers: [{ name: "api" }] }),
    },
    violates: {
        "a low one": [docker("api", { user: "9999:10000" }), `container "api" ${LOW} (9999)`],
        "a pod's": [deployment("api", { securityContext: { runAsUser: 999 }, containers: [{ name: "api" }] }), `container "api" of Deployment "api" ${LOW} (999)`],
    },
    unknown: { "the user": [service({ user: UNKNOWN })] },
});

ruleTest(ruleIn(USER_RULES, "low-user-id"), {
    settings: { least: 500 },
    passes: { "what is high enough here": service({ user: "500" }) },
    violates: { "what is not": [service({ user: "499" }), `service "api" ${LOW} (499)`] },
});

ruleTest(ruleIn(USER_RULES, "shared-user-id"), {
    passes: {
        "one workload, whose containers share it": deployment("api", { securityContext: { runAsUser: 7 }, containers: [{ name: "a" }, { name: "b" }] }),
        "two of different users": together(docker("a", { user: "1" }), docker("b", { user: "2:1" })),
        "users that only the image knows": compose({ services: { a: { user: "app" }, b: { user: "app" }, c: {}, d: {} } }),
    },
    violates: {
        "two of three": [
            together(docker("a", { user: "1" }), docker("b", { user: "1:2" }), docker("c", { user: "2" })),
            'container "a" runs as the user 1, as does container "b"', 'container "b" runs as the user 1, as does container "a"',
        ],
        "a pod's two containers, once": [
            together(deployment("a", { securityContext: { runAsUser: 7 }, containers: [{ name: "x" }, { name: "y" }] }), deployment("b", { containers: [{ name: "z", securityContext: { runAsUser: 7 } }] })),
            'pod of Deployment "a" runs as the user 7, as does pod of Deployment "b"', 'pod of Deployment "b" runs as the user 7, as does pod of Deployment "a"',
        ],
    },
    unknown: {
        "one of three": [
            together(docker("a", { user: "1" }), docker("b", { user: UNKNOWN }), docker("c", { user: "1" })),
            'container "a" runs as the user 1, as does container "c"', 'container "c" runs as the user 1, as does container "a"',
        ],
    },
});
