import { rootUser } from "../../../../policies/rules/privilege/root-user";
import { UNKNOWN, cronJob, deployment, docker, ruleTest, service, swarm } from "../../../support/rule-test";

const SILENT = "runs as the image's user, which may be root (user: not set)";

ruleTest(rootUser, {
    passes: {
        "a numbered user and group": docker("api", { user: "10001:10001" }),
        "a number alone, as YAML has it": service({ user: 10001 }),
        "a Swarm service": swarm("api", { user: "10001" }),
        "a pod that must not run as root": deployment("api", { securityContext: { runAsNonRoot: true }, containers: [{ name: "api" }] }),
        "a pod with a number, and its init container": deployment("api", { securityContext: { runAsUser: 10001 }, containers: [{ name: "api" }], initContainers: [{ name: "init" }] }),
        "a Windows pod with its own users": deployment("api", { os: { name: "windows" }, containers: [{ name: "api" }] }),
    },
    violates: {
        "silence": [docker("api", {}), `container "api" ${SILENT}`],
        "silence in Compose": [service({}), `service "api" ${SILENT}`],
        "root by number": [docker("api", { user: "0:0" }), 'container "api" runs as root (user: 0:0)'],
        "root by name": [service({ user: "root" }), 'service "api" runs as root (user: root)'],
        "a name that only the image can resolve": [service({ user: "app" }), 'service "api" runs as a user whose number only the image knows (user: app)'],
        "a container that undoes what its pod says": [
            deployment("api", { securityContext: { runAsUser: 10001 }, containers: [{ name: "a" }, { name: "b", securityContext: { runAsUser: 0 } }] }),
            'container "b" of Deployment "api" runs as root (user: 0)',
        ],
        "an init container beside a good one": [
            cronJob("nightly", { containers: [{ name: "job", securityContext: { runAsNonRoot: true } }], initContainers: [{ name: "init" }] }),
            `init container "init" of CronJob "nightly" ${SILENT}`,
        ],
    },
    unknown: { "the user": [docker("api", { user: UNKNOWN })] },
});
