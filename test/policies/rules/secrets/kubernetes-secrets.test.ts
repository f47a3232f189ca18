import assert from "node:assert/strict";

import { SECRETS_RULES } from "../../../../policies/rules/secrets";
import { UNKNOWN, deployment, docker, manifest, resource, ruleTest, together } from "../../../support/rule-test";
import type { Rule } from "../../../../policies/rule";

function rule(id: string): Rule {
    const found = SECRETS_RULES.find(one => one.id === id);
    assert.ok(found !== undefined);
    return found;
}

/** The SDK's envelope of a secret. */
const hidden = (value: unknown) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });
const object = (kind: string, rest: object) => manifest(JSON.stringify({ apiVersion: "v1", kind, metadata: { name: "app", namespace: "shop" }, ...rest }));
const configMap = (data: Readonly<Record<string, string>>) => object("ConfigMap", { data });
const secret = (rest: object) => object("Secret", rest);
const coded = (text: string) => Buffer.from(text).toString("base64");

ruleTest(rule("secret-in-config-map"), {
    passes: {
        "settings": configMap({ LOG_LEVEL: "debug", DB_HOST: "db", TOKEN_TTL: "3600", "checksum": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" }),
        "a file that takes them from elsewhere": configMap({ "app.yaml": "db:\n  host: db\n  password: ${DB_PASSWORD}\n  passwordFile: /run/secrets/db\n# password: hunter2\n" }),
        "a program": configMap({ "settings.py": "import os\nPASSWORD = os.environ[\"DB_PASSWORD\"]\ntoken = read_token()\n" }),
        "nothing": object("ConfigMap", {}),
        "a Secret, which has its own rule": secret({ stringData: { password: "hunter2" } }),
    },
    violates: {
        "a key": [configMap({ db_password: "hunter2" }), `ConfigMap "app" holds a secret (db_password: by its name)`],
        "a login in an address": [configMap({ url: "amqp://app:hunter2@mq:5672" }), `ConfigMap "app" holds a secret (url: its value holds a password)`],
        "a line of an env file": [configMap({ ".env": "A=1\nexport API_TOKEN=hunter2\n" }), `ConfigMap "app" holds a secret (.env: line 2, API_TOKEN, by its name)`],
        "YAML": [configMap({ "app.yaml": "db:\n  user: app\n  password: hunter2\n" }), `ConfigMap "app" holds a secret (app.yaml: line 3, password, by its name)`],
        "properties": [configMap({ "app.properties": "a=b\nspring.datasource.password=hunter2\n" }), `ConfigMap "app" holds a secret (app.properties: line 2, spring.datasource.password, by its name)`],
        "JSON": [configMap({ "app.json": JSON.stringify({ db: { password: "hunter2" } }) }), `ConfigMap "app" holds a secret (app.json: its text holds one, password)`],
        "XML": [configMap({ "app.xml": "<db>\n<password>hunter2</password>\n</db>" }), `ConfigMap "app" holds a secret (app.xml: line 2, password, by its name)`],
        "a connection string in a file": [configMap({ "app.ini": "[db]\ndsn = postgres://app:hunter2@db/app\n" }), `ConfigMap "app" holds a secret (app.ini: line 2, dsn, its value holds a password)`],
        "a list of variables": [configMap({ "pod.yaml": "env:\n  - name: DB_PASSWORD\n    value: hunter2\n" }), `ConfigMap "app" holds a secret (pod.yaml: line 3, DB_PASSWORD, by its name)`],
        "redis.conf": [configMap({ "redis.conf": "port 6379\nrequirepass hunter2\n" }), `ConfigMap "app" holds a secret (redis.conf: line 2, requirepass, by its name)`],
        "a key of a program's": [
            configMap({ "run.sh": "#!/bin/sh\ncurl https://app:hunter2@api\n" }), `ConfigMap "app" holds a secret (run.sh: line 2, it holds a key or a login)`,
        ],
        "each of several": [configMap({ a_token: "x1", b: "c", b_secret: "y1" }), `ConfigMap "app" holds a secret (a_token: by its name)`, `ConfigMap "app" holds a secret (b_secret: by its name)`],
        "what is marked as one": [resource("kubernetes:core/v1:ConfigMap", "app", { data: { motto: hidden("x") } }), `ConfigMap "app" holds a secret (motto: marked as one)`],
    },
    unknown: { "one value, and still refuses the others": [resource("kubernetes:core/v1:ConfigMap", "app", { data: { a: UNKNOWN, password: "hunter2" } }), `ConfigMap "app" holds a secret (password: by its name)`] },
});

const WRITTEN = `Secret "app" holds the value of "password" for everybody to read`;
ruleTest(rule("secret-in-manifest"), {
    passes: {
        "encrypted by SOPS": secret({ stringData: { password: "ENC[AES256_GCM,data:Tr7o1,iv:1=,tag:k=,type:str]" }, sops: {} }),
        "empty ones and placeholders": secret({ stringData: { a: "", b: "<password>", c: "${PASSWORD}", d: "changeme" }, data: { e: "", f: coded("") } }),
        "no contents": secret({ type: "Opaque" }),
        "a certificate, which is public": secret({ type: "kubernetes.io/tls", data: { "tls.crt": coded("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n") } }),
        "one that is sealed": manifest("{apiVersion: bitnami.com/v1alpha1, kind: SealedSecret, metadata: {name: app}, spec: {encryptedData: {password: AgBy8hCi}}}"),
        "one that is fetched": manifest("{apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: {name: app}, spec: {target: {name: app}}}"),
        "values that are marked": resource("kubernetes:core/v1:Secret", "app", { stringData: { password: hidden("hunter2") } }),
        "all of it marked": resource("kubernetes:core/v1:Secret", "app", { data: hidden({ password: coded("hunter2") }) }),
    },
    violates: {
        "a text": [secret({ stringData: { password: "hunter2" } }), WRITTEN],
        "Base64": [secret({ data: { password: coded("hunter2") } }), WRITTEN],
        "a private key": [secret({ data: { "tls.key": coded("-----BEGIN PRIVATE KEY-----\nMIIB\n") } }), `Secret "app" holds the value of "tls.key" for everybody to read`],
        "an unmarked value of a program": [resource("kubernetes:core/v1:Secret", "app", { stringData: { password: "hunter2" } }), WRITTEN],
    },
    unknown: { "one value, and still refuses the others": [resource("kubernetes:core/v1:Secret", "app", { stringData: { a: UNKNOWN, password: "hunter2" } }), WRITTEN] },
});

const env = (more: object) => deployment("app", { containers: [{ name: "app", ...more }] });
ruleTest(rule("secret-from-environment"), {
    passes: {
        "a file": deployment("app", { containers: [{ name: "app" }], volumes: [{ name: "s", secret: { secretName: "db" } }] }),
        "a config map": env({ env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "c", key: "a" } } }], envFrom: [{ configMapRef: { name: "c" } }] }),
        "a field": env({ env: [{ name: "A", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } }] }),
        "a container elsewhere": docker("app", { envs: ["A=b"] }),
    },
    violates: {
        "a variable": [env({ env: [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } }] }), `pod of Deployment "app" takes Secret "db" into its environment (DB_PASSWORD)`],
        "all of a secret, in an init container": [
            deployment("app", { initContainers: [{ name: "i", envFrom: [{ secretRef: { name: "db" } }] }] }), `pod of Deployment "app" takes Secret "db" into its environment (all of it)`,
        ],
    },
    unknown: {
        "a variable, and still refuses another": [
            env({ env: [{ name: "A", valueFrom: UNKNOWN }, { name: "B", valueFrom: { secretKeyRef: { name: "db", key: "b" } } }] }), `pod of Deployment "app" takes Secret "db" into its environment (B)`,
        ],
        "the name of the secret": [env({ envFrom: [{ secretRef: { name: UNKNOWN } }] })],
    },
});

const everything = deployment("app", {
    containers: [{ name: "app", env: [{ name: "A", valueFrom: { secretKeyRef: { name: "db", key: "a" } } }], envFrom: [{ configMapRef: { name: "settings" } }] }],
    volumes: [{ secret: { secretName: "tls" } }, { projected: { sources: [{ secret: { name: "ca" } }] } }, { persistentVolumeClaim: { claimName: "data" } }],
    imagePullSecrets: [{ name: "pull" }],
});
ruleTest(rule("secret-access-not-listed"), { passes: { "anything while nothing is said": everything }, violates: {} });
ruleTest(rule("secret-access-not-listed"), {
    settings: { secrets: ["db", "t*", "ca", "pull"], configMaps: ["settings"], claims: ["data"] }, passes: { "what is listed": everything }, violates: {},
});
ruleTest(rule("secret-access-not-listed"), {
    settings: { secrets: ["db*"], claims: ["other"] }, passes: {},
    violates: {
        "each that is not": [everything, ...["tls", "ca", "pull"].map(name => `pod of Deployment "app" uses Secret "${name}", which is not on the list (db*)`),
            `pod of Deployment "app" uses PersistentVolumeClaim "data", which is not on the list (other)`],
    },
    unknown: { "a volume": [deployment("app", { volumes: [UNKNOWN] })] },
});

const asks = (kind: "secret" | "configMap", key: string) => env({ env: [{ name: "A", valueFrom: { [`${kind}KeyRef`]: { name: "app", key } } }] });
const optional = env({ envFrom: [{ secretRef: { name: "app", optional: true } }] });
ruleTest(rule("referenced-config-missing"), {
    passes: {
        "a key that is there": together(asks("secret", "a"), secret({ stringData: { a: "" } })),
        "a Secret that something else writes": together(
            asks("secret", "a"), manifest("{apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: {name: x}, spec: {target: {name: app}}}"),
        ),
        "one that may be missing": optional,
        "the certificate that every namespace has": deployment("app", { volumes: [{ configMap: { name: "kube-root-ca.crt" } }] }),
    },
    violates: {
        "no such object": [asks("configMap", "a"), `pod of Deployment "app" names ConfigMap "app", which is not in the stack`],
        "no such key": [together(asks("configMap", "b"), configMap({ a: "" })), `pod of Deployment "app" asks for the key "b" of ConfigMap "app", which has none`],
        "a Secret of a certificate, by another name": [
            together(asks("secret", "a"), manifest("{apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: app}, spec: {secretName: app-tls}}")),
            `pod of Deployment "app" names Secret "app", which is not in the stack`,
        ],
    },
    unknown: { "a name": [env({ envFrom: [{ secretRef: { name: UNKNOWN } }] })] },
});

const storage = (provisioner: string, parameters?: object) => manifest(JSON.stringify({ apiVersion: "storage.k8s.io/v1", kind: "StorageClass", metadata: { name: "fast" }, provisioner, parameters }));
ruleTest(rule("unencrypted-storage"), {
    passes: {
        "encryption": storage("ebs.csi.aws.com", { type: "gp3", encrypted: "true" }),
        "by a parameter of another name": storage("linodebs.csi.linode.com", { "linodebs.csi.linode.com/encrypted": "true" }),
        "a provisioner that always does, or says it elsewhere": storage("pd.csi.storage.gke.io", { type: "pd-ssd" }),
        "a provisioner called like a part of the language": storage("constructor"),
    },
    violates: {
        "none": [storage("driver.longhorn.io", { numberOfReplicas: "3" }), `StorageClass "fast" does not ask driver.longhorn.io to encrypt (encrypted: not set)`],
        "no parameters": [storage("ebs.csi.aws.com"), `StorageClass "fast" does not ask ebs.csi.aws.com to encrypt (encrypted: not set)`],
        "a refusal": [storage("pxd.portworx.com", { secure: "false" }), `StorageClass "fast" does not ask pxd.portworx.com to encrypt (secure: false)`],
    },
    unknown: { "the parameter": [resource("kubernetes:storage.k8s.io/v1:StorageClass", "fast", { provisioner: "ebs.csi.aws.com", parameters: { encrypted: UNKNOWN } })] },
});

const command = rule("secret-in-command");
const handed = (reason: string) => `container "app" of Deployment "app" is handed a secret on its command line (${reason})`;
ruleTest(command, {
    passes: { "a probe with a file": env({ livenessProbe: { exec: { command: ["sh", "-c", "curl -H @/run/secrets/header localhost"] } } }) },
    violates: {
        "a probe": [env({ livenessProbe: { exec: { command: ["redis-cli", "-a", "hunter2", "ping"] } } }), handed("password")],
        "a hook": [env({ lifecycle: { preStop: { exec: { command: ["sh", "-c", "curl -u app:hunter2 localhost/stop"] } } } }), handed("password")],
        "a header of a probe": [
            env({ readinessProbe: { httpGet: { path: "/", port: 80, httpHeaders: [{ name: "Accept", value: "text/html" }, { name: "Authorization", value: "Bearer hunter2" }] } } }), handed("the header Authorization of a probe"),
        ],
    },
    unknown: { "a hook, and still refuses the probe": [env({ lifecycle: UNKNOWN, startupProbe: { exec: { command: ["serve", "--token=hunter2"] } } }), handed("token")] },
});
