import { certaintyOf } from "./names";
import { isPlace, literalOf, saysNothing } from "./values";

const URL_PASSWORD = /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/?#@"']*:([^\s/?#@"']+)@/gi;
/** Logins of drivers that write no address: `user:password@tcp(host)`, `user/password@//host`. */
const DRIVER_PASSWORD = /(?:^|[\s"'=])[\w.-]+:([^\s:@/"']+)@(?:tcp|udp|unix)\(|jdbc:oracle:\w+:[^/\s]+\/([^@\s]+)@|[?&]u=[^&\s]*&p=([^&\s]+)/gi;
/** `name=value` and `name: value` in a text of several, as connection strings, Java options and headers have them. */
const PAIR = /(?:^|[;,&?\s"'(])-{0,2}([A-Za-z][\w. -]{0,60}?)\s?=\s?("[^"]*"|'[^']*'|`[^`]*`|\$\([^)]*\)|[^;,&\s"')]+)/g;
const HEADER = /\b(?:authorization["']?\s*[:=]\s*["']?)?(?:bearer|basic)\s+([\w+/=.~-]{8,})/gi;

/** The passwords that a text holds beside other things: in addresses, connection strings and headers. */
export function passwordsIn(text: string): string[] {
    if (text.length > 100_000) {
        return passwordsIn(text.slice(0, 100_000));
    }
    const paired = text.includes("=") ? [...text.matchAll(PAIR)].filter(([, name = ""]) => namesPassword(name)).map(match => unquoted(match[2] ?? "")) : [];
    const headers = /bearer|basic/i.test(text) ? [...text.matchAll(HEADER)].map(match => match[1] ?? "").filter(word => /\d|[a-z][A-Z]|=$/.test(word)) : [];
    return [...addressedIn(text), ...[...paired.filter(value => !isPlace(value)), ...headers].filter(isLiteral)];
}

/** The passwords of logins in addresses. */
export function addressedIn(text: string): string[] {
    return /@|&p=/.test(text) ? [...text.matchAll(URL_PASSWORD), ...text.matchAll(DRIVER_PASSWORD)].map(match => match[1] ?? match[2] ?? match[3] ?? "").filter(isLiteral) : [];
}

/** In one text a name stands beside much else: the surest only count. */
function namesPassword(name: string): boolean {
    return /^(?:pwd|pass|accountkey|sharedaccesskey|sharedaccesssignature|sig|api[_-]?key|x-api-key)$/i.test(name.trim()) || certaintyOf(name) === "yes";
}

function isLiteral(password: string): boolean {
    return !saysNothing(literalOf(password)) && !/^[$%{<*]/.test(password);
}

export function unquoted(text: string): string {
    return text.replace(/^(["'])([\s\S]*)\1$/, "$2").replace(/^["']|["']$/g, "");
}
