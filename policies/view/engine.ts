import { anyHolds } from "./three-valued";
import type { Value } from "./value";
import type { Item } from "./types";

/** What Docker's `security_opt` says, whoever wrote it. */
export interface SecurityOptions {
    readonly noNewPrivileges: boolean | undefined;
    readonly seccomp: string | undefined;
    readonly apparmor: string | undefined;
    readonly selinux: string | undefined;
}

type Option = keyof SecurityOptions;

/**
 * Reads one option of a `security_opt` list. The last one counts, as for the engine.
 * Throws `Unknown` where an item is not known that could be the answer, unless a known one is already insecure.
 */
export function securityOption(options: Value, wanted: Option): string | boolean | undefined {
    let found: string | boolean | undefined;
    let unknown: Error | undefined;
    for (const option of options.items) {
        try {
            const [name, value] = splitOption(option.text ?? "");
            found = name === wanted ? value : found;
        } catch (error) {
            unknown = error as Error;
        }
    }
    const bad = found === false || found === "unconfined" || found === "disable";
    if (unknown !== undefined && !bad) {
        throw unknown;
    }
    return found;
}

/** `name=value` and `name:value` are the same to the engine; a bare `no-new-privileges` means true. */
function splitOption(option: string): readonly [Option | undefined, string | boolean] {
    const [, name = "", value = ""] = /^([a-z-]+)(?:[=:](.*))?$/s.exec(option.trim()) ?? [];
    switch (name) {
        case "no-new-privileges":
            // The engine reads the value as Go does, and refuses any other word.
            return ["noNewPrivileges", option.trim() === name || /^(?:1|t|T|true|TRUE|True)$/.test(value)];
        case "seccomp":
            return ["seccomp", value];
        case "apparmor":
            return ["apparmor", value];
        case "label":
            // A slip by which people mean another option; the engine takes it for none.
            return /^(?:seccomp|apparmor)[=:]/.test(value) ? splitOption(value) : ["selinux", value];
        case "disable":
            return ["selinux", "disable"];
        default:
            return [undefined, ""];
    }
}

/** Capabilities as the engine compares them: upper case, without `CAP_`. */
export function capabilities(list: Value): Item[] {
    return list.items.map(item => ({
        get text() {
            return (item.text ?? "").toUpperCase().replace(/^CAP_/, "");
        },
        path: item.path,
    }));
}

export function texts(list: Value): Item[] {
    return list.items.map(item => ({
        get text() {
            return item.text ?? "";
        },
        path: item.path,
    }));
}

/** Whether a volume's source is a path of the host and not a volume's name. */
export function isHostPath(source: string): boolean {
    // Of a variable that nobody filled in its default counts, or what comes after it: names have no slash.
    const given = source.replace(/^\$\{\w+:?-/, "");
    return /^(?:[/~.]|[A-Za-z]:[\\/]|\\\\)/.test(given) || /^\$(?:\w+|\{\w+\})[\\/]/.test(given);
}

/** A limit that is set and bounds something: Docker takes 0 and -1 for none. */
export function positive(value: Value): boolean {
    const plain = value.plain;
    if (typeof plain === "string") {
        return Number.parseFloat(plain) > 0;
    }
    return (value.number ?? 0) > 0;
}

/** Options of a tmpfs mount as `--tmpfs` takes them: `rw,noexec,size=64m`. Docker's own default has noexec. */
export function tmpfsOptions(options: string): { readonly bounded: boolean; readonly executable: boolean; readonly loosened: readonly string[] } {
    const words = options.split(",").map(word => word.trim());
    const loose = (word: string) => words.lastIndexOf(word) > words.lastIndexOf(`no${word}`);
    return {
        loosened: ["suid", "dev"].filter(loose),
        bounded: words.some(word => /^size=(?!0$).+/.test(word)),
        executable: loose("exec"),
    };
}

/** A volume of the local driver may be a mount of anything: options as for mount(8). Other drivers call the path `mountpoint`. */
export function boundPath(options: Value): string | undefined {
    const mountpoint = options.get("mountpoint").text;
    if (mountpoint !== undefined && /^[/$~]/.test(mountpoint)) {
        return mountpoint;
    }
    const device = options.get("device").text;
    const binds = (key: string) => (options.get(key).text ?? "").split(",").some(word => ["bind", "rbind", "none"].includes(word));
    return device !== undefined && (device.startsWith("/dev/") || anyHolds([() => binds("type"), () => binds("o")])) ? device : undefined;
}

/** Whether a bridge network is told to keep its members from each other. */
export function keptApart(options: Value): boolean {
    return options.get("com.docker.network.bridge.enable_icc").text?.toLowerCase() === "false";
}

/** Whether a network gives its members addresses of the network outside, or lets packets to any of their ports in. */
export function reachedDirectly(driver: string | undefined, options: Value): boolean {
    const modes = ["gateway_mode_ipv4", "gateway_mode_ipv6"].map(name => options.get(`com.docker.network.bridge.${name}`).text);
    return driver === "macvlan" || driver === "ipvlan" || modes.includes("nat-unprotected");
}
