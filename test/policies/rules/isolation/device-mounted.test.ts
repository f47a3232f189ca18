import { deviceMounted } from "../../../../policies/rules/isolation/device-mounted";
import { UNKNOWN, deployment, docker, ruleTest, service } from "../../../support/rule-test";

ruleTest(deviceMounted, {
    passes: {
        "no device": docker("api", {}),
        "a Compose service": service({}),
        "a Deployment": deployment("api", { containers: [{ name: "api" }] }),
    },
    violates: {
        "a Docker container": [docker("api", { devices: [{ hostPath: "/dev/sda" }] }), 'container "api" is given the host\'s device /dev/sda'],
        "both forms of Compose": [service({ devices: ["/dev/mem:/dev/mem:r", { source: "/dev/kmsg", target: "/dev/kmsg" }] }), 'service "api" is given the host\'s device /dev/mem', 'service "api" is given the host\'s device /dev/kmsg'],
    },
    unknown: { "one, and still refuses the other": [docker("api", { devices: [UNKNOWN, { hostPath: "/dev/sda" }] }), 'container "api" is given the host\'s device /dev/sda'] },
});

ruleTest(deviceMounted, {
    settings: { declared: ["/dev/net/tun"] },
    passes: { "what is declared": service({ devices: ["/dev/net/tun"] }) },
    violates: { "what is not": [service({ devices: ["/dev/net"] }), 'service "api" is given the host\'s device /dev/net'] },
});
