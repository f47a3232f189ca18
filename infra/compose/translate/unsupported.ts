import type { Data, DataObject } from "../typed/kind";
import { EXTENSIONS } from "../typed/kind";
import { FROM_ENV_FILE } from "../env/service-environment";

/** Keys that the model has a field for, all of what stands under them. */
const WHOLE = new Set((
    "cap_add cap_drop cgroup_parent command configs container_name cpus depends_on devices dns dns_opt dns_search domainname entrypoint"
    + " environment expose extra_hosts gpus group_add hostname image init ipc labels logging mem_limit mem_reservation memswap_limit"
    + " network_mode pid pids_limit platform ports privileged profiles pull_policy read_only restart runtime scale secrets security_opt"
    + " shm_size stdin_open stop_grace_period stop_signal sysctls tmpfs tty ulimits user userns_mode uts working_dir healthcheck"
).split(" "));

/** Keys of which the model has a field for these parts only. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
    build: ["context", "dockerfile", "dockerfile_inline", "target", "args"],
    deploy: ["replicas", "resources", "restart_policy"],
};
const RESOURCES: Readonly<Record<string, readonly string[]>> = {
    limits: ["cpus", "memory", "pids"], reservations: ["memory", "devices"],
};
const ATTACHMENT = ["aliases", "ipv4_address", "ipv6_address"];

/** Keys that say how people work with the project, not how its containers run: losing them changes no deployment. */
const HARMLESS = new Set(["attach", "develop", "label_file", EXTENSIONS, FROM_ENV_FILE]);
const HARMLESS_PARTS: Readonly<Record<string, readonly string[]>> = {
    // Hints to the builder that change no image's behaviour.
    build: ["cache_from", "cache_to", "labels", "no_cache", "no_cache_filter", "platforms", "provenance", "pull", "sbom", "tags", EXTENSIONS],
    // Only a swarm's scheduler reads these.
    deploy: ["endpoint_mode", "labels", "mode", "placement", "rollback_config", "update_config", EXTENSIONS],
};

/** Paths of what a service says and the model cannot hold, e.g. `pre_start` or `build.ssh`; sorted. */
export function unsupportedKeys(service: DataObject): string[] {
    const keys = Object.entries(service).flatMap(([key, value]): string[] => {
        if (WHOLE.has(key) || HARMLESS.has(key) || isEmpty(value)) {
            return [];
        }
        if (PARTS[key] !== undefined) {
            return [...partsBut(value, [...PARTS[key], ...HARMLESS_PARTS[key] ?? []], key), ...key === "deploy" ? resourcesBut(value as DataObject) : []];
        }
        if (key === "networks") {
            return Object.entries(value as DataObject).flatMap(([name, part]) => partsBut(part ?? {}, ATTACHMENT, `networks.${name}`));
        }
        return key === "volumes" ? mountsBut(value as DataObject[]) : key === "links" ? aliasedLinks(value as string[]) : [key];
    });
    return [...new Set(keys)].sort();
}

function isEmpty(value: Data): boolean {
    return value === null || value === "" || value === false || value === 0 || typeof value === "object" && Object.keys(value).length === 0;
}

function partsBut(value: Data, known: readonly string[], path: string): string[] {
    return Object.entries(value as DataObject).filter(([key, part]) => !known.includes(key) && key !== EXTENSIONS && !isEmpty(part))
        .map(([key]) => `${path}.${key}`);
}

function resourcesBut(deploy: DataObject): string[] {
    return Object.entries((deploy["resources"] ?? {}) as DataObject).filter(([part]) => part !== EXTENSIONS)
        // A reservation of CPU or of a generic resource only guides a swarm's scheduler.
        .flatMap(([part, value]) => partsBut(value, [...RESOURCES[part] ?? [], ...part === "reservations" ? ["cpus", "generic_resources"] : []],
            `deploy.resources.${part}`));
}

function mountsBut(mounts: readonly DataObject[]): string[] {
    return mounts.flatMap((mount, at) => [
        ...partsBut(mount["volume"] ?? {}, ["nocopy", "subpath", "labels"], `volumes[${at}].volume`),
        ...partsBut(mount["bind"] ?? {}, ["selinux", "propagation", "create_host_path"], `volumes[${at}].bind`),
    ]);
}

/** A link makes the service a dependency, which the model has; an alias in it is another name, which it has not. */
function aliasedLinks(links: readonly string[]): string[] {
    return links.some(link => link.includes(":") && link.split(":")[0] !== link.split(":")[1]) ? ["links"] : [];
}
