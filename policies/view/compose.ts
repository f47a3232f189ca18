import { composeContainer } from "./compose-container";
import { mountOf, namedTexts, portOf } from "./compose-syntax";
import { joined } from "./docker";
import { composeDockerfiles } from "./dockerfile/inline";
import { boundPath, keptApart, reachedDirectly } from "./engine";
import { imageOf } from "./images";
import { NOTHING } from "./types";
import type { Path } from "./unfinished";
import type { Value } from "./value";
import type { ExposureView, HostMount, Membership, NetworkView, ObjectView, Origin, Piece, Seen, Subject, VolumeView, WorkloadView } from "./types";

const PLACES: Readonly<Record<string, Path>> = {
    hostNetwork: ["network_mode"], hostPid: ["pid"], hostIpc: ["ipc"], hostUts: ["uts"], hostUsers: ["userns_mode"],
    defaultBridge: ["network_mode"], hostMounts: ["volumes"],
    privileged: ["privileged"], readOnlyRoot: ["read_only"], addedCapabilities: ["cap_add"], droppedCapabilities: ["cap_drop"],
    noNewPrivileges: ["security_opt"], seccomp: ["security_opt"], apparmor: ["security_opt"], selinux: ["security_opt"],
    memoryLimited: ["mem_limit"], cpuLimited: ["cpus"], processLimited: ["pids_limit"], healthCheck: ["healthcheck"],
    boundedLogs: ["logging"], arguments: ["command"],
};

/** What a Compose project shows: the canonical one, or best effort, a single file as it was written. */
export function composePieces(origin: Origin, project: Value): Piece[] {
    const services = project.get("services").entries.filter(([, service]) => !isProvided(service));
    const networks = project.get("networks").entries;
    return [
        { ...NOTHING, origin, subject: PROJECT, objects: [composeObject(origin, PROJECT, project)] },
        ...services.map(([name, service]) => servicePiece(origin, name, service, "service", project.get("networks"))),
        ...services.flatMap(([name, service]) => composeDockerfiles(origin, name, service)),
        ...networks.map(([key, network]) => networkPiece(origin, key, network)),
        ...project.get("volumes").entries.map(([key, volume]) => volumePiece(origin, key, volume)),
        ...hasDefaultNetwork(networks, services) ? [networkPiece(origin, "default", project.get("networks", "default"))] : [],
    ];
}

const PROJECT: Subject = { kind: "project", name: "", namespace: "", container: "" };

/** The project, or a part of it, for rules that ask what no other view holds. */
function composeObject(origin: Origin, subject: Subject, value: Value): ObjectView {
    return {
        origin, subject, value,
        platform: "compose", type: `compose:${subject.kind}`,
        label: subject.kind === "project" ? "the project" : `${subject.kind} "${subject.name}"`,
        path: value.path,
        place: property => [...value.path, property],
    };
}

/** A service of a provider is no container. */
function isProvided(service: Value): boolean {
    return service.known && service.isMapping && service.get("provider").known && service.get("provider").present;
}

/** Compose puts a service that names no network on one that it makes for the project. */
function hasDefaultNetwork(networks: Value["entries"], services: Value["entries"]): boolean {
    const joins = ([, service]: readonly [string, Value]) => service.known && service.isMapping
        && service.get("networks").known && !service.get("networks").present
        && service.get("network_mode").known && !service.get("network_mode").present;
    return networks.every(([key]) => key !== "default") && services.some(joins);
}

/** What a service shows. @param called what it is to people: an engine's container told in Compose's words is no service */
export function servicePiece(origin: Origin, name: string, service: Value, called = "service", networks?: Value): Piece {
    const workload = composeWorkload(origin, name, service, called, networks);
    return {
        ...NOTHING, origin, subject: workload.subject, workloads: [workload], objects: [{ ...composeObject(origin, workload.subject, service), type: "compose:service" }],
        get exposures() { return exposures(workload, service); },
        images: workload.containers.map(imageOf),
    };
}

function composeWorkload(origin: Origin, name: string, service: Value, called: string, networks?: Value): WorkloadView {
    const seen: Seen = {
        origin,
        subject: { kind: called, name, namespace: "", container: name },
        label: `${called} "${name}"`,
        path: service.path,
        place: property => [...service.path, ...PLACES[property] ?? [property]],
    };
    const role = () => namedTexts(service.get("labels")).find(label => label.name === "portcullis.role")?.value;
    const workload: WorkloadView = {
        ...seen,
        platform: "compose", type: "compose:service", source: service,
        get role() { return role(); },
        get job() { return role() === "job"; },
        get hostNetwork() { return service.get("network_mode").text === "host" || networks !== undefined && memberships(service).some(({ network }) => isHosts(networks, network)); },
        get hostPid() { return service.get("pid").text === "host"; },
        get hostIpc() { return service.get("ipc").text === "host"; },
        get hostUts() { return service.get("uts").text === "host"; },
        get hostUsers() { return service.get("userns_mode").text === "host"; },
        get defaultBridge() { return ["bridge", "default"].includes(service.get("network_mode").text ?? ""); },
        get networks() { return memberships(service); },
        get joins() { const mode = service.get("network_mode").text; return joined(mode, "service:") ?? joined(mode, "container:"); },
        get hostMounts() { return hostMounts(service); },
        get sysctls() { return namedTexts(service.get("sysctls")); },
        get restart() { return restart(service); },
        get containerName() { return service.get("container_name").text; },
        get containers() { return [container]; },
    };
    const container = composeContainer(seen, service, workload);
    return workload;
}

function restart(service: Value): string {
    const condition = service.get("deploy", "restart_policy", "condition").text;
    return service.get("restart").text ?? (condition === "none" ? "no" : condition) ?? "no";
}

/** Whether a network of the project is the one that every engine has for the host's own. */
function isHosts(networks: Value, key: string): boolean {
    const network = networks.get(key);
    return network.present && (network.get("name").text === "host" || key === "host" && isExternal(network));
}

function isExternal(network: Value): boolean {
    const external = network.get("external");
    return external.present && (external.isMapping || external.flag === true);
}

function memberships(service: Value): Membership[] {
    const networks = service.get("networks");
    if (!networks.present) {
        return service.get("network_mode").present ? [] : [{ network: "default", path: service.path }];
    }
    const named = networks.isList ? networks.items.map(item => [item.text ?? "", item] as const) : networks.entries;
    return named.map(([network, value]) => ({ network, path: value.path }));
}

function hostMounts(service: Value): HostMount[] {
    return service.get("volumes").items.map(value => ({
        get source() { const mount = mountOf(value); return mount.type === "bind" || mount.type === "npipe" ? mount.source : ""; },
        get readOnly() { return mountOf(value).readOnly; },
        path: value.path,
    }));
}

function exposures(workload: WorkloadView, service: Value): ExposureView[] {
    return service.get("ports").items.map((value): ExposureView => ({
        origin: workload.origin, subject: workload.subject, label: workload.label,
        path: value.path,
        place: () => value.path,
        source: value,
        how: "published",
        get port() { return portOf(value).published; },
        get address() { return portOf(value).address; },
        get role() { return workload.role; },
        get protocol() { return portOf(value).protocol; },
        get profiles() { return service.get("profiles").items.map(profile => profile.text ?? ""); },
    }));
}

export function networkPiece(origin: Origin, key: string, network: Value): Piece {
    const subject = { kind: "network", name: key, namespace: "", container: "" };
    const view: NetworkView = {
        origin, subject,
        label: `network "${key}"`,
        path: network.path,
        place: property => [...network.path, property],
        names: [key],
        get internal() { return network.get("internal").flag === true; },
        get external() { return isExternal(network); },
        get apart() { return keptApart(network.get("driver_opts")); },
        get direct() { return reachedDirectly(network.get("driver").text, network.get("driver_opts")); },
    };
    return { ...NOTHING, origin, subject, networks: [view], objects: [composeObject(origin, subject, network)] };
}

export function volumePiece(origin: Origin, key: string, volume: Value): Piece {
    const subject = { kind: "volume", name: key, namespace: "", container: "" };
    const view: VolumeView = {
        origin, subject,
        label: `volume "${key}"`,
        path: volume.path,
        place: () => [...volume.path, "driver_opts"],
        get hostPath() { return boundPath(volume.get("driver_opts")); },
    };
    return { ...NOTHING, origin, subject, volumes: [view], objects: [composeObject(origin, subject, volume)] };
}
