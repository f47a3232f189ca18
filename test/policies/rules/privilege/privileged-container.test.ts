import { privilegedContainer } from "../../../../policies/rules/privilege/privileged-container";
import { UNKNOWN, cronJob, deployment, docker, manifest, resource, ruleTest, service } from "../../../support/rule-test";

ruleTest(privilegedContainer, {
    passes: {
        "a Docker container that says nothing": docker("api", {}),
        "a Docker container that says no": docker("api", { privileged: false }),
        "one whose image is not known at preview": docker("api", { image: UNKNOWN, privileged: false }),
        "a Compose service": service({}),
        "a Deployment": deployment("api", { containers: [{ name: "api", securityContext: { privileged: false } }] }),
        "a resource without containers": resource("docker:index/network:Network", "edge", { internal: true }),
        "a custom resource that only looks like a workload": manifest("apiVersion: example.com/v1\nkind: Deployment\nspec: { template: { spec: { containers: [{ securityContext: { privileged: true } }] } } }"),
    },
    violates: {
        "a Docker container": [docker("api", { privileged: true }), 'container "api" is privileged'],
        "a Docker container whose image is not known": [docker("api", { image: UNKNOWN, privileged: true }), 'container "api" is privileged'],
        "a Compose service": [service({ privileged: true }), 'service "api" is privileged'],
        "a Compose service that says so as a text": [service({ privileged: "true" }), 'service "api" is privileged'],
        "the second container of a Deployment": [
            deployment("api", { containers: [{ name: "api" }, { name: "proxy", securityContext: { privileged: true } }] }),
            'container "proxy" of Deployment "api" is privileged',
        ],
        "an init and an ephemeral container of a CronJob": [
            cronJob("nightly", {
                initContainers: [{ name: "init", securityContext: { privileged: true } }],
                containers: [{ name: "job" }],
                ephemeralContainers: [{ name: "debug", securityContext: { privileged: true } }],
            }),
            'init container "init" of CronJob "nightly" is privileged', 'ephemeral container "debug" of CronJob "nightly" is privileged',
        ],
        "a Pod in a List": [
            manifest("apiVersion: v1\nkind: List\nitems:\n- { apiVersion: v1, kind: Pod, metadata: { name: p }, spec: { containers: [{ name: c, securityContext: { privileged: true } }] } }"),
            'container "c" of Pod "p" is privileged',
        ],
    },
    unknown: {
        "whether it is": [docker("api", { privileged: UNKNOWN })],
        "the init containers, and still refuses the others": [
            deployment("api", { initContainers: UNKNOWN, containers: [{ name: "api", securityContext: { privileged: true } }] }),
            'container "api" of Deployment "api" is privileged',
        ],
    },
});
