import { unpinnedImage } from "../../../../policies/rules/images/unpinned-image";
import { UNKNOWN, deployment, docker, resource, ruleTest, service } from "../../../support/rule-test";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

ruleTest(unpinnedImage, {
    passes: {
        "a digest": docker("api", { image: `nginx@${DIGEST}` }),
        "a tag and a digest": service({ image: `registry.example:5000/a/nginx:1.27@${DIGEST}` }),
        "an image that the engine already has": docker("api", { image: DIGEST }),
        "what is built here": service({ build: { context: "." }, image: "api:dev" }),
        "a Deployment": deployment("api", { containers: [{ name: "api", image: `nginx@${DIGEST}` }] }),
        "a remote image": resource("docker:index/remoteImage:RemoteImage", "nginx", { name: `nginx:1.27@${DIGEST}` }),
    },
    violates: {
        "a tag": [docker("api", { image: "nginx:1.27" }), 'container "api" is not pinned by a digest (nginx:1.27)'],
        "nothing": [service({ image: "nginx" }), 'service "api" is not pinned by a digest (nginx)'],
        "half a digest": [service({ image: "nginx@sha256:0123" }), 'service "api" is not pinned by a digest (nginx@sha256:0123)'],
        "a remote image": [resource("docker:index/remoteImage:RemoteImage", "nginx", { name: "nginx:1.27" }), 'image "nginx" is not pinned by a digest (nginx:1.27)'],
        "an init container": [
            deployment("api", { containers: [{ name: "a", image: `nginx@${DIGEST}` }], initContainers: [{ name: "init", image: "busybox:1.36" }] }),
            'init container "init" of Deployment "api" is not pinned by a digest (busybox:1.36)',
        ],
    },
    unknown: { "the image, which only a registry tells": [docker("api", { image: UNKNOWN })] },
});
