import { secretInCommand } from "../../../../policies/rules/secrets/secret-in-command";
import { UNKNOWN, deployment, docker, ruleTest, service } from "../../../support/rule-test";

const HANDED = "is handed a secret on its command line";

ruleTest(secretInCommand, {
    passes: {
        "no command": docker("api", {}),
        "a file": service({ command: ["redis-server", "--requirepass-file", "/run/secrets/redis"] }),
        "a variable of the container": service({ command: "redis-server --requirepass $$REDIS_PASSWORD".replace("$$", "$") }),
        "a flag without a value": service({ command: ["serve", "--password", "--verbose"] }),
        "a Deployment": deployment("api", { containers: [{ name: "api", args: ["--port=80"] }] }),
    },
    violates: {
        "an option with its value": [docker("api", { command: ["redis-server", "--requirepass", "hunter2"] }), `container "api" ${HANDED} (requirepass)`],
        "an option and its value in one word": [service({ command: ["serve", "--db-password=hunter2"] }), `service "api" ${HANDED} (db-password)`],
        "a shell's text": [service({ entrypoint: ["sh", "-c", "API_TOKEN=hunter2 exec serve"] }), `service "api" ${HANDED} (API_TOKEN)`],
        "a URL": [service({ command: ["migrate", "postgres://app:hunter2@db/app"] }), `service "api" ${HANDED} (its value holds a password)`],
        "the password of a MySQL client in a health check": [service({ healthcheck: { test: ["CMD-SHELL", "mysqladmin ping -uroot -phunter2"] } }), `service "api" ${HANDED} (password)`],
        "the arguments of an ephemeral container": [
            deployment("api", { containers: [{ name: "a" }], ephemeralContainers: [{ name: "debug", args: ["--token", "hunter2"] }] }),
            `ephemeral container "debug" of Deployment "api" ${HANDED} (token)`,
        ],
    },
    unknown: { "one word, and still refuses the others": [docker("api", { entrypoints: [UNKNOWN], command: ["--password=hunter2"] }), `container "api" ${HANDED} (password)`] },
});
