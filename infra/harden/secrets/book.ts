import type { Declaration } from "../../hardening/definition";
import type { HardenedSecret, SecretSource } from "../../model/hardened";
import { hasSecret, partsOf, secretsIn } from "../../model/text";
import { isIssuedElsewhere, mayBeSame } from "./names";

interface Entry {
    readonly name: string;
    /** What the authors wrote; only ever compared, never used. */
    readonly value: string | undefined;
    readonly users: Set<string>;
}

/** The secrets met so far, each credential once however many names it goes by. */
export class SecretBook {
    private readonly entries: Entry[] = [];
    private readonly aliases = new Map<string, string>();
    private readonly composed = new Map<string, string>();
    private readonly sources = new Map<string, SecretSource>();

    constructor(private readonly declared: NonNullable<Declaration["secrets"]>["values"] = {}) {}

    /**
     * The name of the secret that a variable or literal stands for.
     * @param name what the authors call it
     * @param value what they wrote, where it is known
     */
    nameFor(name: string, value: string | undefined, service: string): string {
        const known = this.aliases.get(key(name, value));
        const entry = this.entries.find(other => other.name === known) ?? this.kin(name, value) ?? this.add(name, value);
        entry.users.add(service);
        this.aliases.set(key(name, value), entry.name);
        return entry.name;
    }

    /** A secret whose file the authors already have. */
    addFile(name: string, file: string): string {
        this.sources.set(name, { kind: "file", file });
        return name;
    }

    /** The secret whose value is a marked text: one mark alone is that secret, anything around it makes another. */
    nameForText(text: string, variable: string, service: string): string {
        const parts = partsOf(text);
        const only = parts.length === 1 ? parts[0] : undefined;
        if (only !== undefined && "secret" in only) {
            return only.secret;
        }
        const taken = this.composed.get(variable) ?? (this.entries.some(({ name }) => name === variable) ? "" : undefined);
        const name = taken === undefined || taken === text ? variable : `${service}-${variable}`;
        this.composed.set(name, text);
        return name;
    }

    /** Every secret that one of these names needs, the parts of composed ones included. */
    sourcesOf(names: ReadonlySet<string>): HardenedSecret[] {
        const needed = [...names].flatMap(name => this.composed.has(name) ? [...secretsIn(this.composed.get(name) ?? ""), name] : [name]);
        return [...new Set(needed)].map(name => ({ name, source: this.sourceOf(name) }));
    }

    private sourceOf(name: string): SecretSource {
        const template = this.composed.get(name);
        if (template !== undefined) {
            return { kind: "composed", template };
        }
        const declared = (this.declared ?? {})[name];
        if (declared !== undefined && "generate" in declared) {
            return { kind: "generated", length: declared.generate, alphabet: declared.alphabet ?? "alphanumeric" };
        }
        if (declared !== undefined && "file" in declared) {
            return { kind: "file", file: declared.file };
        }
        const file = this.sources.get(name);
        if (file !== undefined) {
            return file;
        }
        const users = this.entries.find(entry => entry.name === name)?.users.size ?? 0;
        const given = (declared !== undefined && "given" in declared) || (isIssuedElsewhere(name) && users < 2);
        return given ? { kind: "given", configKey: name } : generatedFor(name);
    }

    private kin(name: string, value: string | undefined): Entry | undefined {
        return this.entries.find(entry => entry.name === name && (entry.value === value || value === undefined || entry.value === undefined))
            ?? this.entries.find(entry => value !== undefined && entry.value === value && mayBeSame(entry.name, name));
    }

    private add(name: string, value: string | undefined): Entry {
        const taken = this.entries.filter(entry => entry.name === name || entry.name.startsWith(`${name}_`)).length;
        const free = this.entries.some(entry => entry.name === name) ? `${name}_${taken + 1}` : name;
        const entry = { name: free, value, users: new Set<string>() };
        this.entries.push(entry);
        return entry;
    }
}

/** Keys are wanted in 64 hex digits: 256 bits, and the 64 characters that two of the documents ask for. Passwords get 32 characters. */
function generatedFor(name: string): SecretSource {
    return /(KEY|JWT\w*|SECRET)$/i.test(name)
        ? { kind: "generated", length: 64, alphabet: "hex" }
        : { kind: "generated", length: 32, alphabet: "alphanumeric" };
}

function key(name: string, value: string | undefined): string {
    return `${name}\0${value ?? ""}`;
}

/** Replaces the names in marks. */
export function renameMarks(text: string, rename: (name: string) => string): string {
    return hasSecret(text) ? partsOf(text).map(part => "secret" in part ? rename(part.secret) : part.literal).join("") : text;
}
