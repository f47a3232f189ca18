/** Values that say yes, no, how much or nothing. */
const PLAIN = /^(?:|[yntf]|true|false|yes|no|on|off|none|null|nil|undefined|enabled?|disabled?|required|optional|auto|default|invalid|unused|n\/a|not[ _-]?(?:needed|required|used|set|applicable)|\d{1,3}|\d+(?:\.\d+)?\s?(?:ms|s|sec|m|min|h|d|w|y|[kmgt]i?b?))$/i;
/** What is filled in where the container runs, or before it is deployed: variables, commands, templates. */
const REFERENCE = /\$\{[^{}]*\}|\$\([^()]*\)|\$?\{\{[^{}]*\}\}|\$[A-Za-z_]\w*|<%[^%]*%>|`[^`]*`|%\([^()]{0,99}\)s|%[\w.-]+%|(?<![\w@])@[A-Z_]+@/g;
/** A name of a secret in a store, or its encrypted form: whoever reads it has nothing. */
const STORED = new RegExp([
    "op://", "(?:ref\\+|secretref\\+)?[a-z]*(?:vault|secretsmanager|awssm|gcpsm|keyvault|ssm|sops|doppler|infisical|bws?|akeyless)(?:-\\w+)?:", "arn:aws[\\w-]*:(?:secretsmanager|ssm|kms):",
    "projects/[^/]+/secrets/", "sm://", "secretref[:+]", "secret://", "secrets?[.:/](?=[\\w-]+[/#.])", "file:", "env:", "@Microsoft\\.KeyVault\\(", "ENC\\[AES256_GCM", "ENC\\(", "\\{cipher\\}",
    "<path:", "!vault", "kms:", "id=[\\w-]+,", "keychain:", "\\{\\{resolve:",
].map(start => `^${start}`).join("|"), "i");
const EXTENSION = "(?:pem|key|crt|cer|der|p12|pfx|jks|json|ya?ml|txt|conf|cnf|ini|env|properties|toml|asc|gpg|pub|htpasswd|passwd|token|secret|sock)";
const FILE = new RegExp(`^(?:file:|~/|\\.{1,2}/|[A-Za-z]:\\\\|/(?:run|var|etc|opt|mnt|vault|secrets?|certs?|usr|home|data|tmp|root|app|srv|keys?|config|conf)/|/[\\w.-]+(?:/[\\w.@-]+)+$|(?:[\\w.-]+/)*[\\w.-]+\\.${EXTENSION}$)|/run/secrets/`);
const PLAIN_URL = /^[a-z][a-z0-9+.-]*:\/\/[^@]*$/i;

/** What services print when they make tokens and keys: the prefix is theirs, and nobody else writes it. */
const KNOWN = [
    /-----BEGIN (?:[A-Z0-9 ]+ )?PRIVATE KEY(?: BLOCK)?-----/, /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/, /\bgh[pousr]_[A-Za-z0-9]{30,}/, /\bgithub_pat_\w{20,}/,
    /\bgl(?:pat|dt|rt|ptt|soat|cbt)-[\w-]{20,}/, /\bsk-(?:[a-z]+-)*[A-Za-z0-9_]{20,}/, /\bxox[abeprs]-[\w-]{10,}/, /\bxapp-[\w-]{20,}/, /\bAIza[\w-]{35}/, /\bhv[sb]\.[\w-]{20,}/,
    /\bSG\.[\w-]{16,}\.[\w-]{16,}/, /\bnpm_[A-Za-z0-9]{36}/, /\bpypi-[\w-]{32,}/, /\bdckr_pat_[\w-]{20,}/, /\bhf_[A-Za-z0-9]{30,}/, /\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}/,
    /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/, /hooks\.slack\.com\/services\/T\w+\/B\w+\/\w+/, /discord(?:app)?\.com\/api\/webhooks\/\d+\/[\w-]{20,}/, /\b\d{8,10}:AA[\w-]{33}\b/,
    /\bAGE-SECRET-KEY-1[0-9A-Z]{20,}/, /\bGOCSPX-[\w-]{20,}/, /\bya29\.[\w-]{20,}/, /\bdop_v1_[0-9a-f]{40,}/, /\bshp(?:at|ss|ca|pa)_[0-9a-fA-F]{32}/, /\bglsa_\w{30,}/, /\bdapi[0-9a-f]{32}\b/, /^claim-[\w-]{20}$/,
    // `{"auths":` in Base64, and in clear.
    /\beyJhdXRocyI6/, /"auths"\s*:\s*\{[\s\S]{0,5000}?"(?:auth|password)"\s*:\s*"[^"$<{]+"/, /^[\w.@-]+:\$(?:apr1|2[abxy]|5|6|argon2\w*)\$/,
];

/** The text that stays where a variable of the deploying shell is not set: `${X:-text}`. */
export function literalOf(value: string | undefined): string {
    return (value ?? "").replaceAll(/\$\{\w+:?-([^{}]*)\}/g, "$1").trim().replace(/^(["'])([^"']*)\1$/, "$2");
}

/** Whether a text holds nothing that could be a secret: it says yes or no, or names where the secret is. */
export function saysNothing(literal: string): boolean {
    return PLAIN.test(literal) || STORED.test(literal) || !/[A-Za-z0-9]/.test(literal.replaceAll(REFERENCE, ""));
}

export function hasKnownForm(text: string): boolean {
    return KNOWN.some(form => form.test(text));
}

/** Whether a text says where something is, and holds nothing by itself. */
export function isPlace(text: string): boolean {
    return FILE.test(text.replaceAll(REFERENCE, "x")) || PLAIN_URL.test(text);
}

/** What people write where a secret is to come: it is as good as one that everybody knows. */
export function isPlaceholder(text: string): boolean {
    return /^(?:x{3,}|\*{3,}|<[^<>]+>|\[[\w -]+\]|your[\w-]*|change[_-]?\w*|replace[_-]?\w*|insert[_-]\w*|todo|tbd|example|sample|dummy|fake)$/i.test(text);
}

/** Long, of one alphabet, and mixed as a person would not: bits per character as Shannon counts them. */
export function isRandom(text: string): boolean {
    if (/^[0-9a-f]{32,}$/i.test(text)) {
        return /\d/.test(text) && /[a-f]/i.test(text) && entropy(text) > 3;
    }
    return /^[A-Za-z0-9+/=_-]{32,}$/.test(text) && /\d/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text)
        && !/[A-Za-z]{12,}/.test(text) && entropy(text) > 4.2;
}

/** Whether a text could be a key under a name that may be a key's: one word, and no word of a language. */
export function looksLikeKey(text: string): boolean {
    return isPlaceholder(text) || /^[\w+/=.-]{12,}$/.test(text) && /[\dA-Z]/.test(text) && /[A-Za-z]/.test(text) && !/^[a-z]+(?:[._/-][a-z0-9]+)+$/.test(text);
}

function entropy(text: string): number {
    const counts = new Map<string, number>();
    for (const character of text) {
        counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    return [...counts.values()].reduce((sum, count) => sum - count / text.length * Math.log2(count / text.length), 0);
}
