/** A workload, told once; each form of it says as much as its platform can express. */
export interface Workload {
    readonly title: string;
    readonly image: string;
    readonly user?: string;
    readonly privileged?: boolean;
    readonly readOnly?: boolean;
    readonly add?: readonly string[];
    readonly drop?: readonly string[];
    readonly noNewPrivileges?: boolean;
    readonly seccomp?: string;
    readonly apparmor?: string;
    /** Options of Docker's list that have no field of their own. */
    readonly options?: readonly string[];
    readonly network?: "bridge" | "host" | "inside" | "none";
    readonly hostPid?: boolean;
    readonly hostIpc?: boolean;
    readonly hostUsers?: boolean;
    /** Mebibytes. */
    readonly memory?: number;
    readonly cpus?: number;
    readonly pids?: number;
    readonly restart?: string;
    readonly ports?: readonly { readonly host: number; readonly container: number; readonly address?: string }[];
    readonly allPorts?: boolean;
    readonly binds?: readonly { readonly source: string; readonly target: string; readonly readOnly: boolean; readonly propagation?: string }[];
    readonly volumes?: Readonly<Record<string, string>>;
    /** Scratch space in memory: target, and its options. */
    readonly scratch?: Readonly<Record<string, string>>;
    readonly devices?: readonly string[];
    readonly environment?: Readonly<Record<string, string>>;
    readonly labels?: Readonly<Record<string, string>>;
    readonly command?: readonly string[];
    readonly healthy?: boolean | "off";
    readonly logs?: { readonly driver: string; readonly options: Readonly<Record<string, string>> };
    readonly files?: number;
    readonly sysctls?: Readonly<Record<string, string>>;
    readonly terminal?: boolean;
    readonly groups?: readonly string[];
    readonly hosts?: Readonly<Record<string, string>>;
    readonly init?: boolean;
}

const BASE: Omit<Workload, "title"> = {
    image: "portcullis-parity/api:1.0", user: "10001:10001", readOnly: true, drop: ["ALL"], noNewPrivileges: true, network: "inside",
    memory: 64, cpus: 0.5, pids: 64, restart: "unless-stopped", healthy: true, command: ["/serve"], files: 1024,
    logs: { driver: "json-file", options: { "max-size": "10m", "max-file": "3" } },
};

const SOCKET = { source: "/var/run/docker.sock", target: "/var/run/docker.sock" };

/** What differs from a workload that keeps the rules. */
const CHANGES: Readonly<Record<string, Partial<Workload>>> = {
    "hardened": {},
    "privileged": { privileged: true },
    "privileged with the host's processes": { privileged: true, hostPid: true },
    "user not set": { user: undefined },
    "user root": { user: "0:0" },
    "user by name": { user: "root" },
    "user with a low number": { user: "1000:1000" },
    "writable root": { readOnly: undefined },
    "root said to be writable": { readOnly: false },
    "capabilities not dropped": { drop: undefined },
    "one capability dropped": { drop: ["NET_RAW"] },
    "SYS_ADMIN added": { add: ["SYS_ADMIN"] },
    "NET_BIND_SERVICE added": { add: ["NET_BIND_SERVICE"] },
    "SYS_PTRACE and NET_ADMIN added": { add: ["SYS_PTRACE", "NET_ADMIN"] },
    "ALL added": { add: ["ALL"], drop: undefined },
    "privileges may be gained": { noNewPrivileges: undefined },
    "privileges said to be gained": { noNewPrivileges: false },
    "seccomp off": { seccomp: "unconfined" },
    "AppArmor off": { apparmor: "unconfined" },
    "SELinux labels off": { options: ["label=disable"] },
    "system paths open": { options: ["systempaths=unconfined"] },
    "the host's network": { network: "host" },
    "the default bridge": { network: "bridge" },
    "no network": { network: "none" },
    "the host's processes": { hostPid: true },
    "the host's memory segments": { hostIpc: true },
    "the host's users": { hostUsers: true },
    "no memory limit": { memory: undefined },
    "no processor limit": { cpus: undefined },
    "no process limit": { pids: undefined },
    "no limits at all": { memory: undefined, cpus: undefined, pids: undefined, files: undefined },
    "never started again": { restart: undefined },
    "started again some times": { restart: "on-failure:5" },
    "a port on every address": { ports: [{ host: 18_101, container: 8080 }] },
    "a port on the loopback": { ports: [{ host: 18_102, container: 8080, address: "127.0.0.1" }] },
    "a privileged port": { ports: [{ host: 81, container: 80 }] },
    "two ports": { ports: [{ host: 18_103, container: 8080 }, { host: 18_104, container: 9090, address: "127.0.0.1" }] },
    "the host's network and a port": { network: "host", ports: [{ host: 8080, container: 8080 }] },
    "all ports": { allPorts: true },
    "the engine's socket": { binds: [{ ...SOCKET, readOnly: false }] },
    "the engine's socket to read": { binds: [{ ...SOCKET, readOnly: true }] },
    "the host's root": { binds: [{ source: "/", target: "/host", readOnly: true }] },
    "the host's /etc": { binds: [{ source: "/etc", target: "/host/etc", readOnly: false }] },
    "a folder of the application": { binds: [{ source: "/srv", target: "/srv", readOnly: true }] },
    "a shared mount": { binds: [{ source: "/srv", target: "/srv", readOnly: true, propagation: "rshared" }] },
    "a volume": { volumes: { data: "/var/lib/data" } },
    "scratch space": { scratch: { "/tmp": "size=16m,noexec,nosuid,nodev" } },
    "scratch space without a bound": { scratch: { "/tmp": "noexec" } },
    "scratch space for programs": { scratch: { "/tmp": "size=16m,exec" } },
    "a device": { devices: ["/dev/fuse"] },
    "the host's memory as a device": { devices: ["/dev/mem"] },
    "a password": { environment: { DB_PASSWORD: "correct-horse-battery" } },
    "a default password": { environment: { POSTGRES_PASSWORD: "postgres" } },
    "a login in a URL": { environment: { DATABASE_URL: "postgres://app:s3cretpassw0rd@db/app" } },
    "a password in the command": { command: ["/serve", "--password", "correct-horse-battery"] },
    "a password in a label": { labels: { "example.com/api-token": "ghp_0123456789abcdefghijABCDEFGHIJ012345" } },
    "harmless variables": { environment: { LOG_LEVEL: "info", PASSWORD_FILE: "/run/secrets/password" } },
    "no health check": { healthy: undefined },
    "health check off": { healthy: "off" },
    "logs without a bound": { logs: { driver: "json-file", options: {} } },
    "logs off": { logs: { driver: "none", options: {} } },
    "the local log driver": { logs: { driver: "local", options: {} } },
    "no limit of files": { files: undefined },
    "a sysctl of the network": { sysctls: { "net.core.somaxconn": "1024" } },
    "a harmless sysctl": { sysctls: { "net.ipv4.ip_unprivileged_port_start": "80" } },
    "a terminal": { terminal: true },
    "a group of the host": { groups: ["0"] },
    "the host's name": { hosts: { "host.docker.internal": "host-gateway" } },
    "a shell with children": { command: ["/bin/sh", "-c", "worker & serve"] },
    "a shell with children and an init": { command: ["/bin/sh", "-c", "worker & serve"], init: true },
    "the latest version": { image: "portcullis-parity/api:latest" },
    "no version": { image: "portcullis-parity/api" },
    "a database": { labels: { "portcullis.role": "data" }, ports: [{ host: 18_105, container: 5432 }] },
    "a sandbox": { labels: { "portcullis.role": "sandbox" } },
    "a job": { labels: { "portcullis.role": "job" }, restart: undefined, healthy: undefined },
    "everything wrong": {
        privileged: true, user: "root", readOnly: false, drop: undefined, add: ["ALL"], noNewPrivileges: undefined, network: "host", hostPid: true, hostIpc: true,
        memory: undefined, cpus: undefined, pids: undefined, binds: [{ source: "/", target: "/host", readOnly: false }, { ...SOCKET, readOnly: false }],
        environment: { DB_PASSWORD: "correct-horse-battery" }, healthy: undefined, restart: undefined, logs: undefined,
    },
};

export const WORKLOADS: readonly Workload[] = Object.entries(CHANGES).map(([title, change]) => ({ ...BASE, title, ...change }));

/** A name that every platform takes. */
export function nameOf({ title }: Workload): string {
    return `parity-${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "")}`;
}
