import { invalidLabel, requiredAnnotationMissing, requiredLabelMissing } from "../../../../policies/rules/metadata/labels";
import { UNKNOWN, docker, manifest, ruleTest, service, swarm } from "../../../support/rule-test";
import type { Subject } from "../../../support/rule-test";

// Rules of this file: "required-label-missing", "required-annotation-missing", "invalid-label".
const object = (metadata: object, kind = "Deployment", spec: object = {}): Subject =>
    manifest(JSON.stringify({ apiVersion: kind === "CronJob" ? "batch/v1" : kind === "Deployment" ? "apps/v1" : "v1", kind, metadata: { name: "api", ...metadata }, spec }));
const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": "-hidden-" };

ruleTest(requiredLabelMissing, { passes: { "anything, until labels are agreed": object({}) }, violates: {} });

ruleTest(requiredLabelMissing, {
    settings: { labels: ["owner", "tier=web|data"] },
    passes: {
        "a Deployment": object({ labels: { owner: "shop", tier: "web" } }),
        "a Compose service": service({ labels: ["owner=shop", "tier=data"] }),
        "a Docker container": docker("api", { labels: [{ label: "owner", value: "shop" }, { label: "tier", value: "web" }] }),
        "what does not run": object({}, "ConfigMap"),
    },
    violates: {
        "silence": [object({}), 'Deployment "api" lacks the label owner (not set)', 'Deployment "api" lacks the label tier (not set)'],
        "another value": [service({ labels: { owner: "shop", tier: "website" } }), 'service "api" lacks the label tier as it was agreed, web|data (website)'],
        "an empty one": [docker("api", { labels: [{ label: "owner", value: "" }, { label: "tier", value: "web" }] }), 'Container "api" lacks the label owner ()'],
        "a Swarm service": [swarm("api", {}), 'Service "api" lacks the label owner (not set)', 'Service "api" lacks the label tier (not set)'],
        "a Service": [object({ labels: { tier: "web" } }, "Service"), 'Service "api" lacks the label owner (not set)'],
    },
    unknown: { "the labels": [docker("api", { labels: UNKNOWN })] },
});

ruleTest(requiredLabelMissing, {
    settings: { labels: ["app={name}(?:-x)?"] },
    passes: { "the object's own name": object({ labels: { app: "api-x" } }) },
    violates: { "another's": [object({ name: "a.i", labels: { app: "api" } }), 'Deployment "a.i" lacks the label app as it was agreed, a\\.i(?:-x)? (api)'] },
});

ruleTest(requiredAnnotationMissing, { passes: { "anything, until annotations are agreed": object({ annotations: { a: "b" } }) }, violates: {} });

ruleTest(requiredAnnotationMissing, {
    settings: { annotations: ["example.com/contact=.+@example\\.com"], allowed: ["example.com/", "kubernetes.io/description"] },
    passes: { "what was agreed": object({ annotations: { "example.com/contact": "a@example.com", "kubernetes.io/description": "x" } }) },
    violates: {
        "silence": [object({}), 'Deployment "api" lacks the annotation example.com/contact (not set)'],
        "another": [
            object({ annotations: { "example.com/contact": "a@example.com", "nginx.ingress.kubernetes.io/server-snippet": "x" } }),
            'Deployment "api" has an annotation that was ruled out (nginx.ingress.kubernetes.io/server-snippet)',
        ],
    },
    unknown: { "the annotation, and still refuses the other": [object({ annotations: { "example.com/contact": UNKNOWN, "x": "y" } }), 'Deployment "api" has an annotation that was ruled out (x)'] },
});

ruleTest(invalidLabel, {
    passes: {
        "ordinary ones": object({ labels: { "app.kubernetes.io/name": "api", "a": "", "version": "1.0_b-2" }, annotations: { note: "anything at all, of any length" } }),
        "none": object({}, "ConfigMap"),
        "63 characters": object({ labels: { a: "x".repeat(63) } }),
    },
    violates: {
        "a number": [object({ labels: { version: 1.5 } }), 'Deployment "api" has a label whose value is not valid (version: a number)'],
        "yes or no in an annotation": [object({ annotations: { scrape: true } }), 'Deployment "api" has an annotation whose value is not valid (scrape: a boolean)'],
        "64 characters": [object({ labels: { a: "x".repeat(64) } }), `Deployment "api" has a label whose value is not valid (a: ${"x".repeat(64)})`],
        "a blank": [object({ labels: { owner: "a b" } }), 'Deployment "api" has a label whose value is not valid (owner: a b)'],
        "a secret, which is not shown": [object({ labels: { owner: SECRET } }), 'Deployment "api" has a label whose value is not valid (owner: a secret)'],
        "a name with a blank": [object({ labels: { "a b": "c" } }), 'Deployment "api" has a label whose name is not valid (a b)'],
        "a domain in upper case": [object({ annotations: { "Example.com/a": "c" } }), 'Deployment "api" has an annotation whose name is not valid (Example.com/a)'],
        "two slashes": [object({ labels: { "a/b/c": "d" } }), 'Deployment "api" has a label whose name is not valid (a/b/c)'],
        "of the template": [object({}, "Deployment", { template: { metadata: { labels: { a: 1 } } } }), 'Deployment "api" has a label whose value is not valid (a: a number)'],
        "of a CronJob's template": [
            object({}, "CronJob", { jobTemplate: { spec: { template: { metadata: { labels: { a: "-" } } } } } }), 'CronJob "api" has a label whose value is not valid (a: -)',
        ],
    },
    unknown: { "one, and still refuses the other": [object({ labels: { a: UNKNOWN, b: 1 } }), 'Deployment "api" has a label whose value is not valid (b: a number)'] },
});
