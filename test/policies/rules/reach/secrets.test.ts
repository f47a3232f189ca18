import { secretBeyondNeed } from "../../../../policies/rules/reach/secret-beyond-need";
import { secretInSandbox } from "../../../../policies/rules/reach/secret-in-sandbox";
import { unusedSecret } from "../../../../policies/rules/reach/unused-secret";
import { UNKNOWN, compose, cronJob, deployment, docker, manifest, ruleTest, swarm, together } from "../../../support/rule-test";

// The ids of the rules that this file tests: "secret-beyond-need", "secret-in-sandbox", "unused-secret".

const SANDBOX = { labels: { "portcullis.role": "sandbox" } };
const holds = (name: string) => `is a sandbox that holds the secret "${name}"`;

ruleTest(secretInSandbox, {
    passes: {
        "a sandbox without any": compose({ services: { runner: { ...SANDBOX } } }),
        "another that has one": compose({ services: { api: { secrets: ["a"] } }, secrets: { a: { file: "a" } } }),
        "a pod with other volumes": deployment("d", { volumes: [{ name: "v", emptyDir: {} }, { name: "p", projected: { sources: [{ configMap: { name: "c" } }] } }], containers: [{ name: "c", env: [{ name: "A", value: "b" }], envFrom: [{ configMapRef: { name: "c" } }] }] }, SANDBOX),
        "a secret to pull its image with": deployment("d", { imagePullSecrets: [{ name: "s" }], containers: [] }, SANDBOX),
        "a Docker container": docker("a", { labels: [{ label: "portcullis.role", value: "sandbox" }] }),
    },
    violates: {
        "both forms of Compose": [compose({ services: { runner: { ...SANDBOX, secrets: ["a", { source: "b", target: "c" }] } } }), `service "runner" ${holds("a")}`, `service "runner" ${holds("b")}`],
        "a Swarm service": [
            swarm("runner", { secrets: [{ secretId: "1", secretName: "a", fileName: "/a" }, { secretId: "2", fileName: "/b" }] }).map(piece => ({ ...piece, workloads: piece.workloads.map(workload => ({ ...workload, role: "sandbox" })) })),
            `Swarm service "runner" ${holds("a")}`, `Swarm service "runner" ${holds("2")}`,
        ],
        "volumes of a pod": [
            deployment("d", { volumes: [{ name: "v", secret: { secretName: "a" } }, { name: "p", projected: { sources: [{ secret: { name: "b" } }] } }], containers: [] }, SANDBOX), `pod of Deployment "d" ${holds("a")}`, `pod of Deployment "d" ${holds("b")}`,
        ],
        "variables of its containers": [
            deployment("d", { initContainers: [{ name: "i", envFrom: [{ secretRef: { name: "a" } }] }], containers: [{ name: "c", env: [{ name: "A", valueFrom: { secretKeyRef: { name: "b", key: "k" } } }] }] }, SANDBOX),
            `pod of Deployment "d" ${holds("a")}`, `pod of Deployment "d" ${holds("b")}`,
        ],
    },
    unknown: { "one secret, and still refuses the other": [deployment("d", { volumes: [UNKNOWN, { name: "v", secret: { secretName: "a" } }], containers: [] }, SANDBOX), `pod of Deployment "d" ${holds("a")}`] },
});

ruleTest(unusedSecret, {
    passes: {
        "a secret of a service": compose({ services: { api: { secrets: ["a"] }, job: { secrets: [{ source: "b" }] } }, secrets: { a: { file: "a" }, b: { file: "b" } } }),
        "a secret of a build": compose({ services: { api: { build: { context: ".", secrets: ["a"] } } }, secrets: { a: { file: "a" } } }),
        "a build that is only a folder": compose({ services: { api: { build: "." } } }),
        "a volume that an init container mounts": cronJob("c", { volumes: [{ name: "v", secret: { secretName: "s" } }], initContainers: [{ name: "i", volumeMounts: [{ name: "v", mountPath: "/v" }] }], containers: [] }),
    },
    violates: {
        "a secret of nobody": [compose({ services: { api: { secrets: ["a"] } }, secrets: { a: { file: "a" }, b: { file: "b" } } }), "the project has a secret that no service uses (b)"],
        "a volume of nobody": [cronJob("c", { volumes: [{ name: "v", secret: { secretName: "s" } }, { name: "w", secret: { secretName: "t" } }], containers: [{ name: "i", volumeMounts: [{ name: "w", mountPath: "/v" }] }] }), 'pod of CronJob "c" has a volume with the secret "s" that no container mounts'],
    },
    unknown: {
        "who uses it": [compose({ services: { api: { secrets: UNKNOWN } }, secrets: { a: { file: "a" } } })],
        "what is mounted": [deployment("d", { volumes: [{ name: "v", secret: { secretName: "s" } }], containers: [{ name: "c", volumeMounts: UNKNOWN }] })],
    },
});

const NETWORKS = { back: { internal: true }, far: { internal: true } };
const project = (services: object, networks: object = NETWORKS) => compose({ services, networks, secrets: { a: { file: "a" } } });
const data = { labels: { "portcullis.role": "data" } };

ruleTest(secretBeyondNeed, {
    passes: {
        "a single holder": project({ api: { networks: ["far"], secrets: ["a"] } }),
        "a store and who reaches it": project({ db: { ...data, networks: ["back"], secrets: ["a"] }, api: { networks: ["back"], secrets: ["a"] } }),
        "two that meet": project({ one: { networks: ["back"], secrets: ["a"] }, two: { networks: ["back"], secrets: ["a"] } }),
        "two that talk to the outside": project({ one: { networks: ["x"], secrets: ["a"] }, two: { networks: ["y"], secrets: ["a"] } }, {}),
        "a need that is declared": project({ db: { ...data, networks: ["back"], secrets: ["a"] }, job: { labels: ["portcullis.secrets=b, a"], networks: ["far"], secrets: ["a"] } }),
        "secrets of other namespaces": together(...["x", "y"].map(namespace => manifest(`apiVersion: v1\nkind: Pod\nmetadata: { name: p, namespace: ${namespace} }\nspec: { volumes: [{ name: v, secret: { secretName: s } }], containers: [] }\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: n, namespace: ${namespace} }\nspec: { podSelector: {}, policyTypes: [Ingress, Egress] }`))),
    },
    violates: {
        "a store, and one that does not reach it": [
            project({ db: { ...data, networks: ["back"], secrets: ["a"] }, proxy: { networks: ["open"], secrets: ["a"] } }, { ...NETWORKS, open: null }),
            'service "proxy" holds the secret "a" with db, and no way leads to where it would be of use',
        ],
        "two that do not meet": [
            project({ one: { networks: ["back"], secrets: ["a"] }, two: { networks: ["far"], secrets: ["a"] } }),
            'service "one" holds the secret "a" with two, and no way leads to where it would be of use', 'service "two" holds the secret "a" with one, and no way leads to where it would be of use',
        ],
        "what is not declared": [project({ api: { labels: { "portcullis.secrets": "b" }, networks: ["far"], secrets: ["a"] } }), 'service "api" holds the secret "a", which its portcullis.secrets does not name'],
        "what an annotation does not name": [
            manifest("apiVersion: v1\nkind: Pod\nmetadata: { name: p, annotations: { portcullis.secrets: 'b,c' } }\nspec: { containers: [{ name: c, envFrom: [{ secretRef: { name: s } }, { secretRef: { name: c } }] }] }"),
            'pod of Pod "p" holds the secret "s", which its portcullis.secrets does not name',
        ],
    },
    unknown: {
        "a name": [deployment("d", { volumes: [{ name: "v", secret: { secretName: UNKNOWN } }], containers: [] })],
        "the way": [project({ db: { ...data, networks: ["back"], secrets: ["a"] }, api: { networks: UNKNOWN, secrets: ["a"] } })],
    },
});
