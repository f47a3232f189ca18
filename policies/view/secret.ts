import { addressedIn, passwordsIn } from "./secrets/inside";
import { certaintyOf, namesPublic } from "./secrets/names";
import { pairsIn } from "./secrets/text";
import { hasKnownForm, isPlace, isPlaceholder, isRandom, literalOf, looksLikeKey, saysNothing } from "./secrets/values";

/** What stands further on in a value is no variable any more. */
const LONGEST = 100_000;
/** Credentials that come with a product, or that its documents show: everybody knows them. */
const DEFAULTS = /infini_rag_flow|change[_-]?me|change[_-]?this|changez_ce_mot_de_passe|replace[_-]?me|admin123|minioadmin|minio123|password123|your[_-](?:\w+[_-])?(?:password|secret|token|key)|insecure[_-]?(?:default|secret|key)|please[_-]?change|not[_-]?secure|super[_-]?secret/i;
const COMMON = /^(?:admin|root|password|passw0rd|passwd|pass|secret|guest|test|example|demo|dev|default|postgres|mysql|mariadb|redis|mongo|rabbitmq|elastic|opensearch|kibana|neo4j|grafana|minio|user|letmein|qwerty|abc123|123456|12345678|1234)$/i;

/**
 * Why a variable's value is a secret, in words that may follow "(…)"; undefined where nothing says so. Never the value.
 * @param name may be empty where there is none.
 */
export function secretReason(name: string, value: string | undefined): string | undefined {
    const literal = literalOf(value?.slice(0, LONGEST));
    const whole = reasonOf(name, literal);
    if (whole !== undefined || !/^[{[]|\n/.test(literal)) {
        return whole;
    }
    const inside = secretInText(literal);
    return inside === undefined ? undefined : `its text holds one${inside.name === "" ? "" : `, ${inside.name}`}`;
}

/** A secret in a text of several lines, or in JSON. */
export interface InText {
    /** Empty where it has none. */
    readonly name: string;
    readonly reason: string;
    /** From 1. */
    readonly line: number;
}

/** The first secret that a file holds: a setting of its own, a login in an address, or a key. Never the value. */
export function secretInText(text: string): InText | undefined {
    const pairs = pairsIn(text).map(({ name, value, line }) => ({ name, line, reason: reasonOf(name, literalOf(value)) }));
    const found = pairs.find(({ reason }) => reason !== undefined && reason !== RANDOM);
    if (found?.reason !== undefined) {
        return { ...found, reason: found.reason };
    }
    const line = text.split("\n").findIndex(each => hasKnownForm(each) || !/^\s*(?:#|\/\/|;)/.test(each) && addressedIn(each).length > 0);
    return line < 0 ? undefined : { name: "", reason: "it holds a key or a login", line: line + 1 };
}

/** The weakest of reasons: checksums look so, too. */
export const RANDOM = "its value looks random";

function reasonOf(name: string, literal: string): string | undefined {
    if (saysNothing(literal)) {
        return undefined;
    }
    if (hasKnownForm(literal)) {
        return "its value has the form of a token or key";
    }
    if (passwordsIn(literal).length > 0) {
        return "its value holds a password";
    }
    const place = isPlace(literal);
    if (!place && isNamed(name, literal)) {
        return "by its name";
    }
    return isRandom(literal) && !place && !namesPublic(name) ? RANDOM : undefined;
}

function isNamed(name: string, literal: string): boolean {
    switch (certaintyOf(name)) {
        case "yes":
            return true;
        case "maybe":
            return looksLikeKey(literal) || /secret|password/i.test(name) && /^\S{6,}$/.test(literal) && !/^\d+$/.test(literal);
        default:
            return false;
    }
}

/** Whether a value is a credential that everybody knows. */
export function isDefaultCredential(name: string, value: string | undefined): boolean {
    const literal = literalOf(value);
    if (saysNothing(literal)) {
        return false;
    }
    // An address of mail is written so too, and opens nothing.
    if (DEFAULTS.test(literal) && !/^[^\s@:]+@[\w.-]+$/.test(literal)) {
        return true;
    }
    const own = namesSecret(name) ? [literal, /^\w+[:/](\w+)$/.exec(literal)?.[1] ?? literal] : [];
    return [...passwordsIn(literal), ...own].some(password => COMMON.test(password)) || own.some(isPlaceholder);
}

/** Whether a name says that its value is a secret. */
export function namesSecret(name: string): boolean {
    return certaintyOf(name) === "yes";
}
