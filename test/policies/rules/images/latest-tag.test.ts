import { latestTag } from "../../../../policies/rules/images/latest-tag";
import { UNKNOWN, deployment, docker, ruleTest, service } from "../../../support/rule-test";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

ruleTest(latestTag, {
    passes: {
        "a version": docker("api", { image: "nginx:1.27" }),
        "a digest without a tag": service({ image: `nginx@${DIGEST}` }),
        "a registry with a port, and a version": service({ image: "registry.example:5000/nginx:1.27" }),
        "a Deployment": deployment("api", { containers: [{ name: "api", image: "nginx:1.27" }] }),
    },
    violates: {
        "latest": [docker("api", { image: "nginx:latest" }), 'container "api" is whatever version was pushed last (nginx:latest)'],
        "a channel": [service({ image: "nginx:stable" }), 'service "api" is whatever version was pushed last (nginx:stable)'],
        "no tag": [service({ image: "nginx" }), 'service "api" is whatever version was pushed last (nginx)'],
        "a registry with a port, and no tag": [service({ image: "registry.example:5000/nginx" }), 'service "api" is whatever version was pushed last (registry.example:5000/nginx)'],
        "an ephemeral container": [
            deployment("api", { containers: [{ name: "a", image: "nginx:1.27" }], ephemeralContainers: [{ name: "debug", image: "busybox" }] }),
            'ephemeral container "debug" of Deployment "api" is whatever version was pushed last (busybox)',
        ],
    },
    unknown: { "the image": [docker("api", { image: UNKNOWN })] },
});
