import { CAPABILITY_RULES } from "../../../../policies/rules/privilege/capability-groups";
import { ruleIn } from "../../../support/rules-by-id";
import { UNKNOWN, cronJob, deployment, docker, ruleTest, service, swarm } from "../../../support/rule-test";

const pod = (capabilities: object) => deployment("api", { containers: [{ name: "api", securityContext: { capabilities } }] });

/** By group: its capabilities, and what a message says of them. */
const GROUPS = {
    "capability-takes-host": [["ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_RAWIO"], "can run code on the host"],
    "capability-controls-kernel": [
        ["AUDIT_CONTROL", "AUDIT_READ", "BPF", "MAC_ADMIN", "MAC_OVERRIDE", "NET_ADMIN", "SYS_BOOT", "SYS_TTY_CONFIG"], "controls a part of the host's kernel",
    ],
    "capability-inspects-processes": [["CHECKPOINT_RESTORE", "DAC_READ_SEARCH", "SYS_PTRACE"], "reads what belongs to other processes and users"],
    "capability-sets-clock-or-traces": [["PERFMON", "SYS_TIME", "WAKE_ALARM"], "reaches the host's clock or its tracing"],
    "capability-starves-host": [
        ["BLOCK_SUSPEND", "IPC_LOCK", "LEASE", "SYS_NICE", "SYS_PACCT", "SYS_RESOURCE"], "can take memory and processors from the whole host",
    ],
    "capability-reads-kernel-log": [["SYSLOG"], "reads the kernel's log, with addresses of the kernel in it"],
} as const;
const EVERY: readonly string[] = Object.values(GROUPS).flatMap(([names]) => names);
const DEFAULT = ["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "NET_RAW", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"];

for (const [id, [names, power]] of Object.entries(GROUPS)) {
    const [first] = names;
    const message = (name: string) => `is given the capability ${name}, with which it ${power}`;
    ruleTest(ruleIn(CAPABILITY_RULES, id), {
        passes: {
            "silence": docker("api", {}),
            "what engines give, and what belongs to other groups": service({ cap_add: [...DEFAULT, ...EVERY.filter(name => !(names as readonly string[]).includes(name))] }),
            "what is dropped": pod({ drop: [first] }),
            "a Windows pod": deployment("api", { os: { name: "windows" }, containers: [{ name: "api", securityContext: { capabilities: { add: [first] } } }] }),
        },
        violates: {
            "every one of them": [docker("api", { capabilities: { adds: names } }), ...names.map(name => `container "api" ${message(name)}`)],
            "small letters and the long name": [service({ cap_add: [`cap_${first.toLowerCase()}`] }), `service "api" ${message(first)}`],
            "a Swarm service": [swarm("api", { capAdds: [first] }), `Swarm service "api" ${message(first)}`],
            "an init container": [
                cronJob("nightly", { containers: [{ name: "job" }], initContainers: [{ name: "init", securityContext: { capabilities: { add: [first] } } }] }),
                `init container "init" of CronJob "nightly" ${message(first)}`,
            ],
        },
        unknown: { "one beside another": [docker("api", { capabilities: { adds: [UNKNOWN, first] } }), `container "api" ${message(first)}`] },
    });
}

ruleTest(ruleIn(CAPABILITY_RULES, "raw-network-kept"), {
    passes: {
        "all dropped": docker("api", { capabilities: { drops: ["ALL"] } }),
        "it alone dropped": service({ cap_drop: ["net_raw"] }),
        "its long name in a pod": pod({ drop: ["CAP_NET_RAW"] }),
    },
    violates: {
        "silence": [docker("api", {}), 'container "api" may write raw packets (NET_RAW: not dropped)'],
        "others dropped": [service({ cap_drop: ["CHOWN"] }), 'service "api" may write raw packets (NET_RAW: not dropped)'],
        "small letters in a pod, which Kubernetes does not take": [pod({ drop: ["all"] }), 'container "api" of Deployment "api" may write raw packets (NET_RAW: not dropped)'],
        "it added back": [service({ cap_drop: ["ALL"], cap_add: ["NET_RAW"] }), 'service "api" may write raw packets (NET_RAW: added)'],
        "everything added back": [pod({ drop: ["ALL"], add: ["ALL"] }), 'container "api" of Deployment "api" may write raw packets (NET_RAW: added)'],
    },
    unknown: { "what is dropped": [docker("api", { capabilities: { drops: [UNKNOWN] } })], "what is added": [service({ cap_drop: ["ALL"], cap_add: UNKNOWN })] },
});
