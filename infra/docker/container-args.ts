import type { ContainerArgs, types } from "@pulumi/docker";

import type { HardenedService } from "../model/hardened";
import type { HealthCheck } from "../model/service";
import { addressArgs, networkArgs, publishedPorts } from "./container-networks";
import { deviceArgs } from "./devices";
import { storageArgs } from "./mounts";
import { SECCOMP_STRICT } from "./seccomp-strict";
import { goDuration, mebibytes, processors, seconds, some } from "./units";

/** What a container of the application is called on the engine. */
export function containerName(application: string, service: string): string {
    return `${application}-${service}`;
}

type NamedArgs = Omit<ContainerArgs, "image" | "mounts" | "networksAdvanced">;

/** Everything about a service's container that is known before anything is deployed. Its image is the caller's to add. */
export type PlainContainerArgs = NamedArgs & {
    readonly mounts: types.input.ContainerMount[];
    readonly networksAdvanced?: types.input.ContainerNetworksAdvanced[];
};

// Docker's own grace period for `docker stop`.
const GRACE_MS = 10_000;

/**
 * A hardened service as the provider's arguments. It adds nothing and leaves nothing out but the process limit, secrets
 * and files of configuration, which are resources of their own. The container is only created: a Start resource starts
 * it once all of these are in place.
 */
export function containerArgs(service: HardenedService, application: string): PlainContainerArgs {
    const [policy, retries] = (service.restart ?? "no").split(":");
    return {
        name: containerName(application, service.name),
        ...processArgs(service),
        ...privilegeArgs(service),
        ...limitArgs(service),
        ...storageArgs(service),
        ...networkArgs(service),
        ...addressArgs(service),
        ...deviceArgs(service),
        ports: some(publishedPorts(service.publishes)),
        ...service.health === undefined ? {} : { healthcheck: healthArgs(service.health) },
        ...service.logs === undefined ? {} : {
            logDriver: "json-file",
            logOpts: { "max-size": `${service.logs.maxSizeMiB}m`, "max-file": String(service.logs.maxFiles) },
        },
        restart: policy,
        ...retries === undefined ? {} : { maxRetryCount: Number(retries) },
        labels: labelArgs({ ...service.labels, "portcullis.system": application, "portcullis.role": service.role }),
        start: false,
        // The provider must not take a container that is not started yet for one that fell over.
        mustRun: false,
        destroyGraceSeconds: seconds(service.stopGraceMs ?? GRACE_MS),
    };
}

function processArgs(service: HardenedService): Partial<NamedArgs> {
    const user = service.user === undefined ? service.userName : `${service.user.uid}:${service.user.gid}`;
    return {
        ...service.entrypoint === undefined ? {} : { entrypoints: [...service.entrypoint] },
        ...service.command === undefined ? {} : { command: [...service.command] },
        ...service.workingDir === undefined ? {} : { workingDir: service.workingDir },
        ...user === undefined ? {} : { user },
        groupAdds: some(service.supplementaryGroups.map(String)),
        envs: some(Object.entries(service.environment).map(([name, value]) => `${name}=${value}`)),
        ...service.stopSignal === undefined ? {} : { stopSignal: service.stopSignal },
        ...service.stopGraceMs === undefined ? {} : { stopTimeout: seconds(service.stopGraceMs) },
        init: service.init,
        tty: service.tty,
        stdinOpen: service.stdinOpen,
        ...service.hostname === undefined ? {} : { hostname: service.hostname },
        ...service.platform === undefined ? {} : { platform: service.platform },
        ...service.runtime === undefined ? {} : { runtime: service.runtime },
    };
}

function privilegeArgs(service: HardenedService): Partial<NamedArgs> {
    const { pid, ipc, user, cgroupParent } = service.namespaces;
    return {
        readOnly: service.readOnlyRoot,
        privileged: service.privileged,
        ...service.dropAllCapabilities || service.capabilities.length > 0 ? { capabilities: capabilityArgs(service) } : {},
        securityOpts: some(securityOpts(service)),
        ...pid === undefined ? {} : { pidMode: pid },
        ...ipc === undefined ? {} : { ipcMode: ipc },
        ...user === undefined ? {} : { usernsMode: user },
        ...cgroupParent === undefined ? {} : { cgroupParent },
    };
}

/** The engine stores names with the prefix, so that is how they are given: otherwise every refresh would find a change. */
function capabilityArgs(service: HardenedService): types.input.ContainerCapabilities {
    return {
        adds: some(service.capabilities.map(name => name === "ALL" ? name : `CAP_${name}`)),
        drops: some(service.dropAllCapabilities ? ["ALL"] : []),
    };
}

function securityOpts(service: HardenedService): string[] {
    return [
        ...service.noNewPrivileges ? ["no-new-privileges:true"] : [],
        // Said nothing, the engine applies its own profile.
        ...service.seccomp === "strict" ? [`seccomp=${SECCOMP_STRICT}`] : [],
        ...service.seccomp === "unconfined" ? ["seccomp=unconfined"] : [],
        ...service.apparmor === undefined ? [] : [`apparmor=${service.apparmor}`],
    ];
}

function limitArgs({ limits, ulimits, sysctls, shmSizeBytes }: HardenedService): Partial<NamedArgs> {
    const { memoryBytes, memorySwapBytes, memoryReservationBytes, cpus } = limits;
    return {
        ...memoryBytes === undefined ? {} : { memory: mebibytes(memoryBytes) },
        ...memorySwapBytes === undefined ? {} : { memorySwap: memorySwapBytes < 0 ? -1 : mebibytes(memorySwapBytes) },
        ...memoryReservationBytes === undefined ? {} : { memoryReservation: mebibytes(memoryReservationBytes) },
        ...cpus === undefined ? {} : { cpus: processors(cpus) },
        ...shmSizeBytes === undefined ? {} : { shmSize: mebibytes(shmSizeBytes) },
        ulimits: some(Object.entries(ulimits).map(([name, { soft, hard }]) => ({ name, soft, hard }))),
        sysctls: some({ ...sysctls }),
    };
}

function healthArgs(health: HealthCheck): types.input.ContainerHealthcheck {
    const { test, intervalMs, timeoutMs, startPeriodMs, startIntervalMs, retries } = health;
    return {
        ...test === undefined ? {} : { tests: [...test] },
        ...intervalMs === undefined ? {} : { interval: goDuration(intervalMs) },
        ...timeoutMs === undefined ? {} : { timeout: goDuration(timeoutMs) },
        ...startPeriodMs === undefined ? {} : { startPeriod: goDuration(startPeriodMs) },
        ...startIntervalMs === undefined ? {} : { startInterval: goDuration(startIntervalMs) },
        ...retries === undefined ? {} : { retries },
    };
}

/** Labels as the provider's resources take them, sorted by name. */
export function labelArgs(labels: Readonly<Record<string, string>>): { label: string; value: string }[] {
    return Object.entries(labels).sort(([a], [b]) => a < b ? -1 : 1).map(([label, value]) => ({ label, value }));
}
