import type { Application, Network, Volume } from "../model/application";
import type { HardenedNetwork, HardenedVolume, Identity } from "../model/hardened";
import type { Service } from "../model/service";
import type { Knowledge } from "./knowledge";
import type { ServiceSpec } from "./draft";

/**
 * The service as its authors wrote it, in the words of a hardened one: where every measure is left out, this is what
 * gets deployed.
 */
export function startingSpec(source: Service, known: Knowledge): ServiceSpec {
    return {
        ...identityOf(source),
        name: source.name,
        role: known.role,
        image: imageOf(source),
        ...(source.entrypoint && { entrypoint: source.entrypoint }),
        ...(source.command && { command: source.command }),
        ...(source.workingDir !== undefined && { workingDir: source.workingDir }),
        supplementaryGroups: source.groupAdd.filter(group => /^\d+$/.test(group)).map(Number),
        environment: Object.fromEntries(Object.entries(source.environment).filter((entry): entry is [string, string] => entry[1] !== null)),
        readOnlyRoot: source.readOnly,
        mounts: source.mounts,
        dropAllCapabilities: source.capDrop.some(name => name.toUpperCase() === "ALL"),
        capabilities: source.capAdd.map(name => name.toUpperCase().replace(/^CAP_/, "")),
        privileged: source.privileged,
        namespaces: namespacesOf(source),
        noNewPrivileges: source.securityOpt.some(option => /^no-new-privileges([:=]true)?$/.test(option)),
        seccomp: source.securityOpt.some(option => /^seccomp[:=]unconfined$/.test(option)) ? "unconfined" : "default",
        limits: source.limits,
        ulimits: source.ulimits,
        sysctls: source.sysctls,
        ...(source.shmSizeBytes !== undefined && { shmSizeBytes: source.shmSizeBytes }),
        networks: source.networkMode === undefined ? source.networks : [],
        publishes: source.publishes,
        listens: known.ports,
        dependsOn: source.dependsOn,
        ...(source.health && { health: source.health }),
        ...(source.restart !== undefined && { restart: source.restart }),
        ...runtimeOf(source),
        secretFiles: [],
        configFiles: [],
    };
}

/** Networks as authored. */
export function startingNetworks(application: Application): HardenedNetwork[] {
    return application.networks.map(startingNetwork);
}

/** Volumes as authored. */
export function startingVolumes(application: Application): HardenedVolume[] {
    return application.volumes.map(startingVolume);
}

function startingNetwork({ key, name, internal, external, subnets }: Network): HardenedNetwork {
    return { key, name, internal, external, subnets };
}

function startingVolume({ key, name, external, driver, driverOpts }: Volume): HardenedVolume {
    return { key, name, external, ...(driver !== undefined && { driver }), driverOpts };
}

/** Reads `uid`, `uid:gid`; a name is kept for the report. */
export function numericIdentity(user: string | undefined): Identity | undefined {
    const match = /^(\d+)(?::(\d+))?$/.exec(user ?? "");
    return match === null ? undefined : { uid: Number(match[1]), gid: Number(match[2] ?? match[1]) };
}

function identityOf(source: Service): Pick<ServiceSpec, "user" | "userName"> {
    const user = numericIdentity(source.user);
    return { ...(user && { user }), ...(source.user !== undefined && { userName: source.user }) };
}

function imageOf(source: Service): ServiceSpec["image"] {
    const reference = source.image ?? `${source.name}:built`;
    const digest = /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1];
    return { reference, ...(digest !== undefined && { digest }), ...(source.build && { build: source.build }) };
}

function namespacesOf(source: Service): ServiceSpec["namespaces"] {
    return {
        ...(source.networkMode !== undefined && source.networkMode !== "none" && { network: source.networkMode }),
        ...(source.pidMode !== undefined && { pid: source.pidMode }),
        ...(source.ipcMode !== undefined && { ipc: source.ipcMode }),
        ...(source.utsMode !== undefined && { uts: source.utsMode }),
        ...(source.usernsMode !== undefined && { user: source.usernsMode }),
        ...(source.cgroupParent !== undefined && { cgroupParent: source.cgroupParent }),
    };
}

function runtimeOf(source: Service) {
    return {
        ...(source.stopSignal !== undefined && { stopSignal: source.stopSignal }),
        ...(source.stopGraceMs !== undefined && { stopGraceMs: source.stopGraceMs }),
        init: source.init ?? false,
        tty: source.tty,
        stdinOpen: source.stdinOpen,
        ...(source.hostname !== undefined && { hostname: source.hostname }),
        dns: source.dns,
        dnsSearch: source.dnsSearch,
        dnsOptions: source.dnsOptions,
        extraHosts: source.extraHosts,
        labels: source.labels,
        deviceRequests: source.deviceRequests,
        devices: source.devices,
        ...(source.platform !== undefined && { platform: source.platform }),
        ...(source.runtime !== undefined && { runtime: source.runtime }),
        replicas: source.replicas,
    };
}
