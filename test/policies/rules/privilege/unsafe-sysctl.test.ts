import { unsafeSysctl } from "../../../../policies/rules/privilege/unsafe-sysctl";
import { UNKNOWN, compose, deployment, docker, ruleTest, service, together } from "../../../support/rule-test";

ruleTest(unsafeSysctl, {
    passes: {
        "none": docker("api", {}),
        "a safe one": docker("api", { sysctls: { "net.ipv4.ip_unprivileged_port_start": "0" } }),
        "what Docker keeps apart by namespace": together(docker("a", { sysctls: { "net.core.somaxconn": "1024", "kernel.msgmax": "1" } }), service({ sysctls: { "fs.mqueue.msg_max": 1 } })),
        "a safe one in Compose": service({ sysctls: ["net.ipv4.tcp_syncookies=1"] }),
        "a safe one of a pod, with slashes": deployment("api", { securityContext: { sysctls: [{ name: "net/ipv4/tcp_syncookies", value: "1" }] }, containers: [] }),
    },
    violates: {
        "a Docker container": [docker("api", { sysctls: { "kernel.core_pattern": "1" } }), 'container "api" sets the kernel parameter kernel.core_pattern'],
        "Compose": [service({ sysctls: { "vm.overcommit_memory": 1 } }), 'service "api" sets the kernel parameter vm.overcommit_memory'],
        "a parameter of the network that is the host's": [
            compose({ services: { api: { network_mode: "host", sysctls: ["net.core.somaxconn=1024"] } } }), 'service "api" sets the kernel parameter net.core.somaxconn',
        ],
        "one of the host's IPC": [docker("api", { ipcMode: "host", sysctls: { "fs.mqueue.msg_max": "1" } }), 'container "api" sets the kernel parameter fs.mqueue.msg_max'],
        "one that carries others": [
            deployment("api", { securityContext: { sysctls: [{ name: "kernel.shm_rmid_forced", value: "1+kernel.core_pattern=|/x #" }] }, containers: [] }),
            'pod of Deployment "api" sets the kernel parameter kernel.shm_rmid_forced to a value that can carry others (+ or =)',
        ],
        "a pod's own that Kubernetes does not call safe": [
            deployment("api", { securityContext: { sysctls: [{ name: "net.core.somaxconn", value: "1" }] }, containers: [] }), 'pod of Deployment "api" sets the kernel parameter net.core.somaxconn',
        ],
        "a pod": [deployment("api", { securityContext: { sysctls: [{ name: "kernel.shmmax", value: "1" }] }, containers: [] }), 'pod of Deployment "api" sets the kernel parameter kernel.shmmax'],
    },
    unknown: { "the parameters": [docker("api", { sysctls: UNKNOWN })] },
});

ruleTest(unsafeSysctl, {
    settings: { allowed: ["vm.overcommit_memory"] },
    passes: { "what is allowed": service({ sysctls: { "vm.overcommit_memory": 1 } }) },
    violates: { "what is not": [service({ sysctls: { "vm.swappiness": 1 } }), 'service "api" sets the kernel parameter vm.swappiness'] },
});
