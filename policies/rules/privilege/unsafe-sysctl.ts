import { each, textsOf, workloadRule } from "../../rule";

/** Some kernel parameters are the whole host's, whoever sets them. */
export const unsafeSysctl = workloadRule({
    id: "unsafe-sysctl",
    severity: "medium",
    title: "Only kernel parameters of the container's own are set",
    fix: "take the parameter out; set it on the host if the host needs it",
    benchmarks: ["PSS baseline: Sysctls"],
    controls: ["SC-39"],
    property: "sysctls",
    parameters: {
        allowed: { type: "array", items: { type: "string" }, default: [], description: "kernel parameters that may be set beside those that are safe" },
    },

    check(workload, settings) {
        const allowed = new Set([...SAFE, ...textsOf(settings, "allowed")]);
        return each(workload.sysctls, sysctl => allowed.has(sysctl.name.replaceAll("/", ".")) ? undefined : `sets the kernel parameter ${sysctl.name}`);
    },
});

/** Kernel parameters that a namespace keeps to itself: those that Kubernetes calls safe. */
const SAFE: readonly string[] = [
    "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start", "net.ipv4.tcp_syncookies",
    "net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
];
