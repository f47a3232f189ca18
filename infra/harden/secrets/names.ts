const WORD = new RegExp(`(${[
    "PASS(WORD|WD|PHRASE|CODE)?(_HASH)?", "PWD", "(^|_)PW", "SECRETS?", "TOKENS?", "CREDENTIALS?", "SALT", "PEPPER", "REQUIREPASS", "MASTERAUTH", "DSN", "PASS",
    "(NEO4J|REDIS|REDISCLI|VALKEY)_AUTH",
    "(API|ACCESS|SECRET|PRIVATE|ENCRYPTION|ENCRYPT|SIGNING|SIGNATURE|SERVICE|MASTER|AUTH|ANON|ROLE|ADMIN|ACCOUNT|LICENSE|JWT|APP|COOKIE|SESSION|HASH|SALT|FERNET|SHARED|CIPHER|HMAC|CRYPTO|VAULT|BASE)_?KEYS?",
    "APIKEY_ALLOWED_KEYS", "ERLANG_COOKIE", "(SECRET|PASSWORD)_?(\\d+|BASE|VALUE)",
].join("|")})$`);
/** What follows the word when a name is about a secret and holds none: a path, a length, a switch. */
const ABOUT = /_(FILE|PATH|DIR|URL|URI|NAME|ID|ENABLED?|DISABLED?|EXPIR\w*|TTL|LIFETIME|LENGTH|SIZE|LIMIT|COUNT|MAX|MIN|TYPE|ALGORITHM|HEADER|POLICY|HOST|PORT|USER|USERNAME|TIMEOUT|REQUIRED?|SCOPES?)$/;
/** Beginnings that turn the name into a switch or a figure. */
const SWITCH = /^(ALLOW|DISABLE|ENABLE|REQUIRE|USE|MAX|MIN|SKIP|NO|HAS|IS|SHOW)_|(^|_)(MAX|MIN|NUM|COUNT|PUBLIC|ALLOW_EMPTY|RANDOM_ROOT)_/;

/**
 * Whether a variable's name says that its value is a secret.
 * @param name as in an environment; case and separators do not matter
 */
export function isSecretName(name: string): boolean {
    const upper = normal(name);
    return upper !== "PWD" && upper !== "OLDPWD" && WORD.test(upper) && !ABOUT.test(upper) && !SWITCH.test(upper);
}

/** Vendors and uses whose credentials are issued elsewhere: nobody here can generate them. */
const ISSUED = /(^|_)(OPENAI|ANTHROPIC|GEMINI|GOOGLE|AZURE|AWS|GITHUB|GITLAB|SLACK|DISCORD|TELEGRAM|STRIPE|SENDGRID|MAILGUN|SMTP|MAIL|EMAIL|HF|HUGGING_?FACE|COHERE|MISTRAL|GROQ|CEREBRAS|TAVILY|SERPER|NGROK|CLOUDFLARE|CF|TWILIO|SENTRY|LDAP|OAUTH\w*|OIDC|SAML|LICENSE|WEBHOOK|CLIENT|BRAVE|NOTION|DUCKDUCKGO|WEATHER|MAPBOX|DOCKER_HUB)(_|$)/;

/** Whether the credential of this name is issued by somebody outside the application. */
export function isIssuedElsewhere(name: string): boolean {
    const upper = normal(name);
    return ISSUED.test(upper) || /API_?KEY$/.test(upper);
}

const SYNONYMS: Readonly<Record<string, string>> = {
    PG: "POSTGRES", PGSQL: "POSTGRES", POSTGRESQL: "POSTGRES", PSQL: "POSTGRES", MARIADB: "MYSQL", MONGODB: "MONGO", MONGO_INITDB: "MONGO",
    ELASTICSEARCH: "ELASTIC", ES: "ELASTIC", VALKEY: "REDIS", KEYDB: "REDIS", RABBIT: "RABBITMQ", AMQP: "RABBITMQ", S3: "MINIO",
};
const DATABASES = new Set(["POSTGRES", "MYSQL", "MONGO", "SQL", "MSSQL", "SA", "CLICKHOUSE", "NEO4J"]);
const ANY_DATABASE = new Set(["DB", "DATABASE", "DATASOURCE"]);

/**
 * Whether two variables that hold the same value may be one credential: both speak of the same thing
 * (`MYSQL_PASSWORD`, `MYSQL_ROOT_PASSWORD`), or one of a database at large (`DB_PASSWORD`) and one of some database.
 */
export function mayBeSame(one: string, other: string): boolean {
    const left = subjects(one);
    const right = subjects(other);
    const shared = left.some(word => right.includes(word));
    return shared || (isDatabase(left) && isDatabase(right) && (left.some(word => ANY_DATABASE.has(word)) || right.some(word => ANY_DATABASE.has(word))));
}

function isDatabase(words: readonly string[]): boolean {
    return words.some(word => ANY_DATABASE.has(word) || DATABASES.has(word));
}

const FILLERS = new Set(["ROOT", "USER", "ADMIN", "DEFAULT", "INITIAL", "INIT", "PASSWORD", "PASSWD", "PASS", "PWD", "SECRET", "KEY", "TOKEN", "API", "ACCESS", "AUTH", ""]);

function subjects(name: string): string[] {
    return normal(name).split("_").filter(word => !FILLERS.has(word)).map(word => SYNONYMS[word] ?? word);
}

function normal(name: string): string {
    return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase().replace(/[^A-Z0-9]+/g, "_");
}
