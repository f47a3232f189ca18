import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Sent } from "../../../policies/view/live/facts";

/** Flags of the daemon that may be given several times, and their names in its configuration file. */
const LISTS: Readonly<Record<string, string>> = {
    "add-runtime": "runtimes", "authorization-plugin": "authorization-plugins", "cdi-spec-dir": "cdi-spec-dirs", dns: "dns", "dns-opt": "dns-opts",
    "dns-search": "dns-search", "exec-opt": "exec-opts", host: "hosts", "insecure-registry": "insecure-registries", label: "labels",
    "registry-mirror": "registry-mirrors", "storage-opt": "storage-opts", "default-address-pool": "default-address-pools", feature: "features",
};
/** Flags whose values are `name=value`. */
const MAPPINGS: Readonly<Record<string, string>> = { "log-opt": "log-opts", "default-ulimit": "default-ulimits", "default-network-opt": "default-network-opts" };
const SHORT: Readonly<Record<string, string>> = { b: "bridge", D: "debug", G: "group", H: "host", l: "log-level", p: "pidfile", s: "storage-driver", g: "data-root" };
/** Flags that need no value: alone they mean true. */
const SWITCHES: ReadonlySet<string> = new Set([
    "allow-direct-routing", "cri-containerd", "debug", "experimental", "icc", "init", "ip-forward", "ip-forward-no-drop", "ip-masq", "ip6tables", "iptables", "ipv6",
    "live-restore", "no-new-privileges", "raw-logs", "rootless", "selinux-enabled", "tls", "tlsverify", "userland-proxy", "validate", "restart",
]);
const CONFIG_FILE = "/etc/docker/daemon.json";

/** The process of this machine's daemon; undefined where there is none that can be seen. */
export function daemonProcess(socket: string): number | undefined {
    const pidFiles = [socket.replace(/\.sock$/, ".pid"), "/run/docker.pid", "/var/run/docker.pid"];
    for (const file of pidFiles) {
        const pid = existsSync(file) ? Number.parseInt(readFileSync(file, "utf8"), 10) : Number.NaN;
        if (pid > 0 && existsSync(`/proc/${pid}/comm`) && readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "dockerd") {
            return pid;
        }
    }
    return undefined;
}

/**
 * What a daemon was told, by its file and its command line, in the file's words.
 * @throws Error for a file or a command line that cannot be read
 */
export function daemonConfig(pid: number): Sent {
    const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").filter(word => word !== "");
    const flags = flagsOf(words.slice(1));
    const file = typeof flags["config-file"] === "string" ? flags["config-file"] : CONFIG_FILE;
    // The daemon's own view of the file: it may have a root of its own.
    const seen = existsSync(file) ? file : join(`/proc/${pid}/root`, file);
    const given = existsSync(seen) ? JSON.parse(readFileSync(seen, "utf8").trim() || "{}") as unknown : {};
    if (typeof given !== "object" || given === null || Array.isArray(given)) {
        throw new Error(`${file} holds no mapping`);
    }
    return { ...given, ...flags };
}

/** A daemon's command line in the words of its configuration file. */
export function flagsOf(words: readonly string[]): Sent {
    const flags: Record<string, unknown> = {};
    for (let index = 0; index < words.length; index++) {
        const [, long, short, value] = /^(?:--([\w-]+)|-([A-Za-z]))(?:=(.*))?$/s.exec(words[index] ?? "") ?? [];
        const name = long ?? SHORT[short ?? ""];
        if (name === undefined) {
            continue;
        }
        const given = value ?? (SWITCHES.has(name) ? "true" : words[++index] ?? "");
        note(flags, name, given);
    }
    return flags;
}

function note(flags: Record<string, unknown>, name: string, given: string): void {
    const list = LISTS[name];
    const mapping = MAPPINGS[name];
    if (list !== undefined) {
        flags[list] = [...(flags[list] as readonly string[] | undefined) ?? [], given];
    } else if (mapping !== undefined) {
        const [key = "", value = ""] = given.split(/=(.*)/s);
        flags[mapping] = { ...flags[mapping] as object | undefined, [key]: value };
    } else {
        flags[name] = SWITCHES.has(name) ? /^(?:1|t|true)$/i.test(given) : given;
    }
}
