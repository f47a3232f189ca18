import { boundPath, capabilities, isHostPath, positive, securityOption, texts, tmpfsOptions } from "./engine";
import type { Value } from "./value";
import type { Path } from "./unfinished";
import type { ContainerView, Entry, ExposureView, HostMount, Membership, Origin, Seen, Tmpfs, WorkloadView } from "./types";

/** Where the inputs of `docker:index/container:Container` hold what the views call by other names. */
const PLACES: Readonly<Record<string, Path>> = {
    hostNetwork: ["networkMode"], hostPid: ["pidMode"], hostIpc: ["ipcMode"], hostUts: ["utsMode"], hostUsers: ["usernsMode"],
    defaultBridge: ["networksAdvanced"], networks: ["networksAdvanced"], readOnlyRoot: ["readOnly"],
    addedCapabilities: ["capabilities", "adds"], droppedCapabilities: ["capabilities", "drops"],
    noNewPrivileges: ["securityOpts"], seccomp: ["securityOpts"], apparmor: ["securityOpts"], selinux: ["securityOpts"],
    memoryLimited: ["memory"], cpuLimited: ["cpus"], processLimited: ["ulimits"], healthCheck: ["healthcheck"],
    boundedLogs: ["logOpts"], environment: ["envs"], arguments: ["command"],
};

/** The workload, of one container, that a Container resource is. */
export function dockerWorkload(origin: Origin, inputs: Value, resourceName: string): WorkloadView {
    const seen = dockerSeen(origin, inputs, resourceName);
    const role = () => labelOf(inputs.get("labels"), "portcullis.role");
    const workload: WorkloadView = {
        ...seen,
        platform: "docker", type: "docker:index/container:Container", source: inputs,
        get role() { return role(); },
        get job() { return role() === "job" || inputs.get("mustRun").flag === false; },
        get hostNetwork() { return inputs.get("networkMode").text === "host" || inputs.get("networksAdvanced").items.some(item => item.get("name").text === "host"); },
        get hostPid() { return inputs.get("pidMode").text === "host"; },
        get hostIpc() { return inputs.get("ipcMode").text === "host"; },
        hostUts: false,
        get hostUsers() { return inputs.get("usernsMode").text === "host"; },
        get defaultBridge() { return onDefaultBridge(inputs); },
        get networks() { return memberships(inputs.get("networksAdvanced")); },
        get joins() { return joined(inputs.get("networkMode").text, "container:"); },
        get hostMounts() { return hostMounts(inputs); },
        get sysctls() { return pairs(inputs.get("sysctls")); },
        get restart() { return inputs.get("restart").text ?? "no"; },
        get containerName() { return inputs.get("name").text ?? resourceName; },
        get containers() { return [container]; },
    };
    const container = dockerContainer(seen, inputs, workload);
    return workload;
}

function dockerSeen(origin: Origin, inputs: Value, resourceName: string): Seen {
    const given = inputs.get("name");
    const name = given.known ? given.text ?? resourceName : resourceName;
    return {
        origin,
        subject: { kind: "Container", name, namespace: "", container: name },
        label: `container "${name}"`,
        path: inputs.path,
        place: property => [...inputs.path, ...PLACES[property] ?? [property]],
    };
}

function dockerContainer(seen: Seen, inputs: Value, workload: WorkloadView): ContainerView {
    const options = () => inputs.get("securityOpts");
    return {
        ...seen,
        workload, source: inputs, slot: "container",
        nonRootRequired: false,
        seccompByDefault: true,
        get image() { return inputs.get("image").text; },
        get privileged() { return inputs.get("privileged").flag === true; },
        get user() { return inputs.get("user").text; },
        get readOnlyRoot() { return inputs.get("readOnly").flag; },
        get addedCapabilities() { return capabilities(inputs.get("capabilities", "adds")); },
        get droppedCapabilities() { return capabilities(inputs.get("capabilities", "drops")); },
        get noNewPrivileges() { return securityOption(options(), "noNewPrivileges") as boolean | undefined; },
        get seccomp() { return securityOption(options(), "seccomp") as string | undefined; },
        get apparmor() { return securityOption(options(), "apparmor") as string | undefined; },
        get selinux() { return securityOption(options(), "selinux") as string | undefined; },
        get memoryLimited() { return positive(inputs.get("memory")); },
        get cpuLimited() { return positive(inputs.get("cpus")) || positive(inputs.get("cpuQuota")); },
        get processLimited() { return hasProcessUlimit(inputs); },
        get environment() { return assignments(inputs.get("envs")); },
        get arguments() { return [...wordsOf(inputs.get("entrypoints")), ...wordsOf(inputs.get("command")), ...wordsOf(inputs.get("healthcheck", "tests"))]; },
        get labels() { return labels(inputs.get("labels")); },
        get tmpfs() { return [...shortTmpfs(inputs.get("tmpfs")), ...longTmpfs(inputs.get("mounts"))]; },
        get devices() { return devices(inputs.get("devices")); },
        get healthCheck() { return healthCheck(inputs.get("healthcheck", "tests")); },
        get boundedLogs() { return boundedLogs(inputs.get("logDriver").text, inputs.get("logOpts")); },
    };
}

/** The ports that a Container resource publishes on its host. */
export function dockerExposures(origin: Origin, inputs: Value, resourceName: string): ExposureView[] {
    const seen = dockerSeen(origin, inputs, resourceName);
    const role = () => labelOf(inputs.get("labels"), "portcullis.role");
    const all: ExposureView = {
        ...seen,
        place: () => [...inputs.path, "publishAllPorts"],
        get how() { return inputs.get("publishAllPorts").flag === true ? "all ports" as const : "none" as const; },
        port: undefined,
        address: undefined,
        get role() { return role(); },
    };
    const ports = inputs.get("ports").items.map((port): ExposureView => ({
        ...seen,
        path: port.path,
        place: () => port.path,
        how: "published",
        get port() { return port.get("external").text; },
        get address() { return port.get("ip").text; },
        get protocol() { return port.get("protocol").text; },
        get role() { return role(); },
    }));
    return [all, ...ports];
}

/** A list of `{ label, value }`; undefined where the label is not there. */
export function labelOf(list: Value, name: string): string | undefined {
    for (const entry of labels(list)) {
        if (entry.name === name) {
            return entry.value;
        }
    }
    return undefined;
}

export function labels(list: Value): Entry[] {
    return list.items.map(item => ({
        get name() { return item.get("label").text ?? ""; },
        get value() { return item.get("value").text; },
        get secret() { return item.secret || (item.known && item.get("value").secret); },
        path: item.path,
    }));
}

/** `NAME=value` items. */
export function assignments(list: Value): Entry[] {
    return list.items.map(item => ({
        get name() { return (item.text ?? "").split("=", 1)[0] ?? ""; },
        get value() { return item.text?.includes("=") === true ? item.text.slice(item.text.indexOf("=") + 1) : undefined; },
        secret: item.secret,
        path: item.path,
    }));
}

export function pairs(mapping: Value): Entry[] {
    return mapping.entries.map(([name, value]) => ({
        get name() { return value.path === mapping.path ? value.text ?? "" : name; },
        get value() { return value.text; },
        secret: value.secret,
        path: value.path,
    }));
}

export function wordsOf(list: Value): Entry[] {
    return list.items.map(item => ({
        name: "",
        get value() { return item.text; },
        secret: item.secret,
        path: item.path,
    }));
}

function onDefaultBridge(inputs: Value): boolean {
    const mode = inputs.get("networkMode").text ?? "bridge";
    const named = ["bridge", "default", ""].includes(mode);
    return named && inputs.get("networksAdvanced").items.length === 0;
}

/** `container:name`, `service:name`: whose network it shares. */
export function joined(mode: string | undefined, prefix: string): string | undefined {
    return mode?.startsWith(prefix) === true ? mode.slice(prefix.length) : undefined;
}

function memberships(list: Value): Membership[] {
    return list.items.map(item => ({ get network() { return item.get("name").text ?? ""; }, path: item.path }));
}

function hostMounts(inputs: Value): HostMount[] {
    const mounts = mountsOf(inputs.get("mounts"));
    const volumes = inputs.get("volumes").items.map(volume => ({
        get source() { return volume.get("hostPath").text ?? hostPathIn(volume.get("volumeName").text); },
        get readOnly() { return volume.get("readOnly").flag === true; },
        path: volume.path,
    }));
    return [...mounts, ...volumes];
}

export function mountsOf(list: Value): HostMount[] {
    return list.items.map(mount => ({
        get source() { return mountSource(mount); },
        get readOnly() { return mount.get("readOnly").flag === true; },
        path: mount.path,
    }));
}

/** A path of the host, or the one that a volume made for this mount is. */
function mountSource(mount: Value): string {
    const type = mount.get("type").text ?? "";
    return type === "volume" ? boundPath(mount.get("volumeOptions", "driverOptions")) ?? "" : ["bind", "npipe"].includes(type) ? mount.get("source").text ?? "" : "";
}

/** The engine takes a path for a path, whatever the field is called. */
function hostPathIn(volumeName: string | undefined): string {
    return volumeName !== undefined && isHostPath(volumeName) ? volumeName : "";
}

function hasProcessUlimit(inputs: Value): boolean {
    return inputs.get("ulimits").items.some(limit => limit.get("name").text === "nproc" && positive(limit.get("hard")));
}

function shortTmpfs(mapping: Value): Tmpfs[] {
    return mapping.entries.map(([target, options]) => ({
        target,
        get bounded() { return tmpfsOptions(options.text ?? "").bounded; },
        get executable() { return tmpfsOptions(options.text ?? "").executable; },
        get loosened() { return tmpfsOptions(options.text ?? "").loosened; },
        path: options.path,
    }));
}

function longTmpfs(mounts: Value): Tmpfs[] {
    return mounts.items.filter(mount => mayBe(mount, "tmpfs")).map(mount => ({
        get target() { return mount.get("type").present ? mount.get("target").text ?? "" : ""; },
        get bounded() { return positive(mount.get("tmpfsOptions", "sizeBytes")); },
        executable: false,
        path: mount.path,
    }));
}

function mayBe(mount: Value, type: string): boolean {
    return !mount.known || !mount.get("type").known || mount.get("type").text === type;
}

function devices(list: Value): ContainerView["devices"] {
    return list.items.map(item => ({ get text() { return item.get("hostPath").text ?? ""; }, path: item.path }));
}

/** `["NONE"]` is how the engine spells disabled. */
export function healthCheck(tests: Value): ContainerView["healthCheck"] {
    const [first] = texts(tests);
    return first === undefined ? undefined : first.text === "NONE" ? "disabled" : "set";
}

/** The json-file driver, Docker's default, keeps everything unless told otherwise; `local` rotates by itself. */
export function boundedLogs(driver: string | undefined, options: Value): boolean {
    if (driver !== undefined && driver !== "" && driver !== "json-file") {
        return true;
    }
    return (options.get("max-size").text ?? "-1") !== "-1";
}
