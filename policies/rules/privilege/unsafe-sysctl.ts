import { each, textsOf, workloadRule } from "../../rule";
import type { WorkloadView } from "../../view/types";

/** Some kernel parameters are the whole host's, whoever sets them. */
export const unsafeSysctl = workloadRule({
    id: "unsafe-sysctl",
    severity: "medium",
    title: "Only kernel parameters of the container's own are set",
    fix: "take the parameter out; set it on the host if the host needs it",
    benchmarks: ["PSS baseline: Sysctls", "Docker: docker container run, --sysctl"],
    controls: ["SC-39"],
    property: "sysctls",
    parameters: {
        allowed: { type: "array", items: { type: "string" }, default: [], description: "kernel parameters that may be set beside those that are safe" },
    },

    check(workload, settings) {
        const allowed = new Set([...SAFE, ...textsOf(settings, "allowed")]);
        const own = workload.platform === "kubernetes" ? () => false : (name: string) => isOwn(workload, name);
        return each(workload.sysctls, sysctl => {
            const { name } = sysctl;
            const dotted = name.replaceAll("/", ".");
            if (!allowed.has(dotted) && !own(dotted)) {
                return `sets the kernel parameter ${name}`;
            }
            // CVE-2022-0811: a runtime that joins parameters with these lets one bring others along.
            return workload.platform === "kubernetes" && /[+=]/.test(sysctl.value ?? "") ? `sets the kernel parameter ${name} to a value that can carry others (+ or =)` : undefined;
        });
    },
});

/** Docker sets only what a namespace of the container's keeps to itself; those that it shares with the host are the host's. */
function isOwn(workload: WorkloadView, name: string): boolean {
    return name.startsWith("net.") ? !workload.hostNetwork : IPC.test(name) && !workload.hostIpc;
}

/** What an IPC namespace keeps to itself, as Docker lists it. */
const IPC = /^(?:kernel\.(?:msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced)|fs\.mqueue\..+)$/;

/** Kernel parameters that a namespace keeps to itself: those that Kubernetes calls safe. */
const SAFE: readonly string[] = [
    "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start", "net.ipv4.tcp_syncookies",
    "net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
    "net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat",
];
