import { defaultCredentialInSecret } from "../../../../policies/rules/secrets/default-credential-in-secret";
import { UNKNOWN, manifest, resource, ruleTest } from "../../../support/rule-test";

/** The SDK's envelope of a secret. */
const hidden = (value: unknown) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });
const coded = (text: string) => Buffer.from(text).toString("base64");
const secret = (rest: object) => manifest(JSON.stringify({ apiVersion: "v1", kind: "Secret", metadata: { name: "app" }, ...rest }));
const KNOWN = `Secret "app" holds a credential that everybody knows (password)`;

ruleTest(defaultCredentialInSecret, {
    passes: {
        "a value of its own": secret({ stringData: { password: "vX3-q8Lw-T4zR" }, data: { token: coded("9dK2mPq7") } }),
        "a user's name": secret({ stringData: { username: "admin", database: "postgres" } }),
        "one that is encrypted": secret({ stringData: { password: "ENC[AES256_GCM,data:changeme,iv:1=,tag:k=,type:str]" } }),
        "no contents": secret({}),
        "a config map": manifest("{apiVersion: v1, kind: ConfigMap, metadata: {name: app}, data: {password: changeme}}"),
    },
    violates: {
        "a placeholder": [secret({ stringData: { password: "CHANGE_ME" } }), KNOWN],
        "a default, in Base64": [secret({ data: { password: coded("admin123") } }), KNOWN],
        "a default in an address": [secret({ stringData: { url: "amqp://guest:guest@mq" } }), `Secret "app" holds a credential that everybody knows (url)`],
        "one that is marked, without showing it": [resource("kubernetes:core/v1:Secret", "app", { stringData: { password: hidden("minioadmin") } }), KNOWN],
        "an engine's secret": [resource("docker:index/secret:Secret", "db_password", { data: hidden(coded("changez_ce_mot_de_passe")) }), `Secret "db_password" holds a credential that everybody knows (db_password)`],
    },
    unknown: { "one value, and still refuses the others": [resource("kubernetes:core/v1:Secret", "app", { stringData: { a: UNKNOWN, password: "changeme" } }), KNOWN] },
});
