import { holdsEngineSocket, isSensitive } from "../host-paths";
import { at, below, listAt, numberAt, said, textAt } from "./sent";
import type { EngineFacts, Sent } from "./facts";

/** Networks that every engine has. */
export const OWN_NETWORKS: ReadonlySet<string> = new Set(["bridge", "default", "host", "none"]);
const SHM_SIZE = 64 * 1024 * 1024;

/**
 * A container, as `docker inspect` shows it, told as a service of a Compose file, so that every rule says of it what it says
 * of the file. What an engine fills in by itself is left out again, as is what comes with the image and says nothing of how
 * it is run: its variables, labels and command.
 */
export function containerInComposeWords(container: Sent, facts: EngineFacts): Sent {
    const host = below(container, "HostConfig");
    const config = below(container, "Config");
    const image = below(facts.images?.find(one => textAt(one, "Id") === textAt(container, "Image")), "Config");
    return said({
        container_name: nameOf(container), image: textAt(config, "Image"), user: textAt(config, "User"),
        environment: listAt(config, "Env").filter(entry => !listAt(image, "Env").includes(entry)),
        labels: labelsOf(config, image),
        command: same(config, image, "Cmd") ? undefined : config["Cmd"],
        entrypoint: same(config, image, "Entrypoint") ? undefined : config["Entrypoint"],
        healthcheck: said({ test: at(config, "Healthcheck", "Test") }),
        tty: config["Tty"] === true || undefined, stdin_open: config["OpenStdin"] === true || undefined,
        hostname: textAt(container, "Id").startsWith(textAt(config, "Hostname")) ? undefined : config["Hostname"],
        domainname: config["Domainname"],
        ...confinementOf(container, host, facts), ...namespacesOf(container, host, facts), ...limitsOf(host),
        ...storageOf(container, host), ...othersOf(host, facts),
        exec: execsIn(container, facts),
    });
}

/** A container's name, without the engine's slash. */
export function nameOf(container: Sent): string {
    return textAt(container, "Name").replace(/^\//, "");
}

function same(config: Sent, image: Sent, key: string): boolean {
    return JSON.stringify(config[key] ?? null) === JSON.stringify(image[key] ?? null);
}

/** Compose writes labels of its own, which nobody chose. */
function labelsOf(config: Sent, image: Sent): Sent {
    const ofImage = below(image, "Labels");
    return Object.fromEntries(Object.entries(below(config, "Labels")).filter(([name, value]) => !name.startsWith("com.docker.compose.") && ofImage[name] !== value));
}

function confinementOf(container: Sent, host: Sent, facts: EngineFacts): Sent {
    return {
        privileged: host["Privileged"], read_only: host["ReadonlyRootfs"],
        cap_add: host["CapAdd"], cap_drop: host["CapDrop"], group_add: host["GroupAdd"],
        security_opt: securityOf(container, host, facts),
        devices: listAt(host, "Devices").map(device => ["PathOnHost", "PathInContainer", "CgroupPermissions"].map(key => textAt(device, key)).join(":")),
        device_cgroup_rules: host["DeviceCgroupRules"],
        sysctls: host["Sysctls"],
    };
}

function securityOf(container: Sent, host: Sent, { info, config }: EngineFacts): readonly unknown[] {
    const given = listAt(host, "SecurityOpt");
    // The engine adds it for a container that shares the host's processes or may do everything: SELinux labels are off there anyway.
    const shares = host["Privileged"] === true || [host["PidMode"], host["IpcMode"]].includes("host");
    const options = shares && given.at(-1) === "label=disable" ? given.slice(0, -1) : given;
    const unmasked = host["Privileged"] !== true && isEmptyList(host["MaskedPaths"]) && isEmptyList(host["ReadonlyPaths"]);
    const byDefault = config?.["no-new-privileges"] === true || listAt(info, "SecurityOptions").some(option => /^name=no-new-privileges/.test(String(option)));
    return [
        ...byDefault ? ["no-new-privileges:true"] : [], ...options,
        ...unmasked && textAt(container, "Platform") !== "windows" ? ["systempaths=unconfined"] : [],
    ];
}

function isEmptyList(value: unknown): boolean {
    return Array.isArray(value) && value.length === 0;
}

function namespacesOf(container: Sent, host: Sent, facts: EngineFacts): Sent {
    const mode = textAt(host, "NetworkMode");
    const named = (text: string) => text.replace(/^container:(.+)$/, (_, id: string) => `container:${containerName(id, facts)}`);
    const networks = Object.keys(below(container, "NetworkSettings", "Networks"));
    const onBridge = ["bridge", "default", ""].includes(mode) || networks.includes("bridge");
    return {
        network_mode: onBridge ? "bridge" : OWN_NETWORKS.has(mode) || mode.startsWith("container:") ? named(mode) : undefined,
        networks: mode.startsWith("container:") ? undefined : Object.fromEntries(networks.filter(name => !OWN_NETWORKS.has(name)).map(name => [name, null])),
        pid: named(textAt(host, "PidMode")), uts: host["UTSMode"], userns_mode: host["UsernsMode"],
        ipc: ["private", "none"].includes(textAt(host, "IpcMode")) ? undefined : named(textAt(host, "IpcMode")),
        // With the first version of control groups the host's are the default.
        cgroup: textAt(host, "CgroupnsMode") === "host" && textAt(facts.info, "CgroupVersion") === "2" ? "host" : undefined,
        ports: Object.entries(below(host, "PortBindings")).flatMap(([port, bindings]) => portsOf(port, bindings)),
        extra_hosts: host["ExtraHosts"], dns: host["Dns"], links: host["Links"],
    };
}

function containerName(id: string, { containers = [] }: EngineFacts): string {
    const found = containers.find(container => textAt(container, "Id").startsWith(id));
    return found === undefined ? id : nameOf(found);
}

function portsOf(port: string, bindings: unknown): Sent[] {
    const [target = "", protocol = "tcp"] = port.split("/");
    return (Array.isArray(bindings) ? bindings : []).map(binding => said({
        target: Number(target), protocol, published: textAt(binding, "HostPort"), host_ip: textAt(binding, "HostIp"),
    }));
}

function limitsOf(host: Sent): Sent {
    const memory = numberAt(host, "Memory");
    const positive = (key: string) => numberAt(host, key) === 0 ? undefined : host[key];
    return {
        mem_limit: positive("Memory"), mem_reservation: positive("MemoryReservation"),
        // The engine allows as much again where nothing is said.
        memswap_limit: numberAt(host, "MemorySwap") === 2 * memory ? undefined : positive("MemorySwap"),
        mem_swappiness: host["MemorySwappiness"], oom_kill_disable: host["OomKillDisable"] === true || undefined, oom_score_adj: positive("OomScoreAdj"),
        cpus: numberAt(host, "NanoCpus") > 0 ? numberAt(host, "NanoCpus") / 1e9 : undefined, cpu_quota: positive("CpuQuota"), cpu_shares: positive("CpuShares"),
        cpuset: host["CpusetCpus"], cgroup_parent: host["CgroupParent"],
        pids_limit: host["PidsLimit"],
        ulimits: Object.fromEntries(listAt(host, "Ulimits").map(limit => [textAt(limit, "Name"), { soft: at(limit, "Soft"), hard: at(limit, "Hard") }])),
        shm_size: numberAt(host, "ShmSize") === SHM_SIZE ? undefined : positive("ShmSize"),
    };
}

function storageOf(container: Sent, host: Sent): Sent {
    const composed = textAt(container, "Config", "Labels", "com.docker.compose.project") !== "";
    const mounts = [...listAt(host, "Binds").map(bindOf), ...listAt(host, "Mounts").map(mountOf)];
    const secrets = mounts.filter(mount => composed && isSecretFile(mount));
    return {
        volumes: mounts.filter(mount => !secrets.includes(mount)),
        secrets: secrets.map(mount => ({ source: textAt(mount, "target").split("/").at(-1), target: mount["target"] })),
        tmpfs: Object.entries(below(host, "Tmpfs")).map(([target, options]) => options === "" ? target : `${target}:${String(options)}`),
        volumes_from: host["VolumesFrom"],
    };
}

/** Compose hands over a secret of a file as a mount that can only be read; what opens the host stays a mount. */
function isSecretFile(mount: Sent): boolean {
    const source = textAt(mount, "source");
    return mount["type"] === "bind" && mount["read_only"] === true && /^\/run\/secrets\/[^/]+$/.test(textAt(mount, "target"))
        && !holdsEngineSocket(source) && !isSensitive(source, true);
}

/** `source:target:options`. */
function bindOf(bind: unknown): Sent {
    const [, source = "", target = "", options = ""] = /^((?:[A-Za-z]:)?[^:]+):((?:[A-Za-z]:)?[^:]+)(?::(.*))?$/.exec(String(bind)) ?? [];
    const words = options.split(",");
    const type = /^[/\\]|^[A-Za-z]:/.test(source) ? "bind" : "volume";
    const propagation = words.find(word => /^r?(?:shared|slave|private)$/.test(word));
    return said({ type, source, target, read_only: words.includes("ro"), bind: said({ propagation }) });
}

function mountOf(mount: unknown): Sent {
    return said({
        type: textAt(mount, "Type"), source: textAt(mount, "Source"), target: textAt(mount, "Target"), read_only: at(mount, "ReadOnly") === true,
        bind: said({ propagation: at(mount, "BindOptions", "Propagation") }), tmpfs: said({ size: at(mount, "TmpfsOptions", "SizeBytes"), mode: at(mount, "TmpfsOptions", "Mode") }),
    });
}

function othersOf(host: Sent, { info }: EngineFacts): Sent {
    const { Name: restart = "", MaximumRetryCount: tries = 0 } = below(host, "RestartPolicy");
    return {
        restart: restart === "no" ? "" : restart === "on-failure" && tries !== 0 ? `on-failure:${String(tries)}` : restart,
        logging: said({ driver: textAt(host, "LogConfig", "Type"), options: at(host, "LogConfig", "Config") }),
        init: host["Init"], runtime: textAt(host, "Runtime") === textAt(info, "DefaultRuntime") ? undefined : host["Runtime"],
        isolation: textAt(host, "Isolation") === "default" ? undefined : host["Isolation"], storage_opt: host["StorageOpt"],
        deploy: said({ resources: said({ reservations: said({ devices: listAt(host, "DeviceRequests").map(request => said({
            driver: textAt(request, "Driver"), count: at(request, "Count"), device_ids: at(request, "DeviceIDs"), capabilities: listAt(request, "Capabilities").flat(),
        })) }) }) }),
    };
}

/** Commands that run inside it beside its own, as Compose tells of its hooks. */
function execsIn(container: Sent, { execs = [] }: EngineFacts): readonly Sent[] {
    return execs.filter(exec => textAt(exec, "ContainerID") === textAt(container, "Id") && at(exec, "Running") === true)
        .map(exec => said({ user: textAt(exec, "ProcessConfig", "user"), privileged: at(exec, "ProcessConfig", "privileged") }));
}
