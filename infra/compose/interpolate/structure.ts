import { makeRules } from "../rules";

const SERVICE_KEYS = "build.additional_contexts build.context build.dockerfile build.target configs container_name cpuset depends_on deploy.mode"
    + " deploy.placement deploy.resources deploy.restart_policy deploy.rollback_config deploy.update_config develop devices env_file expose"
    + " extends gpus healthcheck.interval healthcheck.start_interval healthcheck.start_period healthcheck.timeout image ipc label_file links"
    + " mem_limit mem_reservation mem_swappiness memswap_limit network_mode networks pid platform ports profiles pull_policy restart runtime"
    + " secrets shm_size stop_grace_period stop_signal tmpfs ulimits volumes volumes_from";

/**
 * Where a variable's value is needed to load the project: paths, ports, references, sizes, durations. No mark stands
 * there even for a variable whose name looks like a secret's (`SECRETS_DIR`, `TOKEN_LIFETIME`).
 */
export const STRUCTURE = makeRules<true>(Object.fromEntries([
    "name", "version", "include", "networks.*.name", "networks.*.ipam", "volumes.*.name", "secrets.*.file", "secrets.*.environment",
    "configs.*.file", "configs.*.environment",
    ...["services.*", "jobs.*", "services.*.pre_start.*"].flatMap(prefix => SERVICE_KEYS.split(" ").map(key => `${prefix}.${key}`)),
].map(pattern => [pattern, true])));
