import { retiredApiVersion, unstableApiVersion } from "../../../../policies/rules/metadata/api-versions";
import { buildAndImage, composeVersionKey } from "../../../../policies/rules/metadata/compose";
import { policyExceptionUnbounded } from "../../../../policies/rules/metadata/exceptions";
import { duplicateContainerName, duplicateVariable, selectorMismatch } from "../../../../policies/rules/metadata/names";
import { UNKNOWN, compose, deployment, docker, manifest, ruleTest, service, swarm, together } from "../../../support/rule-test";
import type { Subject } from "../../../support/rule-test";

// Rules of this file: "retired-api-version", "unstable-api-version", "build-and-image", "compose-version-key", "policy-exception-unbounded",
// "duplicate-variable", "duplicate-container-name", "selector-mismatch".
const object = (apiVersion: string, kind: string, spec: object = {}, metadata: object = {}): Subject => manifest(JSON.stringify({ apiVersion, kind, metadata: { name: "it", ...metadata }, spec }));

ruleTest(retiredApiVersion, {
    passes: {
        "what is served": object("apps/v1", "Deployment"),
        "a version of which only another kind is gone": object("storage.k8s.io/v1beta1", "VolumeAttributesClass"),
        "an extension's": object("example.com/v1beta1", "Deployment"),
        "a Compose service": service({}),
    },
    violates: {
        "one of 1.16": [object("extensions/v1beta1", "Deployment"), 'Deployment "it" is of an API version that Kubernetes removed in 1.16 (extensions/v1beta1)'],
        "one of 1.22": [object("extensions/v1beta1", "Ingress"), 'Ingress "it" is of an API version that Kubernetes removed in 1.22 (extensions/v1beta1)'],
        "one of 1.25": [object("policy/v1beta1", "PodDisruptionBudget"), 'PodDisruptionBudget "it" is of an API version that Kubernetes removed in 1.25 (policy/v1beta1)'],
        "one of 1.32": [object("flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema"), 'FlowSchema "it" is of an API version that Kubernetes removed in 1.32 (flowcontrol.apiserver.k8s.io/v1beta3)'],
    },
});

ruleTest(unstableApiVersion, {
    passes: { "a stable one": object("batch/v1", "Job"), "an extension's": object("gateway.networking.k8s.io/v1beta1", "HTTPRoute"), "the core's": object("v1", "Pod") },
    violates: {
        "beta": [object("batch/v1beta1", "CronJob"), 'CronJob "it" is of an API version that is not stable (batch/v1beta1)'],
        "alpha": [object("resource.k8s.io/v1alpha3", "DeviceTaintRule"), 'DeviceTaintRule "it" is of an API version that is not stable (resource.k8s.io/v1alpha3)'],
    },
});

ruleTest(buildAndImage, {
    passes: { "a build": service({ build: "." }), "an image": service({ image: "api:1" }) },
    violates: { "both": [service({ build: { context: "." }, image: "api:1" }), 'service "api" is built here under a name that can also be pulled (api:1)'] },
    unknown: { "the image": [service({ build: ".", image: UNKNOWN })] },
});

ruleTest(composeVersionKey, {
    passes: { "none": service({}) },
    violates: { "one": [compose({ version: "3.8", services: {} }), "the project has a key that Compose ignores (version: 3.8)"] },
    unknown: { "what it is": [compose({ version: UNKNOWN, services: {} })] },
});

const exception = (spec: object, labels: object = { "cleanup.kyverno.io/ttl": "24h" }) => object("kyverno.io/v2", "PolicyException", spec, { labels });

ruleTest(policyExceptionUnbounded, {
    passes: { "one that ends": exception({ exceptions: [{ policyName: "p", ruleNames: ["r"] }], match: { any: [{ resources: { kinds: ["Pod"] } }] } }), "another kind": object("v1", "Pod") },
    violates: {
        "one without end": [exception({}, {}), 'PolicyException "it" never ends (cleanup.kyverno.io/ttl: not set)'],
        "every rule and every kind": [
            exception({ exceptions: [{ policyName: "p", ruleNames: ["*"] }], match: { all: [{ resources: { kinds: ["*"] } }] } }),
            'PolicyException "it" is for every rule of a policy (ruleNames: *)', 'PolicyException "it" is for every kind of object (kinds: *)',
        ],
    },
    unknown: { "the rules, and still refuses that it never ends": [exception({ exceptions: UNKNOWN }, {}), 'PolicyException "it" never ends (cleanup.kyverno.io/ttl: not set)'] },
});

ruleTest(duplicateVariable, {
    passes: { "different ones": docker("api", { envs: ["A=1", "B=1"] }), "two containers": deployment("api", { containers: [{ name: "a", env: [{ name: "A" }] }, { name: "b", env: [{ name: "A" }] }] }) },
    violates: {
        "Docker": [docker("api", { envs: ["A=1", "B=2", "A=3"] }), 'container "api" is told the variable A twice'],
        "a list of Compose": [service({ environment: ["A=1", "A"] }), 'service "api" is told the variable A twice'],
        "a pod": [deployment("api", { containers: [{ name: "a", env: [{ name: "A", value: "1" }, { name: "A", valueFrom: {} }] }] }), 'container "a" of Deployment "api" is told the variable A twice'],
    },
    unknown: { "one, and still refuses the others": [docker("api", { envs: ["A=1", UNKNOWN, "A=2"] }), 'container "api" is told the variable A twice'] },
});

const named = (one: object, other: object) => compose({ services: { a: { image: "a", ...one }, b: { image: "b", ...other } } });

ruleTest(duplicateContainerName, {
    passes: {
        "different ones": named({ container_name: "a" }, { container_name: "b" }),
        "none": named({}, {}),
        "profiles that exclude one another": named({ container_name: "a", profiles: ["x"] }, { container_name: "a", profiles: ["y"] }),
        "two pods": together(deployment("a", { containers: [{ name: "main" }] }), deployment("b", { containers: [{ name: "main" }] })),
        "two Swarm services of different names": together(swarm("a", {}), swarm("b", {})),
    },
    violates: {
        "Compose": [named({ container_name: "a" }, { container_name: "a" }), 'service "b" has the name of another container (a, of service "a")'],
        "one that always runs": [named({ container_name: "a" }, { container_name: "a", profiles: ["y"] }), 'service "b" has the name of another container (a, of service "a")'],
        "Docker": [together(docker("one", { name: "x" }), docker("two", { name: "x" })), 'container "x" has the name of another container (x, of container "x")'],
        "a pod": [deployment("api", { initContainers: [{ name: "main" }], containers: [{ name: "main" }] }), 'pod of Deployment "api" has two containers of one name (main)'],
    },
    unknown: { "a name": [together(docker("one", { name: "x" }), docker("two", { name: UNKNOWN }))] },
});

const controller = (selector: unknown, labels: object, apiVersion = "apps/v1", kind = "Deployment") => object(apiVersion, kind, { selector, template: { metadata: { labels } } });

ruleTest(selectorMismatch, {
    passes: {
        "its own labels": controller({ matchLabels: { app: "api" } }, { app: "api", tier: "web" }),
        "an expression": controller({ matchExpressions: [{ key: "app", operator: "In", values: ["api"] }] }, { app: "api" }),
        "a plain selector": controller({ app: "api" }, { app: "api" }, "v1", "ReplicationController"),
        "OpenShift's": controller({ app: "api" }, { app: "api" }, "apps.openshift.io/v1", "DeploymentConfig"),
        "no selector": object("apps/v1", "Deployment"),
        "a Job, whose selector is made for it": controller(undefined, { app: "web" }, "batch/v1", "Job"),
        "a CronJob with its own labels": object("batch/v1", "CronJob", { jobTemplate: { spec: { selector: { matchLabels: { app: "api" } }, template: { metadata: { labels: { app: "api" } } } } } }),
    },
    violates: {
        "a Job": [controller({ matchLabels: { app: "api" } }, { app: "web" }, "batch/v1", "Job"), 'Job "it" does not select the pods that its template makes (selector and labels differ)'],
        "a CronJob": [
            object("batch/v1", "CronJob", { jobTemplate: { spec: { selector: { matchLabels: { app: "api" } }, template: {} } } }),
            'CronJob "it" does not select the pods that its template makes (selector and labels differ)',
        ],
        "other labels": [controller({ matchLabels: { app: "api" } }, { app: "web" }), 'Deployment "it" does not select the pods that its template makes (selector and labels differ)'],
        "none": [controller({ matchLabels: { app: "api" } }, {}, "apps/v1", "StatefulSet"), 'StatefulSet "it" does not select the pods that its template makes (selector and labels differ)'],
    },
    unknown: { "the labels": [controller({ matchLabels: { app: "api" } }, { app: UNKNOWN })] },
});
