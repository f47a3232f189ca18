import { containerRule, each, some } from "../../rule";
import type { Rule, Severity } from "../../rule";

/** Capabilities that come to the same, as capabilities(7) describes them. */
interface Group {
    readonly id: string;
    readonly severity: Severity;
    readonly names: readonly string[];
    readonly title: string;
    /** What follows "is given the capability X, with which it ". */
    readonly power: string;
    readonly benchmarks: readonly string[];
}

const GROUPS: readonly Group[] = [
    {
        id: "capability-takes-host", severity: "critical", names: ["ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_RAWIO"],
        title: "No container is given a capability with which it can run code on the host", power: "can run code on the host",
        benchmarks: ["CIS Docker 5.4", "CIS Kubernetes 5.2.9", "PSS baseline: Capabilities", "NIST SP 800-190 4.4.3"],
    },
    {
        id: "capability-controls-kernel", severity: "high",
        names: ["AUDIT_CONTROL", "AUDIT_READ", "BPF", "MAC_ADMIN", "MAC_OVERRIDE", "NET_ADMIN", "SYS_BOOT", "SYS_TTY_CONFIG"],
        title: "No container is given control of a part of the host's kernel: network, start, audit or access control",
        power: "controls a part of the host's kernel",
        benchmarks: ["CIS Docker 5.4", "CIS Kubernetes 5.2.9", "PSS baseline: Capabilities"],
    },
    {
        id: "capability-inspects-processes", severity: "medium", names: ["CHECKPOINT_RESTORE", "DAC_READ_SEARCH", "SYS_PTRACE"],
        title: "No container can read other processes or files that are not its own", power: "reads what belongs to other processes and users",
        benchmarks: ["CIS Docker 5.4", "CIS Kubernetes 5.2.9", "PSS baseline: Capabilities"],
    },
    {
        id: "capability-sets-clock-or-traces", severity: "high", names: ["PERFMON", "SYS_TIME", "WAKE_ALARM"],
        title: "No container can set the host's clock or trace the host", power: "reaches the host's clock or its tracing",
        benchmarks: ["CIS Docker 5.4", "CIS Kubernetes 5.2.9", "PSS baseline: Capabilities"],
    },
    {
        id: "capability-starves-host", severity: "medium", names: ["BLOCK_SUSPEND", "IPC_LOCK", "LEASE", "SYS_NICE", "SYS_PACCT", "SYS_RESOURCE"],
        title: "No container can put itself before everything else on the host", power: "can take memory and processors from the whole host",
        benchmarks: ["CIS Docker 5.4", "CIS Kubernetes 5.2.9", "PSS baseline: Capabilities"],
    },
    {
        id: "capability-reads-kernel-log", severity: "high", names: ["SYSLOG"],
        title: "No container can read the kernel's log", power: "reads the kernel's log, with addresses of the kernel in it",
        benchmarks: ["CIS Docker 5.4", "CIS Kubernetes 5.2.9", "PSS baseline: Capabilities"],
    },
];

const GROUP_RULES: readonly Rule[] = GROUPS.map(({ id, severity, names, title, power, benchmarks }) => containerRule({
    id, severity, title, benchmarks,
    fix: "take the capability out; if the program cannot do without, give it to a program of its own that does nothing else",
    controls: ["SC-39"],
    property: "addedCapabilities",
    check: container => each(container.addedCapabilities, ({ text }) => names.includes(text) ? `is given the capability ${text}, with which it ${power}` : undefined),
}));

/** Engines give the right to forge packets to everybody; it is the least that has to be dropped. */
const rawNetworkKept = containerRule({
    id: "raw-network-kept",
    severity: "medium",
    title: "No container can write packets of its own making",
    fix: "drop ALL, or at least NET_RAW, and do not add it back",
    benchmarks: ["CIS Docker 5.4", "CIS Kubernetes 5.2.8"],
    controls: ["SC-39"],
    // Whatever breaks it breaks capabilities-not-dropped or capability-added too.
    optional: true,
    property: "droppedCapabilities",

    check(container) {
        if (some(container.addedCapabilities, ({ text }) => text === "NET_RAW" || text === "ALL")) {
            return { message: "may write raw packets (NET_RAW: added)", at: container.place("addedCapabilities") };
        }
        return some(container.droppedCapabilities, ({ text }) => text === "NET_RAW" || text === "CAP_NET_RAW" || text === "ALL") ? undefined : "may write raw packets (NET_RAW: not dropped)";
    },
});

export const CAPABILITY_RULES: readonly Rule[] = [...GROUP_RULES, rawNetworkKept];
