import type { Build, Dependency, FileReference, HealthCheck, Service, Ulimit } from "../../model/service";
import { FROM_ENV_FILE } from "../env/service-environment";
import type { DataObject } from "../typed/kind";
import { toDeviceRequests, toDevices, toMounts } from "./mounts";
import { toAttachments, toExposes, toPublishes } from "./network";
import { amountAt, flagAt, mapAt, maybeFlagAt, millisecondsAt, numberAt, objectAt, objectsAt, present, textAt, textsAt } from "./read";
import { unsupportedKeys } from "./unsupported";

/** A service of the canonical project as the toolkit's model has it. */
export function toService(name: string, data: DataObject): Service {
    return present({
        name,
        ...identity(data),
        ...process(data),
        environment: { ...data["environment"] as Record<string, string | null> | undefined },
        fromEnvFile: textsAt(data, FROM_ENV_FILE),
        mounts: toMounts(data),
        publishes: toPublishes(data),
        exposes: toExposes(data),
        networks: toAttachments(data),
        networkMode: textAt(data, "network_mode"),
        dependsOn: Object.entries(objectAt(data, "depends_on")).map(([service, entry]) => toDependency(service, entry as DataObject)),
        health: data["healthcheck"] === undefined ? undefined : toHealth(objectAt(data, "healthcheck")),
        ...isolation(data),
        devices: toDevices(data),
        deviceRequests: toDeviceRequests(data),
        limits: limits(data),
        ulimits: Object.fromEntries(Object.entries(objectAt(data, "ulimits")).map(([key, value]) => [key, toUlimit(value as DataObject)])),
        sysctls: mapAt(data, "sysctls"),
        shmSizeBytes: amountAt(data, "shm_size"),
        restart: textAt(data, "restart") ?? restartOf(objectAt(objectAt(data, "deploy"), "restart_policy")),
        ...names(data),
        secrets: objectsAt(data, "secrets").map(toReference),
        configs: objectsAt(data, "configs").map(toReference),
        replicas: numberAt(data, "scale") ?? numberAt(objectAt(data, "deploy"), "replicas") ?? 1,
        profiles: textsAt(data, "profiles"),
        unsupported: unsupportedKeys(data),
    });
}

function identity(data: DataObject): Pick<Service, "image" | "build" | "platform" | "runtime" | "pullPolicy"> {
    return {
        image: textAt(data, "image"),
        build: data["build"] === undefined ? undefined : toBuild(objectAt(data, "build")),
        platform: textAt(data, "platform"),
        runtime: textAt(data, "runtime"),
        pullPolicy: textAt(data, "pull_policy"),
    };
}

function process(data: DataObject): Pick<Service, "command" | "entrypoint" | "workingDir" | "user" | "groupAdd" | "init" | "tty" | "stdinOpen"
    | "stopSignal" | "stopGraceMs"> {
    return {
        command: data["command"] as string[] | undefined,
        entrypoint: data["entrypoint"] as string[] | undefined,
        workingDir: textAt(data, "working_dir"),
        user: textAt(data, "user"),
        groupAdd: textsAt(data, "group_add"),
        init: maybeFlagAt(data, "init"),
        tty: flagAt(data, "tty"),
        stdinOpen: flagAt(data, "stdin_open"),
        stopSignal: textAt(data, "stop_signal"),
        stopGraceMs: millisecondsAt(data, "stop_grace_period"),
    };
}

function isolation(data: DataObject): Pick<Service, "capAdd" | "capDrop" | "securityOpt" | "privileged" | "readOnly" | "pidMode" | "ipcMode"
    | "utsMode" | "usernsMode" | "cgroupParent"> {
    return {
        capAdd: textsAt(data, "cap_add"),
        capDrop: textsAt(data, "cap_drop"),
        securityOpt: textsAt(data, "security_opt"),
        privileged: flagAt(data, "privileged"),
        readOnly: flagAt(data, "read_only"),
        pidMode: textAt(data, "pid"),
        ipcMode: textAt(data, "ipc"),
        utsMode: textAt(data, "uts"),
        usernsMode: textAt(data, "userns_mode"),
        cgroupParent: textAt(data, "cgroup_parent"),
    };
}

function names(data: DataObject): Pick<Service, "hostname" | "domainname" | "containerName" | "dns" | "dnsSearch" | "dnsOptions" | "extraHosts"
    | "labels" | "logging"> {
    const logging = objectAt(data, "logging");
    return {
        hostname: textAt(data, "hostname"),
        domainname: textAt(data, "domainname"),
        containerName: textAt(data, "container_name"),
        dns: textsAt(data, "dns"),
        dnsSearch: textsAt(data, "dns_search"),
        dnsOptions: textsAt(data, "dns_opt"),
        extraHosts: textsAt(data, "extra_hosts").map(entry => entry.replace("=", ":")),
        labels: mapAt(data, "labels"),
        logging: data["logging"] === undefined ? undefined : present({ driver: textAt(logging, "driver"), options: mapAt(logging, "options") }),
    };
}

function toBuild(build: DataObject): Build {
    return present({
        context: textAt(build, "context") ?? ".",
        dockerfile: textAt(build, "dockerfile"),
        dockerfileInline: textAt(build, "dockerfile_inline"),
        target: textAt(build, "target"),
        args: { ...build["args"] as Record<string, string | null> | undefined },
    });
}

function toDependency(service: string, entry: DataObject): Dependency {
    return {
        service,
        condition: (textAt(entry, "condition") ?? "service_started") as Dependency["condition"],
        required: flagAt(entry, "required"),
        restart: flagAt(entry, "restart"),
    };
}

function toHealth(check: DataObject): HealthCheck {
    if (flagAt(check, "disable")) {
        return { test: ["NONE"] };
    }
    return present({
        test: check["test"] as string[] | undefined,
        intervalMs: millisecondsAt(check, "interval"),
        timeoutMs: millisecondsAt(check, "timeout"),
        startPeriodMs: millisecondsAt(check, "start_period"),
        startIntervalMs: millisecondsAt(check, "start_interval"),
        retries: numberAt(check, "retries"),
    });
}

function limits(data: DataObject): Service["limits"] {
    const resources = objectAt(objectAt(data, "deploy"), "resources");
    const [most, least] = [objectAt(resources, "limits"), objectAt(resources, "reservations")];
    return present({
        memoryBytes: amountAt(data, "mem_limit") ?? amountAt(most, "memory"),
        memoryReservationBytes: amountAt(data, "mem_reservation") ?? amountAt(least, "memory"),
        memorySwapBytes: amountAt(data, "memswap_limit"),
        cpus: amountAt(data, "cpus") ?? amountAt(most, "cpus"),
        pids: amountAt(data, "pids_limit") ?? amountAt(most, "pids"),
    });
}

function toUlimit(value: DataObject): Ulimit {
    const single = numberAt(value, "single");
    return { soft: single ?? numberAt(value, "soft") ?? 0, hard: single ?? numberAt(value, "hard") ?? 0 };
}

/** The engine's word for a policy of `deploy`. */
function restartOf(policy: DataObject): string | undefined {
    const attempts = numberAt(policy, "max_attempts") ?? 0;
    switch (textAt(policy, "condition")) {
        case undefined: return undefined;
        case "none": return "no";
        case "on-failure": return attempts > 0 ? `on-failure:${attempts}` : "on-failure";
        default: return "always";
    }
}

function toReference(data: DataObject): FileReference {
    const mode = textAt(data, "mode");
    return present({
        source: textAt(data, "source") ?? "",
        target: textAt(data, "target"),
        uid: textAt(data, "uid"),
        gid: textAt(data, "gid"),
        mode: mode === undefined ? undefined : parseInt(mode, 8),
    });
}
