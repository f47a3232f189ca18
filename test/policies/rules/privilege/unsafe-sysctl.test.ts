import { unsafeSysctl } from "../../../../policies/rules/privilege/unsafe-sysctl";
import { UNKNOWN, deployment, docker, ruleTest, service } from "../../../support/rule-test";

ruleTest(unsafeSysctl, {
    passes: {
        "none": docker("api", {}),
        "a safe one": docker("api", { sysctls: { "net.ipv4.ip_unprivileged_port_start": "0" } }),
        "a safe one in Compose": service({ sysctls: ["net.ipv4.tcp_syncookies=1"] }),
        "a safe one of a pod, with slashes": deployment("api", { securityContext: { sysctls: [{ name: "net/ipv4/tcp_syncookies", value: "1" }] }, containers: [] }),
    },
    violates: {
        "a Docker container": [docker("api", { sysctls: { "kernel.msgmax": "1" } }), 'container "api" sets the kernel parameter kernel.msgmax'],
        "Compose": [service({ sysctls: { "net.core.somaxconn": 1024 } }), 'service "api" sets the kernel parameter net.core.somaxconn'],
        "a pod": [deployment("api", { securityContext: { sysctls: [{ name: "kernel.shmmax", value: "1" }] }, containers: [] }), 'pod of Deployment "api" sets the kernel parameter kernel.shmmax'],
    },
    unknown: { "the parameters": [docker("api", { sysctls: UNKNOWN })] },
});

ruleTest(unsafeSysctl, {
    settings: { allowed: ["net.core.somaxconn"] },
    passes: { "what is allowed": service({ sysctls: { "net.core.somaxconn": 1024 } }) },
    violates: { "what is not": [service({ sysctls: { "kernel.msgmax": 1 } }), 'service "api" sets the kernel parameter kernel.msgmax'] },
});
