import { isHostPath } from "./engine";
import type { Value } from "./value";
import type { Entry } from "./types";

/** A mount in either of Compose's two forms. */
export interface ComposeMount {
    readonly type: string;
    readonly source: string;
    readonly target: string;
    readonly readOnly: boolean;
    /** The long form's own value, for what only it can say. */
    readonly long: Value | undefined;
    readonly value: Value;
}

export interface ComposePort {
    readonly published: string | undefined;
    readonly address: string | undefined;
    readonly protocol: string | undefined;
}

/** `environment`, `labels`, `sysctls`: a mapping, or a list of `NAME=value`. */
export function namedTexts(value: Value): Entry[] {
    if (value.known && value.isList) {
        return value.items.map(item => ({
            get name() { return (item.text ?? "").split("=", 1)[0] ?? ""; },
            get value() { return item.text?.includes("=") === true ? item.text.slice(item.text.indexOf("=") + 1) : undefined; },
            secret: item.secret,
            path: item.path,
        }));
    }
    return value.entries.map(([name, text]) => ({
        get name() { return text.path === value.path ? text.text ?? "" : name; },
        get value() { return text.text; },
        secret: text.secret,
        path: text.path,
    }));
}

/** `command` and `entrypoint`: a list of words, or one text. */
export function words(value: Value): Entry[] {
    const items = value.known && value.present && !value.isList ? [value] : value.items;
    return items.map(item => ({ name: "", get value() { return item.text; }, secret: item.secret, path: item.path }));
}

/** A list, or a single text that stands for a list of one. */
export function oneOrMore(value: Value): readonly Value[] {
    return value.known && typeof value.plain === "string" ? [value] : value.items;
}

/** A mount, long or short: `[source:]target[:options]`. */
export function mountOf(value: Value): ComposeMount {
    if (value.isMapping) {
        return {
            type: value.get("type").text ?? "volume",
            source: value.get("source").text ?? "",
            target: value.get("target").text ?? "",
            readOnly: value.get("read_only").flag === true,
            long: value, value,
        };
    }
    const parts = splitShort(value.text ?? "");
    const [source, target, options] = parts.length === 1 ? ["", parts[0] ?? "", ""] : [parts[0] ?? "", parts[1] ?? "", parts[2] ?? ""];
    return {
        type: isHostPath(source) ? "bind" : "volume",
        source, target, readOnly: options.split(",").includes("ro"), long: undefined, value,
    };
}

/** Splits at colons, but not at a drive's or inside `${…}`. */
function splitShort(text: string): string[] {
    const drive = /^[A-Za-z]:[\\/]/.test(text) ? text.slice(0, 2) : "";
    const parts = text.slice(drive.length).split(/:(?![^{]*\})/);
    return [drive + (parts[0] ?? ""), ...parts.slice(1)];
}

/** A port, long or short: `[[address:]published:]target[/protocol]`. */
export function portOf(value: Value): ComposePort {
    if (value.isMapping) {
        return { ...split(value.get("published").text ?? ""), ...value.get("host_ip").present ? { address: value.get("host_ip").text } : {}, protocol: value.get("protocol").text };
    }
    // A variable that nobody filled in may hold colons of its own.
    const [mapping = "", protocol] = (value.text ?? "").replaceAll(/\$\{[^}]*\}/g, "$").split("/", 2);
    const host = mapping.includes(":") ? mapping.slice(0, mapping.lastIndexOf(":")) : "";
    return { ...split(host), protocol };
}

/** `[address:]port`. */
function split(host: string): Pick<ComposePort, "published" | "address"> {
    const at = host.lastIndexOf(":");
    const published = host.slice(at + 1);
    return { published: published === "" ? undefined : published, address: at < 0 ? undefined : host.slice(0, at).replace(/^\[|\]$/g, "") };
}

/** A device, long or short: `host[:container[:permissions]]`. */
export function deviceOf(value: Value): string {
    return value.isMapping ? value.get("source").text ?? "" : (value.text ?? "").split(":", 1)[0] ?? "";
}
