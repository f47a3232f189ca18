import { secretInLabel } from "../../../../policies/rules/secrets/secret-in-label";
import { UNKNOWN, deployment, docker, ruleTest, service } from "../../../support/rule-test";

ruleTest(secretInLabel, {
    passes: {
        "no label": docker("api", {}),
        "harmless labels": docker("api", { labels: [{ label: "portcullis.role", value: "application" }] }),
        "what looks random": service({ labels: { checksum: "9f86d081884c7d659a2feaa0c55ad015" } }),
        "a Deployment": deployment("api", { containers: [{ name: "api" }] }, { annotations: { "prometheus.io/scrape": "true" } }),
    },
    violates: {
        "a label of a Docker container": [docker("api", { labels: [{ label: "app.password", value: "hunter2" }] }), 'container "api" has a secret in a label (app.password: by its name)'],
        "a label of Compose": [service({ labels: ["backup.url=s3://key:hunter2@store/a"] }), 'service "api" has a secret in a label (backup.url: its value holds a password)'],
        "an annotation of the pod, once for its two containers": [
            deployment("api", { containers: [{ name: "a" }, { name: "b" }] }, { annotations: { "vault/token": "hunter2" } }),
            'container "a" of Deployment "api" has a secret in a label (vault/token: by its name)',
        ],
    },
    unknown: { "one label, and still refuses the other": [docker("api", { labels: [UNKNOWN, { label: "app.password", value: "hunter2" }] }), 'container "api" has a secret in a label (app.password: by its name)'] },
});
