/** Beginnings by which issuers mark their credentials, each as its issuer documents it. */
const ISSUED_FORMS: readonly RegExp[] = [
    /^sk-[A-Za-z0-9_-]{16,}$/, /^gh[pousr]_[A-Za-z0-9]{20,}$/, /^github_pat_\w{20,}$/, /^glpat-[\w-]{16,}$/, /^AKIA[0-9A-Z]{16}$/, /^hvs\.[\w-]{20,}$/, /^SG\.[\w-]{16,}\.[\w-]{16,}$/, /^(npm_|pypi-|dckr_pat_)[\w-]{20,}$/,
    /^xox[abpr]-[\w-]{10,}$/, /^AIza[\w-]{30,}$/, /^hf_[A-Za-z0-9]{20,}$/, /^eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+$/, /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
];

/** Whether a value shows by its form alone that it is a credential. */
export function looksIssued(value: string): boolean {
    return ISSUED_FORMS.some(form => form.test(value));
}

/** Names of values that look random and are meant to be seen. */
const SEEN = /PUBLIC|DIGEST|CHECKSUM|SHA(1|256|512)?$|HASH$|COMMIT|REVISION|VERSION|UUID|(^|_)ID$|IMAGE|FINGERPRINT/i;

/** Whether a value is so long and so mixed that nobody wrote it by hand: a key, whatever its name. */
export function looksRandom(name: string, value: string): boolean {
    const hex = /^[0-9a-f]{32,}$/i.test(value) && /\d/.test(value) && /[a-f]/i.test(value);
    const mixed = /^[A-Za-z0-9+/=_-]{32,}$/.test(value) && /\d/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value) && !/[A-Za-z]{12,}/.test(value);
    return (hex || mixed) && !SEEN.test(name) && new Set(value).size >= 9;
}

/** `Password=x` among the settings of a connection string (ADO.NET, libpq). */
const PAIR = /((?:^|[;\s&?])(?:password|passwd|pwd)=)([^;\s&]+)/gi;

/** Finds passwords in connection strings that are no URLs and puts in their place what `replace` answers. */
export function replacePairPasswords(text: string, replace: (password: string) => string): string {
    return text.replaceAll(PAIR, (whole, before: string, password: string) => /^[$%{<*]/.test(password) ? whole : `${before}${replace(password)}`);
}

/** Values that hold nothing worth hiding, whatever the name says: empty, a switch, a small figure. */
export function isTrivial(value: string): boolean {
    return value === "" || /^(true|false|yes|no|on|off|none|null|disabled?|enabled?|\d{1,3})$/i.test(value);
}

/** A URL's user information with a password in it, e.g. of a database or a queue. */
const WITH_PASSWORD = /([a-z][a-z0-9+.-]*:\/\/)([^\s:/?#@'"]*):([^\s/?#@'"]+)@/gi;

/** Finds passwords inside URLs and puts in their place what `replace` answers for the password and the URL's scheme. */
export function replaceUrlPasswords(text: string, replace: (password: string, scheme: string) => string): string {
    return text.replaceAll(WITH_PASSWORD, (_whole, scheme: string, user: string, password: string) =>
        `${scheme}${user}:${replace(password, scheme.replace(/:\/\/$/, ""))}@`);
}

const SECRET_FLAG = /^(--?[\w-]*(?:pass|password|passwd|requirepass|masterauth|secret|token|api[-_]?key)[\w-]*)(?:=(.*))?$/is;

/** An option of a command line that takes a secret: its name and, where it is written in one word, the value. */
export function secretFlag(argument: string): { flag: string; value?: string } | undefined {
    const match = SECRET_FLAG.exec(argument);
    if (match === null || /-(file|path|policy|auth-plugin|hash-algorithm)(=|$)/.test(argument) || /authentication-plugin/.test(argument)) {
        return undefined;
    }
    return { flag: match[1] as string, ...(match[2] !== undefined && { value: match[2] }) };
}
