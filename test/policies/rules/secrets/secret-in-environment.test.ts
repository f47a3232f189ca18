import { secretInEnvironment } from "../../../../policies/rules/secrets/secret-in-environment";
import { UNKNOWN, cronJob, deployment, docker, ruleTest, service, swarm } from "../../../support/rule-test";

const HANDED = "is handed a secret in its environment";
const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

ruleTest(secretInEnvironment, {
    passes: {
        "no environment": docker("api", {}),
        "harmless variables": docker("api", { envs: ["LOG_LEVEL=info", "TOKEN_TTL=3600", "PASSWORD_MIN_LENGTH=12", "PUBLIC_KEY=abc", "FEATURE_SECRETS=true"] }),
        "files": service({ environment: { DB_PASSWORD_FILE: "/run/secrets/db", API_TOKEN: "/run/secrets/token" } }),
        "a file with a long name": service({ environment: { MINIO_ROOT_PASSWORD_FILE: "/run/secrets/BUCKETS_S3_BATCH_EXPORT_SECRET_ACCESS_KEY" } }),
        "a variable of whoever deploys": service({ environment: { DB_PASSWORD: "${DB_PASSWORD}", API_KEY: null } }),
        "a URL without a password": service({ environment: ["DATABASE_URL=postgres://db:5432/app"] }),
        "a reference to a Secret": deployment("api", { containers: [{ name: "api", env: [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } }] }] }),
        "a digest": service({ environment: { IMAGE_DIGEST: "3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b" } }),
    },
    violates: {
        "a password by its name": [docker("api", { envs: ["LOG_LEVEL=info", "DB_PASSWORD=hunter2"] }), `container "api" ${HANDED} (DB_PASSWORD: by its name)`],
        "a default of Compose": [service({ environment: { REDIS_PASSWORD: "${REDIS_PASSWORD:-hunter2}" } }), `service "api" ${HANDED} (REDIS_PASSWORD: by its name)`],
        "names in other spellings": [service({ environment: { jwtSecret: "abc", "app.api-key": "abc" } }), `service "api" ${HANDED} (jwtSecret: by its name)`, `service "api" ${HANDED} (app.api-key: by its name)`],
        "a password inside a URL": [service({ environment: { DSN: "mysql://root:hunter2@db/app" } }), `service "api" ${HANDED} (DSN: its value holds a password)`],
        "a token by its form": [swarm("api", { env: { OPTIONS: "ghp_0123456789abcdefghijABCDEFGHIJ012345" } }), `Swarm service "api" ${HANDED} (OPTIONS: its value has the form of a token or key)`],
        "a value that looks random": [service({ environment: { SIGNER: "9f86d081884c7d659a2feaa0c55ad015" } }), `service "api" ${HANDED} (SIGNER: its value looks random)`],
        "an init container": [
            cronJob("nightly", { containers: [{ name: "job" }], initContainers: [{ name: "init", env: [{ name: "DB_PASSWORD", value: "hunter2" }] }] }),
            `init container "init" of CronJob "nightly" ${HANDED} (DB_PASSWORD: by its name)`,
        ],
        "a value that the SDK marks": [docker("api", { envs: ["LOG_LEVEL=info", { ...SECRET, value: "OPTIONS=x" }] }), `container "api" ${HANDED} (OPTIONS: marked as one)`],
        "a list that the SDK marks": [docker("api", { envs: { ...SECRET, value: ["LOG_LEVEL=info", "OPTIONS=x"] } }), `container "api" ${HANDED} (marked as one)`],
        "a list that the SDK marks, where a name tells": [docker("api", { envs: { ...SECRET, value: ["LOG_LEVEL=info", "DB_PASSWORD=x1"] } }), `container "api" ${HANDED} (DB_PASSWORD: by its name)`],
        "a masked value": [docker("api", { envs: ["[secret]"] }), `container "api" ${HANDED} (a variable: marked as one)`],
    },
    unknown: { "one variable, and still refuses the other": [docker("api", { envs: [UNKNOWN, "DB_PASSWORD=hunter2"] }), `container "api" ${HANDED} (DB_PASSWORD: by its name)`] },
});
