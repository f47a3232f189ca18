import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

import { textAt } from "../../../policies/view/live/sent";
import type { EngineFile, EngineHost, Sent } from "../../../policies/view/live/facts";

const UNIT_FOLDERS = ["/etc/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"];
const UNITS = ["docker.service", "docker.socket"];
const SETTINGS = ["/etc/docker/daemon.json", "/etc/default/docker", "/etc/sysconfig/docker"];
const CERTIFICATES = "/etc/docker/certs.d";

/** Files that decide who commands this machine's daemon, as far as they are there. */
export function engineFiles(socket: string, config: Sent): readonly EngineFile[] {
    const groups = groupNames();
    const files: (readonly [EngineFile["what"], string])[] = [
        ["socket", socket], ["socket", "/run/containerd/containerd.sock"], ["settings", "/etc/docker"],
        ...SETTINGS.map(path => ["settings", path] as const),
        ...UNIT_FOLDERS.flatMap(folder => UNITS.map(name => ["unit", join(folder, name)] as const)),
        ...["tlscacert", "tlscert"].map(key => ["certificate", textAt(config, key)] as const),
        ["key", textAt(config, "tlskey")],
        ...below(CERTIFICATES).map(path => [path.endsWith(".key") ? "key" : "certificate", path] as const),
    ];
    return files.filter(([, path]) => path !== "" && existsSync(path)).map(([what, path]) => {
        const stat = statSync(path);
        const folder = stat.isDirectory() ? { folder: true } : {};
        return { path, what, ...folder, owner: stat.uid, group: groups.get(stat.gid) ?? String(stat.gid), mode: (stat.mode & 0o7777).toString(8).padStart(3, "0") };
    });
}

function below(folder: string): string[] {
    return existsSync(folder) ? [folder, ...readdirSync(folder, { recursive: true, encoding: "utf8" }).map(name => join(folder, name))] : [];
}

function groupNames(): ReadonlyMap<number, string> {
    return new Map(lines("/etc/group").map(line => { const [name = "", , id] = line.split(":"); return [Number(id), name] as const; }));
}

/** What only the machine itself tells of an engine's surroundings. */
export function engineHost(socket: string, info: Sent): EngineHost {
    const root = textAt(info, "DockerRootDir");
    return {
        ...existsSync(root) ? { separateData: statSync(root).dev !== statSync("/").dev } : {},
        commanders: commandersOf(socket),
        audited: auditedPaths(),
    };
}

/** Members of the group that may write to the socket, root's own left out. */
function commandersOf(socket: string): readonly string[] {
    const { gid, mode } = statSync(socket);
    if (gid === 0 || (mode & 0o020) === 0) {
        return [];
    }
    const members = lines("/etc/group").map(line => line.split(":")).filter(([, , id]) => Number(id) === gid).flatMap(([, , , names = ""]) => names.split(","));
    const primary = lines("/etc/passwd").map(line => line.split(":")).filter(([, , , id]) => Number(id) === gid).map(([name = ""]) => name);
    return [...new Set([...members, ...primary])].filter(name => name !== "" && name !== "root").sort();
}

/** Paths that audit rules watch (`-w path`), as they are loaded at start. */
function auditedPaths(): readonly string[] {
    const folder = "/etc/audit/rules.d";
    const files = ["/etc/audit/audit.rules", ...existsSync(folder) ? readdirSync(folder).map(name => join(folder, name)) : []];
    const paths = files.filter(file => existsSync(file) && existsSync(dirname(file))).flatMap(lines)
        .flatMap(line => /^\s*-w\s+(\S+)/.exec(line)?.[1] ?? /-F\s+(?:path|dir)=(\S+)/.exec(line)?.[1] ?? []);
    return [...new Set(paths)].sort();
}

function lines(file: string): string[] {
    return readFileSync(file, "utf8").split("\n").filter(line => line !== "" && !line.startsWith("#"));
}
