/** Words at the end of a name that make it a secret's. */
const ENDINGS = /(?:PASSWORD|PASSWD|PASSPHRASE|PASSCODE|SECRET|TOKEN|APIKEY|SECRETKEY|ACCESSKEY|PRIVATEKEY|CREDENTIALS?|REQUIREPASS|MASTERAUTH|SALT)$|^(?!BY|COM|SUR|TRES|OVER|UNDER)[A-Z]{2,}PASS$/;
/** Names whose last word is KEY are a secret's where the word before says so. */
const KEYS: ReadonlySet<string> = new Set([
    "API", "SECRET", "ACCESS", "PRIVATE", "ENCRYPTION", "ENCRYPT", "SIGNING", "SIGNATURE", "MASTER", "AUTH", "SESSION", "COOKIE", "JWT", "FERNET",
    "SHARED", "LICENSE", "SERVICE", "ROLE", "ANON", "ADMIN", "CIPHER", "HMAC", "HASH", "CRYPTO", "VAULT", "BASE", "ACCOUNT",
]);
/** Words after which a name is about a secret, and is not one: `TOKEN_TTL`, `PASSWORD_FILE`. */
const ABOUT = new RegExp(`^(?:${[
    "FILE", "FILENAME", "PATH", "DIR", "NAME", "ID", "IDS", "URL", "URI", "HOST", "ENDPOINT", "PORT", "TTL", "EXPIRY", "EXPIRES?", "EXPIRATION", "TIMEOUT",
    "LENGTH", "LEN", "MIN", "MAX", "SIZE", "LIMITS?", "COUNT", "TYPE", "ALGORITHM", "ALG", "HEADER", "FIELD", "ENABLED?", "DISABLED?", "REQUIRED",
    "POLICY", "PREFIX", "SUFFIX", "MINUTES", "SECONDS", "HOURS", "DAYS", "AGE", "LIFETIME", "INTERVAL", "ROTATION", "MODE", "FORMAT", "ENCODING", "PROVIDER",
    "STORE", "BACKEND", "ISSUER", "AUDIENCE", "SCOPES?", "CLAIM", "VERSION", "USER", "USERNAME", "REGION", "ENGINE", "RESET", "CMD", "COMMAND", "REF",
].join("|")})$`);
/** Values that say yes, no or nothing, and references that are filled in where the container runs. */
const NO_SECRET = /^(?:|true|false|yes|no|on|off|none|null|nil|undefined|enabled?|disabled?|required|optional|auto|default|\d{1,3}|\$\{?\w+\}?|\$\([^)]*\)|\{\{.*\}\})$/i;
/** The one place of a path where a secret's own name may stand, which can look random: `/run/secrets/S3_SECRET_ACCESS_KEY`. */
const SECRET_FILE = /^\/run\/secrets\/[A-Za-z0-9_.-]+$/;
const FILE_REFERENCE = /^(?:file:|\/(?:run|var|etc|opt|mnt|vault|secrets?|certs?|usr|home|data)\/|\.{1,2}\/)/;

/** What services print when they make tokens and keys: the prefix is theirs, and nobody else writes it. */
const KNOWN = [
    /-----BEGIN (?:[A-Z ]+ )?PRIVATE KEY-----/, /\bAKIA[0-9A-Z]{16}\b/, /\bgh[pousr]_[A-Za-z0-9]{30,}/, /\bgithub_pat_\w{20,}/,
    /\bglpat-[\w-]{20,}/, /\bsk-(?:[a-z]+-)*[A-Za-z0-9_]{20,}/, /\bxox[abprs]-[\w-]{10,}/, /\bAIza[\w-]{35}/, /\bhvs\.[\w-]{20,}/,
    /\bSG\.[\w-]{16,}\.[\w-]{16,}/, /\bnpm_[A-Za-z0-9]{36}/, /\bpypi-[\w-]{32,}/, /\bdckr_pat_[\w-]{20,}/, /\bhf_[A-Za-z0-9]{30,}/,
    /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
];
const URL_PASSWORD = /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/?#@"']*:([^\s/?#@"']+)@/i;
const PAIR_PASSWORD = /(?:^|[;\s&?])(?:password|pwd|passwd)=([^;\s&]+)/i;

/** Credentials that come with a product, or that its documents show: everybody knows them. */
const DEFAULTS = /infini_rag_flow|change[_-]?me|change[_-]?this|changez_ce_mot_de_passe|replace[_-]?me|admin123|minioadmin|minio123|password123|your[_-](?:\w+[_-])?(?:password|secret|token|key)|insecure[_-]?(?:default|secret|key)|please[_-]?change|not[_-]?secure|super[_-]?secret/i;
const COMMON = /^(?:admin|root|password|passw0rd|passwd|pass|secret|guest|test|example|demo|dev|default|postgres|mysql|mariadb|redis|mongo|rabbitmq|elastic|opensearch|kibana|neo4j|grafana|minio|user|letmein|qwerty|abc123|123456|12345678|1234)$/i;

/**
 * Why a variable's value is a secret, in words that may follow "(…)"; undefined where nothing says so. Never the value.
 * @param name may be empty where there is none.
 */
export function secretReason(name: string, value: string | undefined): string | undefined {
    const literal = literalOf(value);
    if (NO_SECRET.test(literal)) {
        return undefined;
    }
    if (hasKnownForm(literal)) {
        return "its value has the form of a token or key";
    }
    if (hasPassword(literal)) {
        return "its value holds a password";
    }
    if (namesSecret(name) && !FILE_REFERENCE.test(literal) && !/^[a-z][a-z0-9+.-]*:\/\/[^@]*$/i.test(literal)) {
        return "by its name";
    }
    return isRandom(literal) && !SECRET_FILE.test(literal) && !namesPublic(name) ? "its value looks random" : undefined;
}

/** Whether a value is a credential that everybody knows. */
export function isDefaultCredential(name: string, value: string | undefined): boolean {
    const literal = literalOf(value);
    if (NO_SECRET.test(literal)) {
        return false;
    }
    const inside = URL_PASSWORD.exec(literal)?.[1] ?? PAIR_PASSWORD.exec(literal)?.[1];
    return DEFAULTS.test(literal) || (inside !== undefined && COMMON.test(inside)) || (namesSecret(name) && COMMON.test(literal));
}

/** Whether a name says that its value is a secret. */
export function namesSecret(name: string): boolean {
    const words = name.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase().split(/[^A-Z0-9]+/).filter(word => word !== "");
    const last = words.at(-1) ?? "";
    if (words.length === 0 || words.includes("PUBLIC") || ABOUT.test(last)) {
        return false;
    }
    const before = words.at(-2) ?? "";
    return ENDINGS.test(last) || (last === "KEY" && KEYS.has(before)) || (words.length > 1 && ["PASS", "PWD", "PW"].includes(last))
        || (last === "AUTH" && /^(?:NEO4J|REDIS|REDISCLI|VALKEY)$/.test(before)) || /^(?:SECRET|PASSWORD)$/.test(before) && /^(?:\d+|BASE|HASH|SALT|VALUE)$/.test(last);
}

/** The text that stays where a variable of the deploying shell is not set: `${X:-text}`. */
function literalOf(value: string | undefined): string {
    return (value ?? "").replaceAll(/\$\{\w+:?-([^{}]*)\}/g, "$1").trim();
}

function hasKnownForm(text: string): boolean {
    return KNOWN.some(form => form.test(text));
}

function hasPassword(text: string): boolean {
    const password = URL_PASSWORD.exec(text)?.[1] ?? PAIR_PASSWORD.exec(text)?.[1];
    return password !== undefined && !NO_SECRET.test(password) && !/^[$%{<*]/.test(password);
}

/** Names of what is random, or looks so, and is meant to be seen. */
function namesPublic(name: string): boolean {
    return /PUBLIC|DIGEST|CHECKSUM|SHA(?:1|256|512)?$|HASH$|COMMIT|REVISION|VERSION|UUID|(?:^|_)ID$|IMAGE|FINGERPRINT/i.test(name);
}

/** Long, of one alphabet, and mixed as a person would not: bits per character as Shannon counts them. */
function isRandom(text: string): boolean {
    if (/^[0-9a-f]{32,}$/i.test(text)) {
        return /\d/.test(text) && /[a-f]/i.test(text) && entropy(text) > 3;
    }
    return /^[A-Za-z0-9+/=_-]{32,}$/.test(text) && /\d/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text)
        && !/[A-Za-z]{12,}/.test(text) && entropy(text) > 4.2;
}

function entropy(text: string): number {
    const counts = new Map<string, number>();
    for (const character of text) {
        counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    return [...counts.values()].reduce((sum, count) => sum - count / text.length * Math.log2(count / text.length), 0);
}
