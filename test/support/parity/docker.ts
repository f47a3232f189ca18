import { nameOf } from "./workloads";
import type { Workload } from "./workloads";

type Mapping = Readonly<Record<string, unknown>>;

const HEALTH = ["CMD", "/healthy"];

/** Options of Docker's list, as every form has them. */
function optionsOf(workload: Workload): string[] {
    const { noNewPrivileges, seccomp, apparmor, options = [] } = workload;
    return [
        ...noNewPrivileges === undefined ? [] : [`no-new-privileges:${String(noNewPrivileges)}`],
        ...seccomp === undefined ? [] : [`seccomp=${seccomp}`], ...apparmor === undefined ? [] : [`apparmor=${apparmor}`], ...options,
    ];
}

/** What is shared with the host, by the words of each form. */
function shared({ hostPid, hostIpc, hostUsers }: Workload, [pid, ipc, users]: readonly [string, string, string]): Mapping {
    const host = (on: boolean | undefined) => on === true ? "host" : undefined;
    return { [pid]: host(hostPid), [ipc]: host(hostIpc), [users]: host(hostUsers) };
}

/** `host:container`, with an address where there is one. */
function portTexts({ ports = [] }: Workload): string[] {
    return ports.map(({ host, container, address }) => [...address === undefined ? [] : [address], host, container].join(":"));
}

/** `source:target:options`. */
function bindTexts({ binds = [] }: Workload): string[] {
    return binds.map(({ source, target, readOnly, propagation }) => [source, target, [readOnly ? "ro" : "rw", ...propagation === undefined ? [] : [propagation]].join(",")].join(":"));
}

/** The health check, by what says that there is one and that there is none. */
function health<Form>({ healthy }: Workload, on: Form, off: Form): Form | undefined {
    return healthy === "off" ? off : healthy === true ? on : undefined;
}

function networkMode({ network }: Workload): string | undefined {
    return network === "inside" ? undefined : network;
}

/** A Compose file of one service. */
export function composeFile(workload: Workload, network: string): Mapping {
    const { volumes = {}, logs, files, restart } = workload;
    const service = {
        image: workload.image, container_name: nameOf(workload), user: workload.user, privileged: workload.privileged, read_only: workload.readOnly,
        cap_add: workload.add, cap_drop: workload.drop, security_opt: optionsOf(workload),
        network_mode: networkMode(workload), networks: workload.network === "inside" ? { [network]: null } : undefined,
        ...shared(workload, ["pid", "ipc", "userns_mode"]),
        mem_limit: workload.memory === undefined ? undefined : `${workload.memory}m`, cpus: workload.cpus, pids_limit: workload.pids, restart,
        ports: portTexts(workload),
        volumes: [
            ...bindTexts(workload),
            ...Object.entries(volumes).map(([name, target]) => `${name}:${target}`),
        ],
        tmpfs: Object.entries(workload.scratch ?? {}).map(([target, options]) => `${target}:${options}`),
        devices: workload.devices?.map(device => `${device}:${device}`), environment: workload.environment, labels: workload.labels, command: workload.command,
        healthcheck: health<Mapping>(workload, { test: HEALTH }, { disable: true }),
        logging: logs, ulimits: files === undefined ? undefined : { nofile: { soft: files, hard: files } }, sysctls: workload.sysctls,
        tty: workload.terminal, stdin_open: workload.terminal, group_add: workload.groups, init: workload.init,
        extra_hosts: Object.entries(workload.hosts ?? {}).map(([host, address]) => `${host}:${address}`),
    };
    return {
        name: "parity", services: { [nameOf(workload)]: said(service) },
        ...workload.network === "inside" ? { networks: { [network]: { name: network, internal: true } } } : {},
        ...Object.keys(volumes).length > 0 ? { volumes: Object.fromEntries(Object.keys(volumes).map(name => [name, null])) } : {},
    };
}

/** Inputs of `docker.Container`. */
export function containerInputs(workload: Workload, network: string): Mapping {
    const { ports, binds = [], volumes = {}, logs, files } = workload;
    return said({
        name: nameOf(workload), image: workload.image, user: workload.user, privileged: workload.privileged, readOnly: workload.readOnly,
        capabilities: said({ adds: workload.add, drops: workload.drop }), securityOpts: optionsOf(workload),
        networkMode: networkMode(workload), networksAdvanced: workload.network === "inside" ? [{ name: network }] : undefined,
        ...shared(workload, ["pidMode", "ipcMode", "usernsMode"]),
        memory: workload.memory, cpus: workload.cpus?.toString(), ...restartOf(workload),
        ports: ports?.map(({ host, container, address }) => said({ external: host, internal: container, ip: address })), publishAllPorts: workload.allPorts,
        mounts: [
            ...binds.map(({ source, target, readOnly, propagation }) => said({ type: "bind", source, target, readOnly, bindOptions: said({ propagation }) })),
            ...Object.entries(volumes).map(([source, target]) => ({ type: "volume", source, target })),
        ],
        tmpfs: workload.scratch, devices: workload.devices?.map(device => ({ hostPath: device, containerPath: device, permissions: "rwm" })),
        envs: Object.entries(workload.environment ?? {}).map(([name, value]) => `${name}=${value}`),
        labels: Object.entries(workload.labels ?? {}).map(([label, value]) => ({ label, value })), command: workload.command,
        healthcheck: health<Mapping>(workload, { tests: HEALTH }, { tests: ["NONE"] }),
        logDriver: logs?.driver, logOpts: logs?.options, ulimits: files === undefined ? undefined : [{ name: "nofile", soft: files, hard: files }], sysctls: workload.sysctls,
        tty: workload.terminal, stdinOpen: workload.terminal, groupAdds: workload.groups, init: workload.init,
        hosts: Object.entries(workload.hosts ?? {}).map(([host, ip]) => ({ host, ip })),
    });
}

function restartOf({ restart }: Workload): Mapping {
    const [policy, tries] = restart?.split(":") ?? [];
    return { restart: policy, maxRetryCount: tries === undefined ? undefined : Number(tries) };
}

/** The resources of a program: what the provider has no field for is the toolkit's own resource beside the container. */
export function dockerResources(workload: Workload, network: string): { readonly type: string; readonly name: string; readonly urn: string; readonly inputs: Mapping }[] {
    const resource = (type: string, name: string, inputs: Mapping) => ({ type, name, urn: `urn:pulumi:dev::parity::${type}::${name}`, inputs });
    return [
        ...workload.network === "inside" ? [resource("docker:index/network:Network", network, { name: network, internal: true })] : [],
        resource("docker:index/container:Container", nameOf(workload), containerInputs(workload, network)),
        ...workload.pids === undefined ? [] : [resource("pulumi-nodejs:portcullis:ProcessLimit", `${nameOf(workload)}-limit`, { container: nameOf(workload), pids: workload.pids })],
    ];
}

/** Words after `docker create`. */
export function createWords(workload: Workload, network: string, prefix: string): string[] {
    const { volumes = {}, logs, files } = workload;
    const flag = (name: string, value: string | number | undefined) => value === undefined ? [] : [`--${name}`, String(value)];
    const all = (name: string, values: readonly string[] | undefined) => (values ?? []).flatMap(value => [`--${name}`, value]);
    const pairs = (name: string, values: Readonly<Record<string, string>> | undefined, sign = "=") => Object.entries(values ?? {}).flatMap(([key, value]) => [`--${name}`, `${key}${sign}${value}`]);
    const on = (name: string, value: boolean | undefined) => value === true ? [`--${name}`] : [];
    return [
        "--name", `${prefix}${nameOf(workload)}`, ...flag("user", workload.user), ...on("privileged", workload.privileged), ...on("read-only", workload.readOnly),
        ...all("cap-add", workload.add), ...all("cap-drop", workload.drop), ...all("security-opt", optionsOf(workload)),
        "--network", workload.network === "inside" ? network : workload.network ?? "bridge",
        ...Object.entries(shared(workload, ["pid", "ipc", "userns"])).flatMap(([name, value]) => flag(name, value as string | undefined)),
        ...flag("memory", workload.memory === undefined ? undefined : `${workload.memory}m`), ...flag("cpus", workload.cpus), ...flag("pids-limit", workload.pids), ...flag("restart", workload.restart),
        ...all("publish", portTexts(workload)), ...on("publish-all", workload.allPorts),
        ...all("volume", bindTexts(workload)),
        ...all("volume", Object.entries(volumes).map(([name, target]) => `${prefix}${name}:${target}`)), ...pairs("tmpfs", workload.scratch, ":"),
        ...all("device", workload.devices), ...pairs("env", workload.environment), ...pairs("label", workload.labels),
        ...health(workload, ["--health-cmd", HEALTH[1] ?? ""], ["--no-healthcheck"]) ?? [],
        ...flag("log-driver", logs?.driver), ...pairs("log-opt", logs?.options), ...flag("ulimit", files === undefined ? undefined : `nofile=${files}:${files}`),
        ...pairs("sysctl", workload.sysctls), ...on("tty", workload.terminal), ...on("interactive", workload.terminal), ...all("group-add", workload.groups), ...on("init", workload.init),
        ...pairs("add-host", workload.hosts, ":"), workload.image, ...workload.command ?? [],
    ];
}

/** Without what was not given. */
export function said(mapping: Mapping): Mapping {
    return Object.fromEntries(Object.entries(mapping).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)));
}
