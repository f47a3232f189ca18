import { posix } from "node:path";

import type { Path } from "../../model/problem";
import { fail, shorten } from "../fault";
import type { Mapping, Value } from "../value";

/** The short form of a mount taken apart. */
export interface ShortVolume {
    readonly type: "bind" | "volume";
    readonly source: string;
    readonly target: string;
    readonly readOnly: boolean;
    readonly noCopy: boolean;
    readonly propagation?: string;
    readonly selinux?: string;
}

const PROPAGATIONS = new Set(["rprivate", "private", "rshared", "shared", "rslave", "slave"]);

/**
 * Takes `source:target:options` apart; a source that looks like a path is bound, any other is a volume. Options that
 * Compose does not know it ignores.
 * @throws FaultError
 */
export function parseVolume(spec: string, path: Path): ShortVolume {
    const none = { type: "volume", source: "", readOnly: false, noCopy: false } as const;
    if (spec === "") {
        return fail(path, "is empty", { remedy: "write source:target" });
    }
    if (Buffer.byteLength(spec) <= 2) {
        return { ...none, target: spec };
    }
    const parts = splitSpec(spec);
    const problem = (fault: string): never => fail(path, fault, { got: shorten(spec), remedy: "write source:target or source:target:ro" });
    if (parts.includes("")) {
        return problem("has an empty part between its colons");
    }
    if (parts.length > 3) {
        return problem("has too many colons");
    }
    const [source, target] = parts.length === 1 ? ["", parts[0] as string] : parts as [string, string];
    const type = isFilePath(source) ? "bind" : "volume";
    return { ...none, type, source, target, ...optionsOf(parts[2]) };
}

/** Splits at colons, but not at that of a Windows drive and not inside `${…}`. */
function splitSpec(spec: string): string[] {
    const parts: string[] = [];
    let part = "";
    let depth = 0;
    const characters = [...spec];
    characters.forEach((character, at) => {
        if (character === "$" && characters[at + 1] === "{") {
            depth++;
        } else if (character === "}" && depth > 0) {
            depth--;
        } else if (character === ":" && depth === 0 && !/^\p{L}$/u.test(part)) {
            parts.push(part);
            part = "";
            return;
        }
        part += character;
    });
    return [...parts, part];
}

function optionsOf(text: string | undefined): Partial<ShortVolume> {
    let options: Partial<ShortVolume> = {};
    for (const option of text?.split(",") ?? []) {
        if (option === "ro" || option === "rw") {
            options = { ...options, readOnly: option === "ro" };
        } else if (option === "nocopy") {
            options = { ...options, noCopy: true };
        } else if (option === "z" || option === "Z") {
            options = { ...options, selinux: option };
        } else if (PROPAGATIONS.has(option)) {
            options = { ...options, propagation: option };
        }
    }
    return options;
}

function isFilePath(source: string): boolean {
    return /^[./~]/.test(source) || source.startsWith("\\\\") || /^\p{L}:/u.test(source);
}

/** The long form of a short mount. */
export function longVolume(spec: string, path: Path): Mapping {
    const volume = parseVolume(spec, path);
    const long: Mapping = new Map<string, Value>([["type", volume.type]]);
    const set = (map: Mapping, key: string, value: Value | undefined): void => {
        if (value !== undefined && value !== "" && value !== false) {
            map.set(key, value);
        }
    };
    set(long, "source", volume.source);
    set(long, "target", posix.normalize(volume.target).replace(/(.)\/$/, "$1"));
    set(long, "read_only", volume.readOnly);
    if (volume.type === "bind" || volume.selinux !== undefined || volume.propagation !== undefined) {
        const bind: Mapping = new Map();
        set(bind, "selinux", volume.selinux);
        set(bind, "propagation", volume.propagation);
        if (volume.type === "bind") {
            bind.set("create_host_path", true);
        }
        long.set("bind", bind);
    }
    // Of a very short text Compose makes a volume without options.
    if (volume.type === "volume" && Buffer.byteLength(spec) > 2 || volume.noCopy) {
        const options: Mapping = new Map();
        set(options, "nocopy", volume.noCopy);
        long.set("volume", options);
    }
    return long;
}
