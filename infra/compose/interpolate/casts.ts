import { makeRules } from "../rules";
import { type Value, parseDecimal } from "../value";

/** Turns an interpolated text into the type that its place in the file has; undefined where it cannot. */
type Cast = (text: string) => Value | undefined;

/** A cast and what it makes, for a problem. */
export interface CastRule {
    readonly cast: Cast;
    readonly wanted: string;
}

const CONTAINERS = ["services.*", "jobs.*", "services.*.pre_start.*"];
const WORKLOADS = ["services.*", "jobs.*"];
const SERVICES = ["services.*"];

const boolean: CastRule = { wanted: "a boolean", cast: castBoolean };
const integer: CastRule = { wanted: "an integer", cast: text => /^[-+]?\d+$/.test(text) ? inInt64(BigInt(text)) : undefined };
const float: CastRule = { wanted: "a number", cast: parseDecimal };
const float32: CastRule = { wanted: "a number", cast: text => {
    const value = parseDecimal(text);
    return value === undefined ? undefined : Math.fround(value);
} };
const umask: CastRule = { wanted: "file mode bits", cast: text => {
    const octal = /^0[oO]?([0-7]+)$/.exec(text);
    const plain = octal === null ? /^(?:0|[1-9]\d*|0x[\da-f]+|0b[01]+)$/i.test(text) ? BigInt(text) : undefined : BigInt(`0o${octal[1]}`);
    return plain !== undefined && plain < 2n ** 32n ? plain : undefined;
} };

const KEYS: readonly (readonly [readonly string[], CastRule, string])[] = [
    [CONTAINERS, integer, "cpu_count cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares oom_score_adj pids_limit"
        + " ulimits.* ulimits.*.hard ulimits.*.soft"],
    [CONTAINERS, float, "cpu_percent"],
    [CONTAINERS, float32, "cpus"],
    [CONTAINERS, umask, "umask"],
    [CONTAINERS, boolean, "init networks.*.use_service_name_alias oom_kill_disable privileged read_only volumes.[].read_only"
        + " volumes.[].volume.nocopy"],
    [WORKLOADS, boolean, "depends_on.*.required depends_on.*.restart healthcheck.disable stdin_open tty"],
    [WORKLOADS, integer, "healthcheck.retries ports.[].target"],
    [SERVICES, integer, "deploy.replicas deploy.update_config.parallelism deploy.rollback_config.parallelism"
        + " deploy.restart_policy.max_attempts deploy.placement.max_replicas_per_node scale"],
    [SERVICES, float, "deploy.update_config.max_failure_ratio deploy.rollback_config.max_failure_ratio"],
    [["networks.*"], boolean, "external internal attachable enable_ipv4 enable_ipv6"],
    [["volumes.*", "secrets.*", "configs.*"], boolean, "external"],
];

/** Which texts become booleans or numbers once interpolated, as Compose has it. */
export const CASTS = makeRules<CastRule>(Object.fromEntries(KEYS.flatMap(([prefixes, rule, keys]) =>
    prefixes.flatMap(prefix => keys.split(" ").map(key => [`${prefix}.${key}`, rule])))));

function castBoolean(text: string): boolean | undefined {
    const word = text.toLowerCase();
    return ["true", "y", "yes", "on"].includes(word) ? true : ["false", "n", "no", "off"].includes(word) ? false : undefined;
}

function inInt64(value: bigint): bigint | undefined {
    return value >= -(2n ** 63n) && value < 2n ** 63n ? value : undefined;
}
