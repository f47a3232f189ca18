import assert from "node:assert/strict";

import { isSecret } from "../../../bench/secrets/judge";

type Pairs = readonly (readonly [name: string, value: string])[];
type Commands = readonly (readonly string[])[];

/** Each holds a secret, in one of the ways in which people write one. */
const SECRETS: Pairs = [
    ["dbPassword", "x1y"], ["ADMIN_TOKEN", "ab"], ["DOOR_PIN", "4711"], ["NC_DB", "mysql2://db:3306?u=noco&p=pw1&d=db"], ["clientSecret", "abc"], ["APIKey", "k"], ["apiKEY", "zz"], ["DBPASS", "x9"], ["SMTP_PASS", "hunter2"],
    ["PGPASSWORD", "pw1"], ["spring.datasource.password", "hunter2"], ["Stripe__SecretKey", "abc"], ["GF_SECURITY_ADMIN_PASSWORD", "admin"],
    ["OPENAI_API_KEY", "sk-abc"], ["AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"], ["JWT_SIGNING_KEY", "k"],
    ["AZURE_STORAGE_KEY", "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq"], ["NEO4J_AUTH", "neo4j/test1"],
    ["HTTP_HEADERS", "Authorization: Bearer abc123def"], ["OTEL_EXPORTER_OTLP_HEADERS", "api-key=0123abcd"], ["DATABASE_URL", "postgres://u:p@db/x"],
    ["DATABASE_URL", "postgresql+asyncpg://u:p1@db/x"], ["JDBC_URL", "jdbc:mysql://db/x?user=u&password=p1"],
    ["JDBC_URL", "jdbc:oracle:thin:scott/tiger@//db:1521/x"], ["AMQP", "amqp://guest:guest@mq:5672/"], ["MONGO", "mongodb+srv://u:p1@c.example.net/x"],
    ["ConnectionStrings__Default", "Server=db;Database=x;User Id=sa;Password=Pa55;"], ["CS", "Server=db;Uid=sa;Pwd=Pa55"],
    ["AZ", "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=abcd1234==;"],
    ["SB", "Endpoint=sb://x/;SharedAccessKeyName=r;SharedAccessKey=abc123="], ["REDIS_URL", "redis://:pw1@redis:6379/0"],
    ["GO_DSN", "root:pw1@tcp(db:3306)/x"], ["JAVA_OPTS", "-Xmx1g -Dspring.datasource.password=hunter2 -Dx=y"],
    ["DOCKER_AUTH_CONFIG",`{"auths":{"r.example.com":{"auth":"dXNlcjpwYXNz"}}}`], ["X", "eyJhdXRocyI6eyJyIjp7ImF1dGgiOiJkWE5sY2pwd1lYTnoifX19"],
    ["CONFIG",`{"db":{"password":"hunter2"}}`], ["SETTINGS", "user: x\npassword: hunter2\n"], ["PASSWORD", "12345"], ["PASSWORD_2", "abcd"],
    ["API_KEYS", "a1,b2"], ["GITHUB_PAT", "abc"], ["TLS_PRIVATE_KEY", "-----BEGIN PRIVATE KEY-----\nMII"],
    ["SLACK", "https://hooks.slack.com/services/T000/B000/XXXX"], ["ENCRYPTION_KEY", "${KEY:-abc123}"], ["X_TOKEN", "tok"], ["MYSQL_PWD", "ab"],
    ["SESSION_COOKIE_KEY", "aa"], ["traefik.http.middlewares.a.basicauth.users", "admin:$apr1$H6uskkkW$IgXLP6ewTrSuBkTrqE8wj/"],
    ["INFLUXDB_TOKEN", "b1"], ["LDAP_BIND_PW", "zz"], ["GPG_PASSPHRASE", "zz"], ["VAULT_TOKEN", "hvs.CAESIJ"],
    ["SMTP_URL", "smtps://u%40x:p1@m:465"], ["ES", "https://elastic:pw1@es:9200"], ["PROXY", "http://u:p1@proxy:3128"],
    ["SENTRY", "https://abc:def1@sentry.io/1"],
];

/** None of them does: places, references, settings about secrets, and what is meant to be seen. */
const OTHERS: Pairs = [
    ["DB_PASSWORD_FILE", "/run/secrets/x"], ["PASSWORD_MIN_LENGTH", "12"], ["DB_PASSWORD", "$(DB_PASSWORD)"], ["DB_PASSWORD", "${DB_PASSWORD}"],
    ["DB_PASSWORD", "$DB_PASSWORD"], ["DB_PASSWORD", ""], ["TOKEN_TTL", "3600"], ["MAX_TOKENS", "4096"], ["MODEL_MAX_INPUT_TOKENS", "4096"], ["LLM_MAX_TOKENS", "128000"],
    ["PASSWORD_REQUIRED", "true"], ["TLS_KEY", "/etc/tls/tls.key"], ["SSL_KEY", "server.key"], ["PUBLIC_KEY", "MIIBIjANBgkqhkiG9w0BAQ1234"],
    ["SSH_PUBLIC_KEY", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA"], ["CLIENT_ID", "3f2504e0-4f89-11d3-9a0c-0305e82c3301"],
    ["IMAGE", "nginx@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    ["IMAGE_DIGEST", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"], ["DB_PASSWORD", "op://vault/item/password"],
    ["DB_PASSWORD", "vault:secret/data/db#password"], ["DB_PASSWORD", "ref+vault://secret/db#/password"],
    ["DB_PASSWORD", "arn:aws:secretsmanager:eu-west-1:1:secret:x"], ["DB_PASSWORD", "ENC[AES256_GCM,data:abc,iv:x,tag:y,type:str]"],
    ["DB_PASSWORD", "{{ .Values.password }}"], ["DB_PASSWORD", "<% password %>"], ["SENTRY_DSN", "https://abcdef0123456789@o1.ingest.sentry.io/1"],
    ["DATABASE_URL", "postgres://u:${PW}@db/x"], ["DATABASE_URL", "postgres://u@db/x"], ["CACHE_KEY", "users"], ["PARTITION_KEY", "tenant"],
    ["KEY_PREFIX", "app"], ["SECRET_NAME", "db"], ["SECRETS_DIR", "/run/secrets"], ["AUTH_URL", "https://x/y"], ["TOKEN_URL", "https://x/token"],
    ["COMPASS", "north"], ["BYPASS", "1a"], ["AUTH_TYPE", "basic"], ["OAUTH_SCOPES", "openid profile"], ["PASSWORD_RESET_URL", "https://x/reset"],
    ["GIT_COMMIT", "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"], ["TOKENIZER", "gpt2"], ["AUTHOR", "jane"], ["KEYCLOAK_URL", "https://k"],
    ["KEYBOARD", "de"], ["MONKEY", "banana"], ["SECRET_KEY_FILE", "x"], ["OPENAI_API_KEY", "not-needed"], ["EMAIL", "a@b.c"],
    ["DOCKER_HOST", "tcp://dind:2376"], ["STATIC_PASSWORDS_ENABLED", "true"], ["ADMIN_PASSWORD", "file:/etc/x"], ["SORT_KEY", "created_at"],
    ["RECAPTCHA_SITE_KEY", "6Lc_aX0UAAAAABx"], ["VAPID_PUBLIC_KEY", "BBBBBBBB1234567890abcdefg"], ["LOG_FORMAT", "%(asctime)s token=%(token)s"],
    ["PATH", "/usr/bin:/bin"], ["LICENSE", "Apache-2.0"], ["PASSTHROUGH", "x"], ["LED_PIN", "17"],
    ["TRACEPARENT", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"], ["SERVERS", "a:1,b:2"], ["DB_PASSWORD", "sm://project/db"],
    ["KMS_KEY_ID", "alias/x"], ["USE_TOKEN_AUTH", "true"], ["DB_PASSWORD", "projects/p/secrets/db/versions/1"], ["URL", "http://host:8080/@scope/pkg"],
    ["NPM", "npm:@scope/pkg@1.0.0"], ["DB_PASSWORD", "secretRef:db"], ["PASSWORD_HASHERS", "django.contrib.auth.hashers.PBKDF2PasswordHasher"],
    ["PASSWORD_POLICY", "strong"], ["TOKEN_ISSUER", "x"], ["AUTH_TOKEN_LIFETIME", "24h"], ["API_KEY_HEADER", "X-API-Key"], ["PRIVATE_KEY_PATH", "/x"],
    ["CSRF_TOKEN_NAME", "x"],
];

const HANDING: Commands = [
    ["redis-server", "--requirepass", "x1"], ["docker", "run", "-e", "PASSWORD=x1", "img"], ["curl", "-u", "user:pass", "http://x"],
    ["sh", "-c", "curl -u user:pass http://x"], ["curl", "-H", "Authorization: Bearer abc123", "http://x"],
    ["sh", "-c", "curl --header 'Authorization: Bearer abc' http://x"], ["sh", "-c", "curl -H \"X-API-Key: abc\" x"], ["mysql", "-psecret"],
    ["sh", "-c", "PGPASSWORD=abc psql -h db"], ["mongosh", "-u", "a", "-p", "b1"], ["sh", "-c", "echo x && mysqladmin ping -uroot -phunter2"],
    ["--token", "abc"], ["--api-key=abc"], ["java", "-Dspring.datasource.password=hunter2"], ["sh", "-c", "export API_TOKEN=abc; run"],
    ["rabbitmqctl", "add_user", "u", "p1"], ["sqlcmd", "-U", "sa", "-P", "x1"], ["psql", "postgres://u:p1@db/x"],
    ["sh", "-c", "mysql -e \"CREATE USER x IDENTIFIED BY 'pw1'\""], ["sh", "-c", "sshpass -p abc ssh x"], ["docker", "login", "-u", "x", "-p", "y1"],
    ["--env=DB_PASSWORD=abc"], ["sh", "-c", "echo \"root:abc1\" | chpasswd"], ["htpasswd", "-nb", "u", "p1"],
    ["helm", "install", "--set", "db.password=abc"], ["sh", "-c", "redis-cli -a hunter2 ping"], ["CMD-SHELL", "redis-cli --pass hunter2 ping"],
    ["openssl", "x", "-passin", "pass:abc"],
];

const HARMLESS: Commands = [
    ["redis-server", "--requirepass-file", "/run/x"], ["sh", "-c", "redis-cli -a \"$REDIS_PASSWORD\" ping"], ["docker", "run", "-p", "80:80", "img"],
    ["mkdir", "-p", "/data"], ["curl", "-u", "$USER:$PASS", "x"], ["curl", "-H", "Authorization: Bearer $TOKEN", "x"], ["cp", "-a", "/x", "/y"],
    ["redis-cli", "-p", "6379", "ping"], ["serve", "--token-file=/x"], ["serve", "--password"], ["mysql", "-p"], ["mysql", "-p$MYSQL_PASSWORD"],
    ["sh", "-c", "mysqladmin -p\"$$(cat /run/secrets/x)\" ping"], ["--max-tokens", "4096"], ["curl", "-H", "Content-Type: application/json"],
    ["psql", "-p", "5432"], ["mongod", "--keyFile", "/x"], ["grep", "-a", "x"], ["ssh", "-p", "22"], ["mysql", "-P", "3306"], ["--key=/certs/k.pem"],
    ["--authorization-mode=RBAC"], ["--service-account-signing-key-file=/x"], ["--token-auth-file=/x"], ["vault", "read", "secret/data/x"],
    ["--tokenizer", "gpt2"], ["sh", "-c", "export PASSWORD=$(cat /run/secrets/x)"], ["sh", "-c", "TOKEN=`cat /x` run"],
    ["sh", "-c", "if [ \"$PASSWORD\" = \"\" ]; then exit 1; fi"],
];

const inCommand = (words: readonly string[]) => isSecret({ where: "command", name: "", value: words.map(word => JSON.stringify(word)).join("\n") });

describe("what is a secret", () => {
    for (const [name, value] of SECRETS) {
        it(`${name}=${value}`, () => {
            const reason = isSecret({ where: "environment", name, value });
            assert.notEqual(reason, undefined);
            assert.ok(value.length < 8 || !reason?.includes(value), "says the value");
        });
    }

    for (const words of HANDING) {
        it(words.join(" ␠ "), () => assert.notEqual(inCommand(words), undefined));
    }
});

describe("what is none", () => {
    for (const [name, value] of OTHERS) {
        it(`${name}=${value}`, () => assert.equal(isSecret({ where: "environment", name, value }), undefined));
    }

    for (const words of HARMLESS) {
        it(words.join(" ␠ "), () => assert.equal(inCommand(words), undefined));
    }
});
