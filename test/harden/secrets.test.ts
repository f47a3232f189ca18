import assert from "node:assert/strict";

import { secretMark } from "../../infra/model/text";
import { isIssuedElsewhere, isSecretName, mayBeSame } from "../../infra/harden/secrets/names";
import { commandThroughShell, fillShellText, shellWord } from "../../infra/harden/secrets/shell";
import { looksIssued, replaceUrlPasswords, secretFlag } from "../../infra/harden/secrets/values";
import { application, hardened, hardenedOne, problemsWith, service } from "../support/application";

describe("names of secrets", () => {
    for (const name of ["MYSQL_PASSWORD", "POSTGRES_PASSWORD", "SECRET_KEY", "JWT_SECRET", "OPENAI_API_KEY", "GITEA__database__PASSWD", "authToken", "REDIS_PASS", "AUTHENTICATION_APIKEY_ALLOWED_KEYS", "RABBITMQ_ERLANG_COOKIE"]) {
        it(`${name} holds a secret`, () => assert.equal(isSecretName(name), true));
    }
    for (const name of ["POSTGRES_PASSWORD_FILE", "DISABLE_PASSWORD_LOGIN", "MAX_TOKENS", "PASSWORD_MIN_LENGTH", "TOKEN_TTL", "ALLOW_EMPTY_PASSWORD", "MYSQL_USER", "PATH", "KEYCLOAK_HOST", "SSH_PUBLIC_KEY", "AUTHENTICATION_APIKEY_USERS"]) {
        it(`${name} holds none`, () => assert.equal(isSecretName(name), false));
    }
    it("knows credentials that somebody else issues", () => {
        assert.deepEqual(["OPENAI_API_KEY", "SMTP_PASSWORD", "MYSQL_PASSWORD", "JWT_SECRET"].map(isIssuedElsewhere), [true, true, false, false]);
    });
    it("tells one credential under two names from two with the same example value", () => {
        assert.equal(mayBeSame("MYSQL_PASSWORD", "MYSQL_ROOT_PASSWORD"), true);
        assert.equal(mayBeSame("WORDPRESS_DB_PASSWORD", "MYSQL_PASSWORD"), true);
        assert.equal(mayBeSame("MYSQL_PASSWORD", "REDIS_PASSWORD"), false);
        assert.equal(mayBeSame("PGPASSWORD_DB", "POSTGRES_PASSWORD"), true);
    });
});

describe("values that are secrets", () => {
    it("by form", () => {
        assert.equal(looksIssued("AKIAIOSFODNN7EXAMPLE"), true);
        assert.equal(looksIssued("hello-world"), false);
    });
    it("in URLs", () => {
        const seen: string[] = [];
        const replaced = replaceUrlPasswords("postgres://u:p4ss@db:5432/x?y=redis://:r3d@c", (password, scheme) => { seen.push(`${scheme} ${password}`); return "X"; });
        assert.equal(replaced, "postgres://u:X@db:5432/x?y=redis://:X@c");
        assert.deepEqual(seen, ["postgres p4ss", "redis r3d"]);
    });
    it("in command lines, and not where an option only speaks of them", () => {
        assert.deepEqual(secretFlag("--requirepass"), { flag: "--requirepass" });
        assert.deepEqual(secretFlag("--password=abc"), { flag: "--password", value: "abc" });
        assert.equal(secretFlag("--default-authentication-plugin=mysql_native_password"), undefined);
        assert.equal(secretFlag("--password-file=/run/x"), undefined);
        assert.equal(secretFlag("--port=1"), undefined);
    });
});

describe("shell texts", () => {
    const mark = secretMark("PW");
    it("quotes what is not secret and reads what is", () => {
        assert.equal(shellWord(`-p${mark}`), "-p\"$(cat /run/secrets/PW)\"");
        assert.equal(shellWord("it's $HOME"), "'it'\\''s $HOME'");
    });
    it("keeps the quoting of a command that somebody else wrote", () => {
        assert.equal(fillShellText(`a ${mark} "b ${mark}" 'c ${mark}'`), "a \"$(cat /run/secrets/PW)\" \"b $(cat /run/secrets/PW)\" 'c '\"$(cat /run/secrets/PW)\"''");
    });
    it("hands variables over before the program", () => {
        assert.deepEqual(commandThroughShell(["run", "x"], new Map([["A", "S"]])), ["/bin/sh", "-c", "A=\"$(cat /run/secrets/S)\"; export A; exec \"$@\"", "sh", "run", "x"]);
    });
});

describe("moving secrets", () => {
    const mysql = service("db", { image: "mysql:8", environment: { MYSQL_ROOT_PASSWORD: secretMark("DB_PASSWORD"), MYSQL_DATABASE: "x" } });
    const web = (environment: Record<string, string>) => service("web", { environment });
    const values = { secretValues: { DB_PASSWORD: "example" } };

    it("uses the image's own variable for a file", () => {
        const { environment, secretFiles } = hardenedOne("db", application([mysql], values));
        assert.equal(environment["MYSQL_ROOT_PASSWORD_FILE"], "/run/secrets/DB_PASSWORD");
        assert.equal(environment["MYSQL_ROOT_PASSWORD"], undefined);
        assert.deepEqual(secretFiles, [{ secret: "DB_PASSWORD", target: "/run/secrets/DB_PASSWORD" }]);
    });

    it("composes a URL around the same secret", () => {
        const app = hardened(application([mysql, web({ DATABASE_URL: `mysql://root:${secretMark("DB_PASSWORD")}@db/x` })], values));
        assert.deepEqual(app.secrets.map(({ name, source }) => [name, source.kind]), [["DB_PASSWORD", "generated"], ["DATABASE_URL", "composed"]]);
    });

    it("takes a literal of one service and of another for one credential", () => {
        const app = hardened(application([
            service("db", { image: "mysql:8", environment: { MYSQL_PASSWORD: "wordpress" } }),
            web({ WORDPRESS_DB_PASSWORD: "wordpress" }),
        ]));
        assert.deepEqual(app.secrets.map(({ name }) => name), ["MYSQL_PASSWORD"]);
    });

    it("hides the value from command line and health check", () => {
        const cache = service("cache", {
            image: "redis:7", command: ["redis-server", "--requirepass", "example"],
            health: { test: ["CMD", "redis-cli", "-a", secretMark("REDIS_PASSWORD"), "ping"] },
        });
        const hard = hardenedOne("cache", application([cache], { secretValues: { REDIS_PASSWORD: "example" } }));
        assert.equal(JSON.stringify(hard).includes("example"), false);
        assert.deepEqual(hard.health?.test, ["CMD-SHELL", "exec redis-cli -a \"$(cat /run/secrets/REDIS_PASSWORD)\" ping"]);
    });

    it("knows the value of a variable again where a health check spells it out", () => {
        const cache = service("cache", {
            image: "redis:7", environment: { REDIS_PASSWORD: secretMark("REDIS_PASSWORD") }, health: { test: ["CMD-SHELL", "redis-cli -a bitnami ping"] },
        });
        const hard = hardenedOne("cache", application([cache], { secretValues: { REDIS_PASSWORD: "bitnami" } }));
        assert.deepEqual(hard.health?.test, ["CMD-SHELL", "redis-cli -a \"$(cat /run/secrets/REDIS_PASSWORD)\" ping"]);
    });

    it("keeps a switch, an unset variable and what is declared plain", () => {
        const { environment, secretFiles } = hardenedOne("web", application([web({ USE_TOKEN: "true", API_TOKEN: secretMark("NOT_SET"), SHARE_TOKEN: "public-token" })], { secretValues: { NOT_SET: null } }), { services: { web: { plain: ["SHARE_TOKEN"] } } });
        assert.deepEqual(environment, { USE_TOKEN: "true", API_TOKEN: "", SHARE_TOKEN: "public-token" });
        assert.deepEqual(secretFiles, []);
    });

    it("drops a label that holds a secret", () => {
        const hard = hardenedOne("web", application([service("web", { labels: { hook: secretMark("HOOK_TOKEN"), plain: "x" } })], { secretValues: { HOOK_TOKEN: "abcdef" } }));
        assert.deepEqual(Object.keys(hard.labels), ["plain", "portcullis.system", "portcullis.role"]);
    });

    it("asks how an unknown image starts where a shell must hand a secret over", () => {
        assert.match(problemsWith(application([service("odd", { image: "example/odd:1", user: "1000", environment: { DB_PASSWORD: "x12345" } })])).join(),
            /services\.odd\.image needs the secret DB_PASSWORD handed over by a shell.*services\.odd\.image_entrypoint/);
    });

    it("leaves values in place when the measure is taken out", () => {
        const { environment } = hardenedOne("db", application([mysql], values), {}, { without: ["move-secrets"] });
        assert.equal(environment["MYSQL_ROOT_PASSWORD"], "example");
    });
});
