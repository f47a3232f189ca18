/** For every check of a peer the rules here that find the same; one of them is enough. */
export type Mapping = Readonly<Record<string, readonly string[]>>;

const PORTS = ["port-on-all-addresses", "port-published", "exposed-workload"];
const CAPABILITIES = [
    "capability-added", "capability-takes-host", "capability-controls-kernel", "capability-inspects-processes", "capability-reads-kernel-log",
    "capability-sets-clock-or-traces", "capability-starves-host",
];
const HOST_PATHS = ["host-path-mounted", "host-path-volume", "host-path-writable", "sensitive-host-path", "sensitive-host-path-writable", "docker-socket-mounted"];
const SECRETS = ["secret-in-environment", "default-credential", "secret-in-command", "secret-in-label"];
const LOOSENED = ["seccomp-unconfined", "apparmor-unconfined", "selinux-loosened", "kernel-files-unmasked"];

export const COMPOSE_LINT: Mapping = {
    "CL-0001": ["docker-socket-mounted"], "CL-0002": ["privileged-container"], "CL-0003": ["new-privileges-allowed"], "CL-0004": ["latest-tag", "cached-image-taken"],
    "CL-0005": PORTS, "CL-0006": ["capabilities-not-dropped"], "CL-0007": ["writable-root"], "CL-0008": ["host-network"], "CL-0009": LOOSENED,
    "CL-0010": ["host-pid", "host-ipc", "host-uts", "user-namespace-host", "host-cgroup-namespace"], "CL-0011": CAPABILITIES, "CL-0013": HOST_PATHS,
    "CL-0014": ["logging-off", "unbounded-logs"], "CL-0016": ["device-mounted"], "CL-0017": ["shared-mount-propagation"], "CL-0018": ["root-user"],
    "CL-0019": ["unpinned-image"], "CL-0020": SECRETS, "CL-0021": SECRETS, "CL-0022": ["executable-tmpfs", "unbounded-tmpfs"], "CL-0024": CAPABILITIES,
    "CL-0025": HOST_PATHS, "CL-0026": ["no-memory-limit", "no-cpu-limit"], "CL-0027": CAPABILITIES, "CL-0028": CAPABILITIES, "CL-0029": CAPABILITIES, "CL-0030": CAPABILITIES,
};

/** Its other rules are about how a file looks. */
export const DCLINT: Mapping = {
    "service-image-require-explicit-tag": ["latest-tag"], "no-unbound-port-interfaces": PORTS, "no-duplicate-exported-ports": ["duplicate-published-port"],
    "no-duplicate-container-names": ["duplicate-container-name"], "no-build-and-image": ["build-and-image"], "no-version-field": ["compose-version-key"],
};

export const KICS: Mapping = {
    cgroup_not_default: ["cgroup-parent-set", "host-cgroup-namespace"],
    container_capabilities_unrestricted: ["capabilities-not-dropped", ...CAPABILITIES], container_traffic_not_bound_to_host_interface: PORTS,
    cpus_not_limited: ["no-cpu-limit"], default_seccomp_profile_disabled: ["seccomp-unconfined"], docker_socket_mounted_in_container: ["docker-socket-mounted"],
    healthcheck_not_set: ["no-health-check"], host_namespace_is_shared: ["host-pid"], memory_not_limited: ["no-memory-limit"], no_new_privileges_not_set: ["new-privileges-allowed"],
    pids_limit_not_set: ["no-process-limit"], privileged_containers_enabled: ["privileged-container"], privileged_ports_mapped_in_container: ["privileged-port", "low-port-in-container"],
    restart_policy_on_failure_not_set_to_5: ["unbounded-restart", "restart-tries-differ"], security_opt_not_set: ["security-context-not-declared"], shared_host_ipc_namespace: ["host-ipc"],
    shared_host_network_namespace: ["host-network"], shared_host_user_namespace: ["user-namespace-host"], shared_volumes_between_containers: ["shared-volume", "shared-host-folder"],
    // It takes the folder of a volume without a name for one of the host.
    volume_has_sensitive_host_directory: [...HOST_PATHS, "anonymous-volume"], volume_mounted_in_multiple_containers: ["shared-mount-propagation"],
};

/** Rules that make several checks are followed by what the message has to say. */
export const KICS_DOCKERFILE: Mapping = {
    add_instead_of_copy: ["add-instead-of-copy"], apk_add_using_local_cache_path: ["package-cache-kept: (apk)"],
    apt_get_install_lists_were_not_deleted: ["package-cache-kept: (apt"], apt_get_install_pin_version_not_defined: ["unpinned-package: (apt"],
    apt_get_missing_flags_to_avoid_manual_input: ["install-waits-for-input: (apt"], apt_get_not_avoiding_additional_packages: ["needless-packages"],
    changing_default_shell_using_run_command: ["untidy-dockerfile: changes the shell"], chown_flag_exists: ["copied-for-the-user"],
    copy_from_references_current_from_alias: ["unsound-stage"], copy_with_more_than_two_arguments_not_ending_with_slash: ["untidy-dockerfile: copies several"],
    curl_or_wget_instead_of_add: ["unverified-download"], exposing_port_22: ["ssh-port-exposed"], gem_install_without_version: ["unpinned-package: (gem"],
    healthcheck_instruction_missing: ["image-without-health-check"], image_version_not_explicit: ["latest-tag"], image_version_using_latest: ["latest-tag"],
    last_user_is_root: ["image-runs-as-root"], maintainer_instruction_being_used: ["untidy-dockerfile: names its maintainer"],
    missing_dnf_clean_all: ["package-cache-kept: dnf)"], missing_flag_from_dnf_install: ["install-waits-for-input: dnf install"],
    missing_user_instruction: ["image-runs-as-root"], missing_version_specification_in_dnf_install: ["unpinned-package: dnf:"],
    missing_zypper_clean: ["package-cache-kept: (zypper)"], missing_zypper_non_interactive_switch: ["install-waits-for-input: (zypper"],
    multiple_cmd_instructions_listed: ["start-command-overridden"], multiple_entrypoint_instructions_listed: ["start-command-overridden"],
    multiple_run_add_copy_instructions_listed: ["untidy-dockerfile: two steps"], not_using_json_in_cmd_and_entrypoint_arguments: ["start-command-in-shell"],
    npm_install_without_pinned_version: ["unpinned-package: (npm"], pip_install_keeping_cached_packages: ["package-cache-kept: (p"],
    run_command_cd_instead_of_workdir: ["relative-work-directory"], run_using_apt: ["interactive-package-tool"], run_using_sudo: ["sudo-in-build"],
    run_using_wget_and_curl: ["untidy-dockerfile: both curl"], run_utilities_and_posix_commands: ["untidy-dockerfile: nothing to do"],
    same_alias_in_different_froms: ["unsound-stage"], shell_running_a_pipe_without_pipefail_flag: ["pipe-failure-ignored"],
    unix_ports_out_of_range: ["exposed-port-invalid"], unpinned_package_version_in_apk_add: ["unpinned-package: (apk"],
    unpinned_package_version_in_pip_install: ["unpinned-package: (p"], update_instruction_alone: ["package-index-alone"],
    using_platform_with_from: ["untidy-dockerfile: one platform"], using_unnamed_build_stages: ["unsound-stage"],
    workdir_path_not_absolute: ["relative-work-directory"], yum_clean_all_missing: ["package-cache-kept: (yum)"],
    yum_install_allows_manual_input: ["install-waits-for-input: (yum"], yum_install_without_version: ["unpinned-package: (yum"],
    zypper_install_without_version: ["unpinned-package: (zypper"],
};
