import { Malformed, Unknown } from "./unfinished";
import { NOT_KNOWN, isMapping, isPlain, unwrap } from "./marks";
import type { Path } from "./unfinished";

const NOWHERE: Path = [];

/** A value as it was given and the way to it. Nothing is read before it is asked for. */
export class Value {
    private readonly raw: unknown;
    /** Whether the value, or one around it, was marked as a secret. */
    readonly secret: boolean;
    /** The way to it: made when asked for, since most values are never reported. */
    private way: Path | undefined;
    private within: Value | undefined;
    private step: string | number = "";
    /** What many rules read is taken apart once: mappings and lists below a mapping, and items of a list. */
    private children: Map<string, Value> | undefined;
    private listed: readonly Value[] | undefined;

    constructor(given: unknown, path: Path, secret = false) {
        this.way = path;
        if (isPlain(given)) {
            this.raw = given;
            this.secret = secret;
        } else {
            const [raw, marked] = unwrap(given);
            this.raw = raw;
            this.secret = secret || marked;
        }
    }

    get path(): Path {
        return this.way ??= this.within === undefined ? [] : [...this.within.path, this.step];
    }

    private below(given: unknown, step: string | number): Value {
        const value = new Value(given, NOWHERE, this.secret);
        value.way = undefined;
        value.within = this;
        value.step = step;
        return value;
    }

    get known(): boolean {
        return this.raw !== NOT_KNOWN;
    }

    /** The value itself; throws `Unknown`. Null and absent are both undefined. */
    get plain(): unknown {
        if (this.raw === NOT_KNOWN) {
            throw new Unknown(this.path);
        }
        return this.raw ?? undefined;
    }

    get present(): boolean {
        return this.plain !== undefined;
    }

    /** The value under a key or under one key after another; absent where there is none. */
    get(...keys: readonly string[]): Value {
        const { length } = keys;
        if (length === 0) {
            return this;
        }
        let value = this.child(keys[0] ?? "");
        for (let at = 1; at < length; at++) {
            value = value.child(keys[at] ?? "");
        }
        return value;
    }

    private child(key: string): Value {
        const raw = this.plain;
        if (raw === undefined) {
            return this.below(undefined, key);
        }
        if (!isMapping(raw)) {
            throw new Malformed(this.path, "a mapping");
        }
        const known = this.children?.get(key);
        if (known !== undefined) {
            return known;
        }
        const given = Object.hasOwn(raw, key) ? raw[key] : undefined;
        const value = this.below(given, key);
        if (typeof given === "object" && given !== null) {
            (this.children ??= new Map<string, Value>()).set(key, value);
        }
        return value;
    }

    /** Items of a list, none where there is none. An unreadable list is its own single item, which throws when read. */
    get items(): readonly Value[] {
        if (this.raw === NOT_KNOWN) {
            return [this];
        }
        if (this.raw === undefined || this.raw === null) {
            return [];
        }
        if (!Array.isArray(this.raw)) {
            return [new Unreadable(this.path, "a list")];
        }
        return this.listed ??= this.raw.map((item: unknown, at) => this.below(item === undefined ? NOT_KNOWN : item, at));
    }

    /** Pairs of a mapping, none where there is none; unreadable ones as in `items`, under the key `""`. */
    get entries(): readonly (readonly [string, Value])[] {
        if (this.raw === NOT_KNOWN) {
            return [["", this]];
        }
        if (this.raw === undefined || this.raw === null) {
            return [];
        }
        if (!isMapping(this.raw)) {
            return [["", new Unreadable(this.path, "a mapping")]];
        }
        return Object.entries(this.raw).map(([key, value]) => [key, this.below(value, key)]);
    }

    get isList(): boolean {
        return Array.isArray(this.plain);
    }

    get isMapping(): boolean {
        return isMapping(this.plain);
    }

    /** A scalar as text; undefined where there is none. */
    get text(): string | undefined {
        const plain = this.plain;
        if (plain === undefined || typeof plain === "string") {
            return plain;
        }
        if (typeof plain === "number" || typeof plain === "boolean" || typeof plain === "bigint") {
            return String(plain);
        }
        throw new Malformed(this.path, "a text");
    }

    get number(): number | undefined {
        const plain = this.plain;
        if (plain === undefined || typeof plain === "number") {
            return plain;
        }
        const numeric = typeof plain === "bigint" || typeof plain === "string" && plain.trim() !== "";
        const number = numeric ? Number(plain) : Number.NaN;
        if (Number.isNaN(number)) {
            throw new Malformed(this.path, "a number");
        }
        return number;
    }

    /** Texts `true` and `false` count: Compose and the SDK take them for what they say. */
    get flag(): boolean | undefined {
        const plain = this.plain;
        if (plain === undefined || typeof plain === "boolean") {
            return plain;
        }
        const text = typeof plain === "string" ? plain.toLowerCase() : "";
        if (text !== "true" && text !== "false") {
            throw new Malformed(this.path, "true or false");
        }
        return text === "true";
    }
}

/** Stands for a collection of the wrong shape; reading it in any way says so. */
class Unreadable extends Value {
    constructor(path: Path, private readonly wanted: string) {
        super(undefined, path);
    }

    override get plain(): unknown {
        throw new Malformed(this.path, this.wanted);
    }

    override get items(): readonly Value[] {
        return [this];
    }

    override get entries(): readonly (readonly [string, Value])[] {
        return [["", this]];
    }
}
