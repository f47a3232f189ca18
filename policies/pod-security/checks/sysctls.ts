import { aboutItems, faultsIn } from "../pod";
import { shown, textOf } from "../read";
import type { PodCheck } from "../check";
import type { Pod } from "../pod";
import type { Fault } from "../../view/unfinished";

/** Sysctls that touch the pod alone, by the minor version since which they count as such. */
const SAFE: readonly (readonly [since: number, names: readonly string[]])[] = [
    [0, ["kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_unprivileged_port_start"]],
    [27, ["net.ipv4.ip_local_reserved_ports"]],
    [29, ["net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes"]],
    [32, ["net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"]],
    [37, ["net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat"]],
];

function faults({ spec }: Pod, safe: ReadonlySet<string>): readonly Fault[] {
    return faultsIn(aboutItems(spec.path, () => spec.get("securityContext", "sysctls").items, sysctl => {
        const name = sysctl.get("name");
        return safe.has(textOf(name)) ? undefined : `sets the sysctl ${shown(name)}`;
    }));
}

/** Other sysctls change what other pods of the node share, or what protects them. */
export const sysctls: PodCheck = {
    id: "pod-security-sysctls",
    check: "sysctls",
    level: "baseline",
    severity: "medium",
    title: "No sysctl is set but those that touch the pod alone",
    fix: "take the sysctl out of securityContext.sysctls, or set it on the node",
    controls: ["SC-39"],
    revisions: SAFE.map(([since]) => {
        const safe = new Set(SAFE.flatMap(([from, names]) => from <= since ? names : []));
        return { since, faults: (pod: Pod) => faults(pod, safe) };
    }),
};
