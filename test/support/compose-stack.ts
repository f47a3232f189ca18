import * as fs from "node:fs";
import * as net from "node:net";
import * as path from "node:path";

import { docker, engine } from "./docker-engine";
import { GREETINGS } from "./stand-ins";

/** Containers of one Compose project on the real engine. */
export interface Stack {
    /** Where `docker compose` is called. */
    readonly directory: string;
    readonly project: string;
    /** Words before the command, e.g. which files. */
    readonly words: readonly string[];
}

/** A container, as `docker inspect` shows it. */
export interface Container {
    readonly id: string;
    readonly service: string;
    readonly inspected: Inspected;
}

export interface Inspected {
    readonly State: { readonly Status: string; readonly ExitCode: number; readonly Health?: { readonly Status: string } };
    readonly Config: { readonly User: string; readonly Env: readonly string[] };
    readonly HostConfig: {
        readonly PidsLimit: number | null;
        readonly Memory: number;
        readonly PortBindings: Readonly<Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[]>> | null;
    };
    readonly NetworkSettings: { readonly Networks: Readonly<Record<string, { readonly IPAddress: string }>> };
}

/** Starts everything and waits until it is healthy; throws with what Compose said otherwise. */
export function up(stack: Stack): void {
    const ran = engine().compose(stack.directory, [...stack.words, "--project-name", stack.project, "up", "--detach", "--wait", "--wait-timeout", "240", "--quiet-pull"]);
    if (ran.status !== 0) {
        const logs = engine().compose(stack.directory, [...stack.words, "--project-name", stack.project, "logs", "--tail", "5"]);
        throw new Error(`docker compose up ended with ${ran.status}: ${ran.stderr.trim().split("\n").slice(-5).join("\n")}\n${logs.stdout}`);
    }
}

/** Removes the containers, networks and volumes of the project. */
export function down(stack: Stack): void {
    engine().compose(stack.directory, [...stack.words, "--project-name", stack.project, "down", "--volumes", "--timeout", "2"]);
}

/** All containers of the project, by service, ended ones too. */
export function containersOf(project: string): ReadonlyMap<string, Container> {
    const ids = docker("ps", "--all", "--quiet", "--filter", `label=com.docker.compose.project=${project}`).split("\n").filter(id => id !== "");
    return new Map(ids.map(id => {
        const [inspected] = JSON.parse(docker("inspect", id)) as [Inspected & { readonly Config: { readonly Labels: Record<string, string> } }];
        const service = inspected.Config.Labels["com.docker.compose.service"] ?? "";
        return [service, { id, service, inspected }] as const;
    }).sort(([a], [b]) => a < b ? -1 : 1));
}

/** Which ports of the host accept connections. */
export async function listening(ports: readonly number[]): Promise<number[]> {
    const open = await Promise.all(ports.map(port => new Promise<boolean>(resolve => {
        const socket = net.connect({ host: "127.0.0.1", port, timeout: 2000 });
        const end = (isOpen: boolean): void => { socket.destroy(); resolve(isOpen); };
        socket.once("connect", () => { end(true); }).once("error", () => { end(false); }).once("timeout", () => { end(false); });
    })));
    return ports.filter((_port, at) => open[at]);
}

/** Waits for a minute until none of the ports is in use; then why a test that needs them cannot run. */
export async function portsInUse(ports: readonly number[]): Promise<string | undefined> {
    for (const end = Date.now() + 60_000; ; await new Promise(resolve => { setTimeout(resolve, 1000); })) {
        const busy = await listening(ports);
        if (busy.length === 0) {
            return undefined;
        }
        if (Date.now() > end) {
            return `something else uses the ports ${busy.join(", ")} of this machine`;
        }
    }
}

/** Runs a shell script in a container, as its own user. */
export function inside({ id }: Container, script: string): { readonly status: number; readonly output: string } {
    const ran = engine().docker(["exec", id, "sh", "-c", script]);
    return { status: ran.status, output: `${ran.stdout}${ran.stderr}`.trim() };
}

/** What the kernel says about the container's first process. */
export interface Confinement {
    readonly uid: number;
    /** Names of the five sets that are not empty. */
    readonly capabilities: readonly string[];
    readonly noNewPrivileges: boolean;
    /** 2 is a filter, 0 none. */
    readonly seccomp: number;
}

/** Reads `/proc/1/status` from inside the container. */
export function confinementOf(container: Container): Confinement {
    const fields = new Map(inside(container, "cat /proc/1/status").output.split("\n").map(line => {
        const [name = "", value = ""] = line.split(":\t");
        return [name, value.trim()] as const;
    }));
    return {
        uid: Number(fields.get("Uid")?.split(/\s+/)[0]),
        capabilities: ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"].filter(name => !/^0+$/.test(fields.get(name) ?? "")),
        noNewPrivileges: fields.get("NoNewPrivs") === "1",
        seccomp: Number(fields.get("Seccomp")),
    };
}

/** Which of these paths the container's user can write to. */
export function writable(container: Container, paths: readonly string[]): string[] {
    const script = paths.map(name => `(touch ${name}/probe && rm -f ${name}/probe) 2>/dev/null && echo ${name}`).join("\n");
    return inside(container, `${script}\ntrue`).output.split("\n").filter(line => line !== "");
}

/**
 * Which `address:port` answers from inside the container, the way the stand-in with that port does. That a connection
 * opens is not enough: where a packet leaves the host, a gateway outside may take any, and even answer.
 */
export function reaches(container: Container, targets: readonly string[]): string[] {
    const script = targets.map(target => {
        const at = target.lastIndexOf(":");
        const port = target.slice(at + 1);
        const [say, hear] = GREETINGS[port] ?? [];
        if (say === undefined || hear === undefined) {
            throw new Error(`no stand-in listens on ${port}`);
        }
        return `(printf '${say}' | nc -w 2 ${target.slice(0, at)} ${port} 2>/dev/null | grep -q '${hear}' && echo ${target}) &`;
    });
    return inside(container, `${script.join("\n")}\nwait`).output.split("\n").filter(line => line !== "").sort();
}

/** Everything that the engine shows of a project to whoever may ask it, and the containers' logs. */
export function shownByEngine(project: string): string {
    const containers = [...containersOf(project).values()];
    const filter = ["--filter", `label=com.docker.compose.project=${project}`, "--format", "{{.Name}}"];
    const named = (kind: "network" | "volume") => docker(kind, "ls", ...filter).split("\n").filter(name => name !== "");
    const images = [...new Set(containers.map(({ id }) => docker("inspect", "--format", "{{.Image}}", id)))];
    return [
        ...containers.map(({ id }) => docker("inspect", id)),
        ...images.map(image => docker("image", "inspect", image) + docker("history", "--no-trunc", image)),
        ...(["network", "volume"] as const).flatMap(kind => named(kind).map(name => docker(kind, "inspect", name))),
        ...containers.map(({ id }) => {
            const { stdout, stderr } = engine().docker(["logs", id]);
            return stdout + stderr;
        }),
    ].join("\n");
}

/** Every file below a folder but those of a subfolder, as one text. */
export function textOfFiles(folder: string, without: string): string {
    return fs.readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter(name => name !== without && !name.startsWith(`${without}/`))
        .map(name => path.join(folder, name))
        .filter(file => fs.statSync(file).isFile())
        .map(file => fs.readFileSync(file, "utf8"))
        .join("\n");
}
