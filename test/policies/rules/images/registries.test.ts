import assert from "node:assert/strict";

import { blockedRegistry, retiredRegistry, rootFromUntrustedRegistry, untrustedRegistry } from "../../../../policies/rules/images/registries";
import { imageReference } from "../../../../policies/view/image-reference";
import { UNKNOWN, deployment, docker, resource, ruleTest, service } from "../../../support/rule-test";

// Rules of this file: "untrusted-registry", "blocked-registry", "retired-registry", "root-from-untrusted-registry".
const HEX = "0123456789abcdef".repeat(4);
const image = (reference: string) => service({ image: reference });

describe("references to images", () => {
    const cases: Readonly<Record<string, readonly [registry: string, path: string, tag?: string, digest?: string]>> = {
        "nginx": ["docker.io", "library/nginx"],
        "team/app:1": ["docker.io", "team/app", "1"],
        "index.docker.io/nginx": ["docker.io", "library/nginx"],
        "registry.local:5000/team/app": ["registry.local:5000", "team/app"],
        "registry.local:5000/app:2": ["registry.local:5000", "app", "2"],
        "localhost/app": ["localhost", "app"],
        "Registry/app": ["registry", "app"],
        [`ghcr.io/a/b:1@sha256:${HEX}`]: ["ghcr.io", "a/b", "1", `sha256:${HEX}`],
        [`app@sha512:${HEX}${HEX}`]: ["docker.io", "library/app", undefined, `sha512:${HEX}${HEX}`],
        "app@sha256:12": ["docker.io", "library/app"],
        "app:": ["docker.io", "library/app"],
    };
    for (const [text, [registry, path, tag, digest]] of Object.entries(cases)) {
        it(`takes ${text} apart`, () => {
            assert.deepEqual(imageReference(text), { registry, path, tag, digest });
        });
    }
    it("knows the id of an image from a name", () => {
        assert.equal(imageReference(HEX), undefined);
        assert.equal(imageReference(`sha256:${HEX}`), undefined);
    });
});

ruleTest(untrustedRegistry, { passes: { "anything, until registries are agreed": image("someone/app") }, violates: {} });

ruleTest(untrustedRegistry, {
    settings: { registries: ["registry.example:5000/team", "docker.io/library", "*.cloud.example", "ghcr.io/*/tools"] },
    passes: {
        "a repository below": image("registry.example:5000/team/app/api:1"),
        "Docker's own": docker("proxy", { image: "nginx:1.27" }),
        "a subdomain": image("eu.cloud.example/app"),
        "any one part": image("ghcr.io/someone/tools/lint"),
        "what is built here": service({ build: "." }),
        "an image that the engine has": docker("api", { image: `sha256:${HEX}` }),
    },
    violates: {
        "a longer part": [image("registry.example:5000/teammates/app"), 'service "api" comes from a registry that was not agreed (registry.example:5000/teammates/app)'],
        "another port": [image("registry.example/team/app"), 'service "api" comes from a registry that was not agreed (registry.example/team/app)'],
        "a longer host": [image("registry.example:5000.attacker.example/team/app"), 'service "api" comes from a registry that was not agreed (registry.example:5000.attacker.example/team/app)'],
        "another owner on Docker Hub": [image("someone/nginx"), 'service "api" comes from a registry that was not agreed (someone/nginx)'],
        "the domain itself": [image("cloud.example/app"), 'service "api" comes from a registry that was not agreed (cloud.example/app)'],
        "an init container": [
            deployment("api", { initContainers: [{ name: "init", image: "quay.io/a/b" }], containers: [] }), 'init container "init" of Deployment "api" comes from a registry that was not agreed (quay.io/a/b)',
        ],
        "an image that is only pulled": [resource("docker:index/remoteImage:RemoteImage", "x", { name: "quay.io/a/b" }), 'image "x" comes from a registry that was not agreed (quay.io/a/b)'],
    },
    unknown: { "the image": [docker("api", { image: UNKNOWN })] },
});

ruleTest(blockedRegistry, { passes: { "anything, until registries are ruled out": image("nginx") }, violates: {} });

ruleTest(blockedRegistry, {
    settings: { registries: ["docker.io", "quay.io/someone"] },
    passes: { "another": image("ghcr.io/a/b"), "another owner": image("quay.io/someone-else/b") },
    violates: {
        "a short name of Docker Hub": [image("nginx"), 'service "api" comes from a registry that was ruled out, docker.io (nginx)'],
        "a repository": [image("quay.io/someone/b:1"), 'service "api" comes from a registry that was ruled out, quay.io/someone (quay.io/someone/b:1)'],
    },
    unknown: { "the image": [docker("api", { image: UNKNOWN })] },
});

ruleTest(retiredRegistry, {
    passes: { "the new one": image("registry.k8s.io/pause:3.9"), "a name that is alike": image("k8s.gcr.io.example/pause"), "what is built here": service({ build: "." }) },
    violates: {
        "the old one": [image("k8s.gcr.io/pause:3.9"), 'service "api" comes from a registry that is retired (k8s.gcr.io/pause:3.9)'],
        "an older one": [image("gcr.io/google_containers/pause"), 'service "api" comes from a registry that is retired (gcr.io/google_containers/pause)'],
    },
    unknown: { "the image": [docker("api", { image: UNKNOWN })] },
});

const pod = (container: object, spec: object = {}) => deployment("api", { containers: [{ name: "api", image: "someone/api", ...container }], ...spec });
const AS_ROOT = 'container "api" of Deployment "api" may run as root an image from a registry that is not trusted with it (someone/api)';

ruleTest(rootFromUntrustedRegistry, { passes: { "anything, until registries are trusted": pod({}) }, violates: {} });

ruleTest(rootFromUntrustedRegistry, {
    settings: { registries: ["registry.example"] },
    passes: {
        "a trusted one": pod({ image: "registry.example/api" }),
        "another user": pod({ securityContext: { runAsUser: 1000 } }),
        "no root for the whole pod": pod({}, { securityContext: { runAsNonRoot: true } }),
        "a Windows pod": pod({}, { os: { name: "windows" } }),
        "a Compose service": image("someone/api"),
    },
    violates: { "silence": [pod({}), AS_ROOT], "root": [pod({ securityContext: { runAsUser: 0 } }), AS_ROOT] },
    unknown: { "the user": [pod({ securityContext: { runAsUser: UNKNOWN } })] },
});
