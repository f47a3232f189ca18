import { tmpfsOptions } from "../docker/mounts";
import { goDuration } from "../docker/units";
import type { HardenedImage, HardenedService } from "../model/hardened";
import type { DeviceRequest, HealthCheck, Mount, NetworkAttachment } from "../model/service";
import { configKey, secretKey } from "./keys";
import type { Plain, PlainMap } from "./rendered";

/** Fields that may be undefined, which are left out. */
type Sparse = { readonly [key: string]: Plain | undefined };

/**
 * A hardened service as Compose's canonical form has it (`docker compose config`): long forms, absolute paths. It says
 * everything that the service may do, so it can stand in the place of the authors' own.
 */
export function composeService(service: HardenedService, system: string): PlainMap {
    return sparse({
        ...process(service),
        ...privileges(service),
        ...limits(service),
        ...storage(service),
        ...network(service),
        depends_on: filled(Object.fromEntries(service.dependsOn.map(({ service: other, condition, required, restart }) =>
            [other, sparse({ condition, required, restart: restart || undefined })]))),
        healthcheck: service.health === undefined ? undefined : health(service.health),
        restart: service.restart ?? "no",
        labels: { ...service.labels, "portcullis.role": service.role, "portcullis.system": system },
        logging: service.logs === undefined ? undefined : {
            driver: "json-file",
            options: { "max-file": String(service.logs.maxFiles), "max-size": `${service.logs.maxSizeMiB}m` },
        },
        deploy: deploy(service),
    });
}

function process(service: HardenedService): Sparse {
    return {
        ...image(service.image),
        platform: service.platform,
        runtime: service.runtime,
        entrypoint: service.entrypoint,
        command: service.command,
        working_dir: service.workingDir,
        user: service.user === undefined ? service.userName : `${service.user.uid}:${service.user.gid}`,
        group_add: some(service.supplementaryGroups.map(String)),
        environment: filled(service.environment),
        init: service.init || undefined,
        tty: service.tty || undefined,
        stdin_open: service.stdinOpen || undefined,
        stop_signal: service.stopSignal,
        stop_grace_period: service.stopGraceMs === undefined ? undefined : goDuration(service.stopGraceMs),
    };
}

function image({ reference, build }: HardenedImage): Sparse {
    return {
        image: reference,
        build: build === undefined ? undefined : sparse({
            context: build.context,
            dockerfile: build.dockerfileInline === undefined ? build.dockerfile ?? "Dockerfile" : undefined,
            dockerfile_inline: build.dockerfileInline,
            target: build.target,
            args: filled(build.args),
        }),
    };
}

function privileges(service: HardenedService): Sparse {
    const { pid, ipc, uts, user, cgroupParent } = service.namespaces;
    return {
        read_only: service.readOnlyRoot || undefined,
        privileged: service.privileged || undefined,
        cap_drop: service.dropAllCapabilities ? ["ALL"] : undefined,
        cap_add: some(service.capabilities),
        security_opt: some([
            ...service.noNewPrivileges ? ["no-new-privileges:true"] : [],
            // Compose resolves this path from the directory of the file that it is started with.
            ...service.seccomp === "strict" ? ["seccomp=./seccomp-strict.json"] : [],
            ...service.seccomp === "unconfined" ? ["seccomp=unconfined"] : [],
            ...service.apparmor === undefined ? [] : [`apparmor=${service.apparmor}`],
        ]),
        pid,
        ipc,
        uts,
        userns_mode: user,
        cgroup_parent: cgroupParent,
        devices: some(service.devices.map(device)),
    };
}

function limits({ limits: most, ulimits, sysctls, shmSizeBytes }: HardenedService): Sparse {
    const bytes = (count: number | undefined): string | undefined => count === undefined ? undefined : String(count);
    return {
        mem_limit: bytes(most.memoryBytes),
        memswap_limit: bytes(most.memorySwapBytes),
        mem_reservation: bytes(most.memoryReservationBytes),
        cpus: most.cpus,
        pids_limit: most.pids,
        shm_size: bytes(shmSizeBytes),
        ulimits: filled(Object.fromEntries(Object.entries(ulimits).map(([name, { soft, hard }]) => [name, { soft, hard }]))),
        sysctls: filled(sysctls),
    };
}

function storage(service: HardenedService): Sparse {
    const scratch = service.mounts.filter(mount => mount.type === "tmpfs");
    return {
        volumes: some(service.mounts.filter(mount => mount.type !== "tmpfs").map(volume)),
        // The long form of a tmpfs knows neither owner nor noexec.
        tmpfs: some(scratch.map(mount => `${mount.target}:${tmpfsOptions(mount, service.user)}`)),
        secrets: some(service.secretFiles.map(({ secret, target }) => ({ source: secretKey(service.name, secret), target }))),
        configs: some(service.configFiles.map(({ target }, at) => ({ source: configKey(service.name, at), target }))),
    };
}

function volume({ type, source, target, readOnly, noCopy, subpath, propagation, selinux }: Mount): PlainMap {
    return sparse({
        type,
        source,
        target,
        read_only: readOnly || undefined,
        // A path that is not there must stop the start: the engine would make it, as root's and empty.
        bind: type === "bind" ? sparse({ create_host_path: false, propagation, selinux }) : undefined,
        volume: type === "volume" ? sparse({ nocopy: noCopy, subpath }) : undefined,
    });
}

function device(text: string): PlainMap {
    const [source = "", target = source, permissions = "rwm"] = text.split(":");
    return { source, target, permissions };
}

function network(service: HardenedService): Sparse {
    const mode = service.namespaces.network ?? (service.networks.length === 0 ? "none" : undefined);
    return {
        network_mode: mode,
        networks: mode === undefined ? Object.fromEntries(service.networks.map(joined => [joined.network, attachment(joined)])) : undefined,
        ports: some(service.publishes.map(({ port, protocol, hostIp, published, mode: published_as }) =>
            sparse({ mode: published_as ?? "ingress", host_ip: hostIp, target: port, published, protocol }))),
        hostname: service.hostname,
        dns: some(service.dns),
        dns_search: some(service.dnsSearch),
        dns_opt: some(service.dnsOptions),
        extra_hosts: some(service.extraHosts.map(host => host.replace(":", "="))),
    };
}

function attachment({ aliases, ipv4Address, ipv6Address }: NetworkAttachment): PlainMap | null {
    return filled({ ...sparse({ aliases: some(aliases), ipv4_address: ipv4Address, ipv6_address: ipv6Address }) }) ?? null;
}

function health({ test, intervalMs, timeoutMs, startPeriodMs, startIntervalMs, retries }: HealthCheck): PlainMap {
    const duration = (ms: number | undefined): string | undefined => ms === undefined ? undefined : goDuration(ms);
    return sparse({
        test,
        interval: duration(intervalMs),
        timeout: duration(timeoutMs),
        start_period: duration(startPeriodMs),
        start_interval: duration(startIntervalMs),
        retries,
    });
}

function deploy({ replicas, deviceRequests }: HardenedService): PlainMap | undefined {
    return filled(sparse({
        replicas: replicas === 1 ? undefined : replicas,
        resources: deviceRequests.length === 0 ? undefined : { reservations: { devices: deviceRequests.map(deviceRequest) } },
    }));
}

function deviceRequest({ driver, count, deviceIds, capabilities, options }: DeviceRequest): PlainMap {
    return sparse({ driver, count: deviceIds.length > 0 ? undefined : count, device_ids: some(deviceIds), capabilities, options: filled(options) });
}

/** Without the fields that are undefined. */
export function sparse(fields: Sparse): PlainMap {
    return Object.fromEntries(Object.entries(fields).filter((field): field is [string, Plain] => field[1] !== undefined));
}

function some<Item extends Plain>(items: readonly Item[]): readonly Item[] | undefined {
    return items.length === 0 ? undefined : items;
}

function filled<Map extends PlainMap>(map: Map): Map | undefined {
    return Object.keys(map).length === 0 ? undefined : map;
}
