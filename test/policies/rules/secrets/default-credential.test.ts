import { defaultCredential } from "../../../../policies/rules/secrets/default-credential";
import { UNKNOWN, deployment, docker, ruleTest, service } from "../../../support/rule-test";

const KNOWN = "uses a credential that everybody knows";

ruleTest(defaultCredential, {
    passes: {
        "no environment": docker("api", {}),
        "a credential of one's own": service({ environment: { DB_PASSWORD: "9hT2kq", ADMIN_USER: "maria" } }),
        "a file": service({ environment: { DB_PASSWORD_FILE: "/run/secrets/password" } }),
        "a variable of whoever deploys": service({ environment: { DB_PASSWORD: "${DB_PASSWORD}" } }),
        "a word that is no credential": service({ environment: { MODE: "test", POSTGRES_DB: "postgres" } }),
        "an address of mail": service({ environment: { MAIL_FROM: "changeme@example.com" } }),
        "a Deployment": deployment("api", { containers: [{ name: "api" }] }),
    },
    violates: {
        "the known ones": [
            docker("api", { envs: ["A=infini_rag_flow", "B=CHANGE_ME", "C=admin123", "D=minioadmin", "E=changez_ce_mot_de_passe"] }),
            `container "api" ${KNOWN} (A)`, `container "api" ${KNOWN} (B)`, `container "api" ${KNOWN} (C)`, `container "api" ${KNOWN} (D)`, `container "api" ${KNOWN} (E)`,
        ],
        "a product's name as its password": [service({ environment: { POSTGRES_PASSWORD: "postgres" } }), `service "api" ${KNOWN} (POSTGRES_PASSWORD)`],
        "a default of Compose": [service({ environment: ["NEO4J_PASSWORD=${NEO4J_PASSWORD:-password}"] }), `service "api" ${KNOWN} (NEO4J_PASSWORD)`],
        "inside a URL": [service({ environment: { DATABASE_URL: "postgres://postgres:postgres@db/app" } }), `service "api" ${KNOWN} (DATABASE_URL)`],
        "on a command line": [service({ command: ["redis-server", "--requirepass", "changeme"] }), `service "api" ${KNOWN} (requirepass)`, `service "api" ${KNOWN} (command line)`],
        "behind a user's name": [service({ environment: { NEO4J_AUTH: "neo4j/password" } }), `service "api" ${KNOWN} (NEO4J_AUTH)`],
        "a placeholder": [service({ environment: { API_KEY: "<your-api-key>" } }), `service "api" ${KNOWN} (API_KEY)`],
        "in a probe": [
            deployment("api", { containers: [{ name: "a", livenessProbe: { exec: { command: ["redis-cli", "-a", "admin", "ping"] } } }] }), `container "a" of Deployment "api" ${KNOWN} (password)`,
        ],
        "an init container": [
            deployment("api", { containers: [{ name: "a" }], initContainers: [{ name: "init", env: [{ name: "PASSWORD", value: "admin" }] }] }),
            `init container "init" of Deployment "api" ${KNOWN} (PASSWORD)`,
        ],
    },
    unknown: { "one variable, and still refuses the other": [docker("api", { envs: [UNKNOWN, "DB_PASSWORD=admin123"] }), `container "api" ${KNOWN} (DB_PASSWORD)`] },
});
