/**
 * Values that stand in public example files and tutorials: whoever attacks tries them first. Compared without regard to
 * case and punctuation, so that `Change-Me!` is `changeme`.
 */
const WELL_KNOWN = new Set([
    "infiniragflow", "changeme", "changemeplease", "changethis", "changeit", "changezcemotdepasse", "pleasechangeme", "replaceme", "todo", "fixme",
    "admin", "admin123", "admin1234", "adminadmin", "administrator", "root", "rootroot", "root123", "rootpassword", "toor",
    "password", "password1", "password123", "passw0rd", "p4ssw0rd", "pa55word", "pass", "pass123", "mypassword", "yourpassword", "yoursecret",
    "minioadmin", "minio123", "minioadmin123", "ragflow", "postgres", "postgrespassword", "mysql", "mysqlpassword", "redis", "redispassword",
    "elastic", "elasticpassword", "guest", "user", "test", "test123", "testtest", "example", "examplepassword", "demo", "default", "secret", "secretkey",
    "mysecret", "mysecretpassword", "supersecret", "supersecretkey", "supersecretpassword", "topsecret", "dummy", "none", "null",
    "qwerty", "qwerty123", "letmein", "welcome", "welcome1", "iloveyou", "abc123", "abcd1234", "123456", "12345678", "123456789", "1234567890",
    "djangoinsecure", "insecure", "notsecure", "unsafe", "keepitsecret", "difyai123456", "sk123456", "langfuse", "n8n", "superset",
]);

/** Fragments that only a placeholder has. */
const PLACEHOLDER = /change[-_ ]?(?:me|this|it)|changez[-_ ]|replace[-_ ]?(?:me|this|with)|your[-_ ]?(?:secret|password|key|token)|<[^>]+>|\$\{|x{6,}|\*{4,}|\.\.\.|insecure|placeholder/i;

/** Shortest value that is taken: twelve characters, the lower end of what is not guessed offline in days. */
const SHORTEST = 12;

/** Fewest different characters: `aaaaaaaaaaaa` and `121212121212` are no secrets. */
const FEWEST_DIFFERENT = 5;

/**
 * Why a value is no secret, in words that do not show it; undefined where nothing is known against it. `example` is the
 * value that the application's authors published.
 */
export function weakness(value: string, example?: string | null): string | undefined {
    if (value.trim() === "") {
        return "is empty";
    }
    if (example !== undefined && example !== null && example !== "" && value === example) {
        return "is the one that the application's authors publish";
    }
    if (WELL_KNOWN.has(value.toLowerCase().replace(/[^a-z0-9]/g, "")) || PLACEHOLDER.test(value)) {
        return "is a well-known default";
    }
    if (value.length < SHORTEST) {
        return `has fewer than ${SHORTEST} characters`;
    }
    if (new Set(value).size < FEWEST_DIFFERENT) {
        return `has fewer than ${FEWEST_DIFFERENT} different characters`;
    }
    return undefined;
}
