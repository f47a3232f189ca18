import {
    type Field, environment, flag, float, inner, integer, list, mapOf, mapping, maybe, maybeInteger, maybeUnsigned, record, text,
} from "./kind";
import {
    blkio, build, credentialSpec, dependency, deploy, develop, deviceMapping, deviceRequest, envFile, extended, fields, fileReference,
    hook, logging, port, provider, serviceModel, serviceNetwork, texts, volumeMount,
} from "./parts";
import { bytes, command, healthTest, hosts, maybeDuration, options, portList, stringList, ulimit } from "./scalars";

const containerFields: readonly Field[] = [
    { key: "annotations", kind: mapping }, { key: "blkio_config", kind: blkio }, ...fields(list(text), "cap_add cap_drop"),
    ...fields(text, "cgroup_parent cgroup"), { key: "cpu_count", kind: integer }, { key: "cpu_percent", kind: float },
    ...fields(integer, "cpu_period cpu_quota cpu_rt_period cpu_rt_runtime"), { key: "cpus", kind: float }, { key: "cpuset", kind: text },
    { key: "cpu_shares", kind: integer }, { key: "command", kind: command, empty: { json: null } },
    { key: "configs", kind: list(fileReference) }, { key: "credential_spec", kind: credentialSpec },
    { key: "device_cgroup_rules", kind: list(text) }, { key: "devices", kind: list(deviceMapping) }, { key: "dns", kind: stringList },
    { key: "dns_opt", kind: list(text) }, { key: "dns_search", kind: stringList }, { key: "domainname", kind: text },
    { key: "entrypoint", kind: command, empty: { json: null } }, { key: "environment", kind: environment },
    { key: "env_file", kind: list(envFile) }, { key: "extra_hosts", kind: hosts }, { key: "group_add", kind: list(text) },
    { key: "gpus", kind: list(deviceRequest) }, ...fields(text, "hostname image"), { key: "init", kind: maybe },
    ...fields(text, "ipc isolation"), { key: "labels", kind: mapping }, { key: "label_file", kind: list(text) },
    { key: "logging", kind: logging }, { key: "log_driver", kind: text }, { key: "log_opt", kind: texts },
    ...fields(bytes, "mem_limit mem_reservation memswap_limit mem_swappiness"), { key: "mac_address", kind: text },
    { key: "models", kind: mapOf(serviceModel) }, { key: "network_mode", kind: text }, { key: "networks", kind: mapOf(serviceNetwork) },
    { key: "oom_kill_disable", kind: flag }, { key: "oom_score_adj", kind: integer }, { key: "pid", kind: text },
    { key: "pids_limit", kind: integer }, { key: "platform", kind: text }, { key: "privileged", kind: flag },
    ...fields(text, "pull_policy pull_refresh_after"), { key: "read_only", kind: flag }, { key: "runtime", kind: text },
    { key: "secrets", kind: list(fileReference) }, { key: "security_opt", kind: list(text) }, { key: "shm_size", kind: bytes },
    { key: "stop_grace_period", kind: maybeDuration }, { key: "stop_signal", kind: text }, { key: "storage_opt", kind: texts },
    { key: "sysctls", kind: mapping }, { key: "tmpfs", kind: stringList }, { key: "ulimits", kind: mapOf(ulimit) },
    { key: "umask", kind: maybeUnsigned }, { key: "use_api_socket", kind: flag }, ...fields(text, "user userns_mode uts volume_driver"),
    { key: "volumes", kind: list(volumeMount) }, { key: "volumes_from", kind: list(text) }, { key: "working_dir", kind: text },
];

/** Keys that anything which runs a container has: services, jobs and `pre_start` hooks. */
export const CONTAINER_KEYS: ReadonlySet<string> = new Set(containerFields.map(field => field.key));

const healthcheck = record([
    { key: "test", kind: healthTest }, ...fields(maybeDuration, "timeout interval"), { key: "retries", kind: maybeUnsigned },
    ...fields(maybeDuration, "start_period start_interval"), { key: "disable", kind: flag },
]);

const workloadFields: readonly Field[] = [
    { key: "build", kind: build }, { key: "depends_on", kind: mapOf(dependency) }, { key: "dockerfile", kind: text },
    { key: "expose", kind: portList }, { key: "healthcheck", kind: healthcheck }, { key: "ports", kind: list(port) },
    ...fields(flag, "stdin_open tty"),
];

const service = record([
    { key: "profiles", kind: list(text) }, { key: "deploy", kind: deploy }, { key: "develop", kind: develop }, { key: "restart", kind: text },
    { key: "scale", kind: maybeInteger }, { key: "attach", kind: maybe }, { key: "container_name", kind: text },
    { key: "provider", kind: provider }, { key: "extends", kind: extended }, ...fields(list(text), "external_links links"),
    { key: "net", kind: text }, { key: "pre_start", kind: list(record([...containerFields, { key: "per_replica", kind: flag }])) },
    ...fields(list(hook), "post_start pre_stop"), ...containerFields, ...workloadFields,
]);

const job = record([
    { key: "profiles", kind: list(text) },
    { key: "triggers", kind: record([
        { key: "manual", kind: maybe }, { key: "schedule", kind: list(record(fields(text, "cron timezone concurrency missed_fires"))) },
    ]) },
    ...containerFields, ...workloadFields,
]);

const network = record([
    ...fields(text, "name driver"), { key: "driver_opts", kind: options },
    { key: "ipam", kind: inner([
        { key: "driver", kind: text },
        { key: "config", kind: list(record([...fields(text, "subnet gateway ip_range"), { key: "aux_addresses", kind: mapping }])) },
        { key: "options", kind: options },
    ]) },
    ...fields(flag, "external internal attachable"), { key: "labels", kind: mapping }, ...fields(maybe, "enable_ipv4 enable_ipv6"),
]);

const volume = record([
    ...fields(text, "name driver"), { key: "driver_opts", kind: options }, { key: "external", kind: flag }, { key: "labels", kind: mapping },
]);

const fileFields = (more: string): readonly Field[] => [
    ...fields(text, `name file environment${more}`), { key: "external", kind: flag }, { key: "labels", kind: mapping }, { key: "driver", kind: text },
    { key: "driver_opts", kind: texts }, { key: "template_driver", kind: text },
];

const model = record([
    ...fields(text, "name model"), { key: "context_size", kind: integer }, { key: "runtime_flags", kind: list(text) },
]);

/** The kinds of the top-level mappings, in the order in which the project is written. */
export const PROJECT_KINDS = {
    services: mapOf(service), jobs: mapOf(job), networks: mapOf(network), volumes: mapOf(volume),
    secrets: mapOf(record(fileFields(""))), configs: mapOf(record(fileFields(" content"))), models: mapOf(model),
} as const;

export type TopKey = keyof typeof PROJECT_KINDS;
export const TOP_KEYS = Object.keys(PROJECT_KINDS) as TopKey[];
