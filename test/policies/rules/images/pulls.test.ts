import { cachedImageTaken, noPullCredentials, unsignedManifest } from "../../../../policies/rules/images/pulls";
import { UNKNOWN, deployment, manifest, ruleTest, service, together } from "../../../support/rule-test";

// Rules of this file: "cached-image-taken", "no-pull-credentials", "unsigned-manifest".
const pod = (image: string, rest: object = {}, spec: object = {}) => deployment("api", { containers: [{ name: "api", image, ...rest }], ...spec });
const API = 'container "api" of Deployment "api"';

ruleTest(cachedImageTaken, {
    passes: {
        "Always": pod("api:1", { imagePullPolicy: "Always" }),
        "silence without a tag": pod("registry.local:5000/api"),
        "silence with latest": pod("api:latest"),
        "a Compose service": service({ image: "api:1" }),
    },
    violates: {
        "silence with a tag": [pod("registry.local:5000/api:1"), `${API} takes an image that its node has already, whoever pulled it (imagePullPolicy: not set)`],
        "silence with a digest": [pod(`api@sha256:${"a".repeat(64)}`), `${API} takes an image that its node has already, whoever pulled it (imagePullPolicy: not set)`],
        "Never": [pod("api", { imagePullPolicy: "Never" }), `${API} takes an image that its node has already, whoever pulled it (imagePullPolicy: Never)`],
    },
    unknown: { "the policy": [pod("api:1", { imagePullPolicy: UNKNOWN })] },
});

const account = (name: string, secrets: string) => manifest(`{apiVersion: v1, kind: ServiceAccount, metadata: {name: ${name}}, imagePullSecrets: ${secrets}}`);
const NONE = 'pod of Deployment "api" names no credentials for its registry (imagePullSecrets: not set, image: registry.example/api:1)';

ruleTest(noPullCredentials, {
    passes: {
        "an open registry": pod("nginx:1"),
        "secrets": pod("registry.example/api:1", {}, { imagePullSecrets: [{ name: "registry" }] }),
        "secrets of its account": together(pod("registry.example/api:1", {}, { serviceAccountName: "api" }), account("api", "[{name: registry}]")),
        "secrets of the default account": together(pod("registry.example/api:1"), account("default", "[{name: registry}]")),
        "a Compose service": service({ image: "registry.example/api:1" }),
    },
    violates: { "none": [pod("registry.example/api:1"), NONE], "an account without": [together(pod("registry.example/api:1"), account("default", "[]")), NONE] },
    unknown: { "the secrets": [pod("registry.example/api:1", {}, { imagePullSecrets: UNKNOWN })], "the account's": [together(pod("registry.example/api:1"), account("default", UNKNOWN))] },
});

const map = (annotations: unknown) => manifest(JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "m", annotations } }));

ruleTest(unsignedManifest, {
    passes: { "both annotations": map({ "cosign.sigstore.dev/message": "a", "cosign.sigstore.dev/signature": "b" }), "a Compose service": service({}) },
    violates: {
        "none": [map({}), 'ConfigMap "m" carries no signature (cosign.sigstore.dev/message: not set)'],
        "one of two": [map({ "cosign.sigstore.dev/message": "a" }), 'ConfigMap "m" carries no signature (cosign.sigstore.dev/signature: not set)'],
    },
    unknown: { "the annotations": [map(UNKNOWN)] },
});
