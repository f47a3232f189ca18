// The SDK's marks, as its wire format has them: none of them changes between versions.
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const UNKNOWN_MARKS: ReadonlySet<unknown> = new Set([
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", "3eeb2bf0-c639-47a8-9e75-3b44932eb421", "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", "030794c1-ac77-496b-92df-f27374a8bd58", "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", "[unknown]",
]);
const MASKED = "[secret]";
export const NOT_KNOWN = Symbol("not known");
/** No mark is shorter. */
const SHORTEST_MARK = MASKED.length;

type Mapping = Record<string, unknown>;

export function isMapping(raw: unknown): raw is Mapping {
    return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}

/** Whether a value is what it seems: no proxy, no envelope, no mark. */
export function isPlain(given: unknown): boolean {
    return typeof given === "string" ? given.length < SHORTEST_MARK : typeof given !== "object" && typeof given !== "symbol";
}

/** Takes the SDK's proxies, envelopes and marks off. */
export function unwrap(given: unknown): readonly [raw: unknown, secret: boolean] {
    let raw = given;
    let secret = false;
    for (;;) {
        if (UNKNOWN_MARKS.has(raw) || raw === NOT_KNOWN) {
            return [NOT_KNOWN, secret];
        }
        if (raw === MASKED) {
            return [NOT_KNOWN, true];
        }
        if (!isMapping(raw) && !Array.isArray(raw)) {
            return [raw, secret];
        }
        const object: Mapping | unknown[] = behindProxy(raw);
        if (Array.isArray(object)) {
            return [object, secret];
        }
        if (object["__pulumiUnknown"] === true) {
            return [NOT_KNOWN, secret];
        }
        const signature = object[SIGNATURE];
        if (signature !== SECRET && signature !== OUTPUT) {
            return [object, secret];
        }
        secret ||= signature === SECRET || object["secret"] === true;
        raw = insideEnvelope(object);
    }
}

/** The SDK hands policies a proxy that throws on any unknown part, which would hide the known ones beside it. */
function behindProxy(given: Mapping | unknown[]): Mapping | unknown[] {
    const proxied = given as Mapping;
    return proxied["__isSpecialProxy"] === true ? proxied["__getSpecialProxyTarget"] as Mapping | unknown[] : given;
}

/** An exported state holds a secret encrypted, or as JSON text in clear. */
function insideEnvelope(envelope: Mapping): unknown {
    if (Object.hasOwn(envelope, "value")) {
        return envelope["value"];
    }
    if (typeof envelope["plaintext"] !== "string") {
        return NOT_KNOWN;
    }
    try {
        return JSON.parse(envelope["plaintext"]) as unknown;
    } catch {
        return NOT_KNOWN;
    }
}
