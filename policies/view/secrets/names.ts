/** How sure a name is that its value is a secret: `maybe` needs a value that looks like one. */
export type Certainty = "maybe" | "no" | "yes";

/** Words at the end of a name that make it a secret's. */
const ENDINGS = /(?:PASSWORDS?|PASSWD|PASSPHRASE|PASSCODE|SECRETS?|TOKEN|APIKEYS?|SECRETKEY|ACCESSKEY|PRIVATEKEY|AUTHKEY|AUTHCODE|CREDENTIALS?|REQUIREPASS|MASTERAUTH|SALT|PEPPER)$|^(?!BY|COM|SUR|TRES|OVER|UNDER)[A-Z0-9]{2,}PASS$|^(?!OLD)[A-Z0-9]{2,}PWD?$/;
/** Names whose last word is KEY are a secret's where a word before says so. */
const KEYS: ReadonlySet<string> = new Set([
    "API", "APIKEY", "SECRET", "ACCESS", "PRIVATE", "ENCRYPTION", "ENCRYPT", "SIGNING", "SIGNATURE", "MASTER", "AUTH", "SESSION", "COOKIE", "JWT", "FERNET",
    "SHARED", "LICENSE", "SERVICE", "ROLE", "ANON", "ADMIN", "CIPHER", "HMAC", "HASH", "CRYPTO", "VAULT", "BASE", "ACCOUNT", "APP", "CLI", "BATCH",
    "STORAGE", "INGEST", "INGESTION", "WRITE", "SSH", "DEPLOY", "ROOT", "RECOVERY", "BACKUP", "PRESHARED", "SALT", "INSTALLATION", "PSK", "CLIENT", "WEBHOOK",
]);
/** Endings that are a secret's after a word that says whose. */
const SHORT: ReadonlySet<string> = new Set(["PASS", "PWD", "PW", "PASSKEY", "PIN"]);
const SHORT_AFTER: Readonly<Record<string, RegExp>> = {
    AUTH: /^(?:NEO4J|REDIS|REDISCLI|VALKEY|BASIC|HTTP|DOCKER|NPM|REGISTRY)$/,
    COOKIE: /^(?:ERLANG|RABBITMQ|MAGIC|SESSION)$/,
    TOKENS: /^(?:API|ACCESS|AUTH|BEARER|ADMIN|STATIC)$/,
    CODE: /^(?:AUTH|ACCESS|SECRET|INVITE|ACTIVATION)$/,
    PAT: /^(?:GITHUB|GITLAB|AZURE|DEVOPS|DOCKER|GH|CR)$/,
    JWT: /^(?:SERVICE|ADMIN|BOT|AUTH)$/,
};
/** Words after which a name is about a secret, and is not one: `TOKEN_TTL`, `PASSWORD_FILE`. */
const ABOUT = new RegExp(`^(?:${[
    "FILES?", "FILENAME", "PATHS?", "DIR", "DIRECTORY", "NAMES?", "IDS?", "URLS?", "URI", "HOST", "ENDPOINT", "PORT", "TTL", "EXPIRY", "EXPIRES?", "EXPIRATION", "TIMEOUT",
    "LENGTH", "LEN", "MIN", "MAX", "SIZE", "LIMITS?", "COUNT", "TYPES?", "KIND", "ALGORITHM", "ALG", "HEADER", "FIELD", "ENABLED?", "DISABLED?", "REQUIRED", "POLICY",
    "PREFIX", "SUFFIX", "MINUTES", "MINS", "SECONDS", "SECS", "HOURS", "DAYS", "AGE", "LIFETIME", "DURATION", "INTERVAL", "ROTATION", "MODE", "FORMAT", "ENCODING",
    "PROVIDERS?", "STORE", "STORAGE", "BACKENDS?", "ISSUER", "AUDIENCE", "SCOPES?", "CLAIMS?", "VERSION", "USERS?", "USERNAME", "REGION", "HOSTNAME", "LANGUAGE", "LOCALE", "ENGINE", "RESET", "CMD", "COMMAND",
    "REF", "ROUNDS", "SCHEMES?", "ALIAS", "MANAGER", "LOGIN", "HASHERS?", "VALIDATORS?", "CHECK", "DRIVER", "SOURCE", "LOCATION", "ATTEMPTS", "RETRIES", "STRENGTH",
    "COMPLEXITY", "HISTORY", "CHANGE", "RESTART", "CHARACTERS", "CHARS", "LABEL", "TITLE", "MESSAGE", "HINT", "PLACEHOLDER", "TEMPLATE", "SUBJECT", "GRANT", "FLOW",
    "HANDLER", "CLASS", "NAMESPACE", "BUCKET", "TABLE", "COLUMN", "REGEX", "PATTERN", "METHODS?", "SCREEN", "PAGE", "SERVER", "SERVICE", "ADDRESS", "ADDR", "SYNC", "STATUS",
].join("|")})$`);
/** Names of what is meant to be seen, though it is called a key or a token. */
const PUBLIC = /(?:^|_)(?:PUBLIC|PUB|PUBLISHABLE|SITE|PARTITION|SORT|PRIMARY|FOREIGN|ROUTING|CACHE|GROUP|INDEX|IDEMPOTENCY|HOT|MAP|TRANSLATION)_KEYS?$|(?:^|_)PUBLIC(?:_|$)|INITIAL_CLUSTER_TOKEN$|(?:^|_)(?:MAX|MIN|NUM|STOP|PAD|EOS|BOS|UNK|CSRF|END|START)_(?:\w+_)?TOKENS?$|RECAPTCHA_SITE/;
const STRONG: ReadonlySet<string> = new Set(["SECRET", "PASSWORD", "PASSWD", "APIKEY", "PASSPHRASE"]);

/** What a name says of its value, in whichever manner its words are joined. */
export function certaintyOf(name: string): Certainty {
    const words = wordsOf(name);
    const last = (words.at(-1) ?? "").replace(/^(\D{3,}?)\d+$/, "$1");
    if (words.length === 0 || PUBLIC.test(words.join("_")) || ABOUT.test(last)) {
        return "no";
    }
    const before = words.slice(0, -1);
    if (ENDINGS.test(last) || endsKnown(last, before)) {
        return "yes";
    }
    // `KEY_CONTENT`, `API_KEY_BASE64`: the key itself, in whatever form.
    if (/^(?:CONTENTS?|DATA|PEM|VALUE|BASE64|B64|RAW|STRING)$/.test(last) && before.length > 1) {
        return certaintyOf(before.join("_"));
    }
    if (before.length > 0 && /^KEYS?$/.test(last)) {
        return before.slice(-2).some(word => KEYS.has(word)) ? "yes" : "maybe";
    }
    return before.some(word => STRONG.has(word)) ? afterStrong(last, before) : "no";
}

function endsKnown(last: string, before: readonly string[]): boolean {
    const previous = before.at(-1);
    return previous !== undefined && (SHORT.has(last) || SHORT_AFTER[last]?.test(previous) === true);
}

/** `PASSWORD_2`, `SECRET_VALUE`: still the secret itself. */
function afterStrong(last: string, before: readonly string[]): Certainty {
    return /^(?:SECRET|PASSWORD)$/.test(before.at(-1) ?? "") && /^(?:\d+|BASE|HASH|SALT|VALUE|OLD|NEW|DEFAULT|PROD|DEV|TEST|RO|RW)$/.test(last) ? "yes" : "maybe";
}

/** The words of a name, in capitals: `clientSecret`, `client-secret` and `CLIENT_SECRET` are the same. */
function wordsOf(name: string): string[] {
    return name.replaceAll(/([a-z])([A-Z])/g, "$1_$2").replaceAll(/([A-Z])([A-Z][a-z])/g, "$1_$2").replaceAll(/(\d)([A-Z][a-z])/g, "$1_$2")
        .toUpperCase().replaceAll(/(PASS)[^A-Z0-9]?(WORD|PHRASE|CODE)(?=$|[^A-Z])/g, "$1$2").split(/[^A-Z0-9]+/).filter(word => word !== "");
}

/** Names of what is random, or looks so, and is meant to be seen. */
export function namesPublic(name: string): boolean {
    return /PUBLIC|DIGEST|CHECKSUM|SHA(?:1|256|512)?$|HASH$|COMMIT|REVISION|VERSION|UUID|(?:^|[_.-])ID$|[a-z]Id$|IMAGE|FINGERPRINT|ETAG|TRACE|BUILD|(?:^|_)REF$|THUMBPRINT|CERT|(?:^|_)CA$/i.test(name);
}
