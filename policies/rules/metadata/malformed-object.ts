import { objectRule } from "../../rule";
import { KINDS } from "./kubernetes-fields";
import { Shape } from "./shape";
import type { Value } from "../../view/value";
import type { ObjectView } from "../../view/types";
import type { Fault } from "../../view/unfinished";

/** A field that is misspelled or misplaced does nothing: `securityContex` protects nobody. */
export const malformedObject = objectRule({
    id: "malformed-object",
    severity: "low",
    title: "Objects have the fields of their kind, of the right type",
    fix: "mend the field's name, place or type (`kubectl apply --dry-run=server` tells the same)",
    benchmarks: ["Kubernetes: API Reference", "Docker: Compose file reference"],
    controls: ["SC-54"],
    types: [],
    platforms: ["kubernetes", "compose"],

    check: object => object.platform === "compose" ? composeFaults(object) : kubernetesFaults(object),
});

function kubernetesFaults({ value, subject, origin }: ObjectView): readonly Fault[] {
    const version = value.get("apiVersion").text ?? "";
    // Of a patch by Pulumi, and of a kind that is not in the table, nobody knows here what must be there.
    return KINDS.has(`${version}/${subject.kind}`) && !isServed(value) ? new Shape(value, /Patch::[^:]*$/.test(origin.path)).compare(subject.kind) : [];
}

/** Whether an API server gave the object out: it has checked it, and may know fields that are newer than the table. */
function isServed(value: Value): boolean {
    const metadata = value.known && value.isMapping ? value.get("metadata") : undefined;
    const uid = metadata?.known === true && metadata.isMapping ? metadata.get("uid") : undefined;
    return uid?.known === true && uid.present;
}

const PROJECT: ReadonlySet<string> = new Set(["configs", "include", "jobs", "models", "name", "networks", "secrets", "services", "version", "volumes"]);

/** Keys of a service, as https://github.com/compose-spec/compose-spec lists them. */
const SERVICE: ReadonlySet<string> = new Set((
    "annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs container_name cpu_count cpu_percent cpu_period cpu_quota "
    + "cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset credential_spec depends_on deploy develop device_cgroup_rules devices dns dns_opt dns_search "
    + "domainname entrypoint env_file environment expose extends external_links extra_hosts gpus group_add healthcheck hostname image init ipc isolation "
    + "label_file labels links logging mac_address mem_limit mem_reservation mem_swappiness memswap_limit models network_mode networks oom_kill_disable "
    + "oom_score_adj pid pids_limit platform ports post_start pre_start pre_stop privileged profiles provider pull_policy pull_refresh_after read_only "
    + "restart runtime scale secrets security_opt shm_size stdin_open stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits umask "
    + "use_api_socket user userns_mode uts volumes volumes_from working_dir"
).split(" "));

function composeFaults({ type, value }: ObjectView): readonly Fault[] {
    const known = type === "compose:project" ? PROJECT : type === "compose:service" ? SERVICE : undefined;
    if (known === undefined || !value.present) {
        return [];
    }
    return value.entries.filter(([key, child]) => key === "" && child.path === value.path ? child.present : !known.has(key) && !key.startsWith("x-"))
        .map(([key, child]) => ({ message: `does not have its kind's shape: ${key} is no key that Compose knows`, at: child.path }));
}
