import {
    type Field, type Kind, decodeBoolean, environment, flag, float, inner, integer, kind, list, mapOf, mapping, maybe,
    maybeInteger, maybeUnsigned, record, text, unsigned,
} from "./kind";
import {
    bytes, command, deviceCount, duration, fileMode, hosts, maybeDuration, multiOptions, options, ssh, stringList, ulimit,
} from "./scalars";

/** Fields of one kind, by their names in one text. */
export function fields(of: Kind, names: string): Field[] {
    return names.split(" ").map(key => ({ key, kind: of }));
}

/** A boolean that is true unless it says otherwise, and written only then. */
const optOut = kind(decodeBoolean, data => data === true);
const always = (key: string, of: Kind, empty: "" | 0 | false): Field => ({ key, kind: of, empty: { json: empty, yaml: empty } });

export const fileReference = record([
    ...fields(text, "source target uid gid"), { key: "mode", kind: fileMode },
]);

export const build = record([
    ...fields(text, "context dockerfile dockerfile_inline"), { key: "entitlements", kind: list(text) }, { key: "args", kind: environment },
    ...fields(text, "provenance sbom"), { key: "ssh", kind: ssh }, { key: "labels", kind: mapping },
    ...fields(stringList, "cache_from cache_to"), { key: "no_cache", kind: flag }, { key: "no_cache_filter", kind: stringList },
    { key: "additional_contexts", kind: mapping }, { key: "pull", kind: flag }, { key: "extra_hosts", kind: hosts },
    ...fields(text, "isolation network target"), { key: "secrets", kind: list(fileReference) }, { key: "shm_size", kind: bytes },
    { key: "tags", kind: stringList }, { key: "ulimits", kind: mapOf(ulimit) }, { key: "platforms", kind: stringList },
    { key: "privileged", kind: flag },
]);

const weightDevice = record([
    { key: "path", kind: text, jsonKey: "Path", empty: { json: "", yaml: "" } },
    { key: "weight", kind: unsigned, jsonKey: "Weight", empty: { json: 0, yaml: 0 } },
]);
const throttleDevice = record([
    { key: "path", kind: text, jsonKey: "Path", empty: { json: "", yaml: "" } },
    { key: "rate", kind: bytes, jsonKey: "Rate", empty: { json: "0", yaml: "0" } },
]);

export const blkio = record([
    { key: "weight", kind: unsigned }, { key: "weight_device", kind: list(weightDevice) },
    ...fields(list(throttleDevice), "device_read_bps device_read_iops device_write_bps device_write_iops"),
]);

export const deviceMapping = record(fields(text, "source target permissions"));

export const deviceRequest = record([
    { key: "capabilities", kind: list(text) }, { key: "driver", kind: text }, { key: "count", kind: deviceCount },
    { key: "device_ids", kind: list(text) }, { key: "options", kind: mapping },
]);

const resource = record([
    { key: "cpus", kind: float }, { key: "memory", kind: bytes }, { key: "pids", kind: integer },
    { key: "devices", kind: list(deviceRequest) },
    { key: "generic_resources", kind: list(record([
        { key: "discrete_resource_spec", kind: record([always("kind", text, ""), always("value", integer, 0)]) },
    ])) },
]);

const updateConfig = record([
    { key: "parallelism", kind: maybeUnsigned }, { key: "delay", kind: duration }, { key: "failure_action", kind: text },
    { key: "monitor", kind: duration }, { key: "max_failure_ratio", kind: float }, { key: "order", kind: text },
]);

export const deploy = record([
    { key: "mode", kind: text }, { key: "replicas", kind: maybeInteger }, { key: "labels", kind: mapping },
    { key: "update_config", kind: updateConfig }, { key: "rollback_config", kind: updateConfig },
    { key: "resources", kind: inner(fields(resource, "limits reservations")) },
    { key: "restart_policy", kind: record([
        { key: "condition", kind: text }, { key: "delay", kind: maybeDuration }, { key: "max_attempts", kind: maybeUnsigned },
        { key: "window", kind: maybeDuration },
    ]) },
    { key: "placement", kind: inner([
        { key: "constraints", kind: list(text) }, { key: "preferences", kind: list(record(fields(text, "spread"))) },
        { key: "max_replicas_per_node", kind: unsigned },
    ]) },
    { key: "endpoint_mode", kind: text },
]);

const hookFields: readonly Field[] = [
    { key: "command", kind: command, empty: { json: null } }, { key: "user", kind: text }, { key: "privileged", kind: flag },
    { key: "working_dir", kind: text }, { key: "environment", kind: environment },
];
export const hook = record(hookFields);

export const develop = record([{ key: "watch", kind: list(record([
    always("path", text, ""), always("action", text, ""), { key: "target", kind: text }, { key: "exec", kind: inner(hookFields) },
    ...fields(list(text), "include ignore"), { key: "initial_sync", kind: flag },
])) }]);

export const envFile = record([{ key: "path", kind: text }, { key: "required", kind: optOut }, { key: "format", kind: text }]);

export const logging = record([{ key: "driver", kind: text }, { key: "options", kind: options }]);

export const serviceModel = record(fields(text, "endpoint_var model_var"));

export const serviceNetwork = record([
    { key: "aliases", kind: list(text) }, { key: "driver_opts", kind: options }, { key: "gw_priority", kind: integer },
    ...fields(text, "interface_name ipv4_address ipv6_address"), { key: "link_local_ips", kind: list(text) }, { key: "mac_address", kind: text },
    { key: "priority", kind: integer }, { key: "use_service_name_alias", kind: maybe },
]);

export const port = record([
    ...fields(text, "name mode host_ip"), { key: "target", kind: unsigned }, ...fields(text, "published protocol app_protocol"),
]);

export const volumeMount = record([
    ...fields(text, "type source target"), { key: "read_only", kind: flag }, { key: "consistency", kind: text },
    { key: "bind", kind: record([...fields(text, "selinux propagation"), { key: "create_host_path", kind: optOut, empty: {} }, { key: "recursive", kind: text }]) },
    { key: "volume", kind: record([{ key: "labels", kind: mapping }, { key: "nocopy", kind: flag }, { key: "subpath", kind: text }]) },
    { key: "tmpfs", kind: record([{ key: "size", kind: bytes }, { key: "mode", kind: unsigned }]) },
    { key: "image", kind: record(fields(text, "subpath")) },
]);

export const dependency = record([
    { key: "condition", kind: text }, { key: "restart", kind: flag }, always("required", flag, false),
]);

export const provider = record([{ key: "type", kind: text }, { key: "options", kind: multiOptions }]);

export const extended = record(fields(text, "file service"));

export const credentialSpec = record(fields(text, "config file registry"));

export const texts = mapOf(text);
