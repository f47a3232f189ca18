import { deviceMounted } from "../../../../policies/rules/isolation/device-mounted";
import { UNKNOWN, deployment, docker, ruleTest, service } from "../../../support/rule-test";

ruleTest(deviceMounted, {
    passes: {
        "no device": docker("api", {}),
        "a Compose service": service({}),
        "a Deployment": deployment("api", { containers: [{ name: "api" }] }),
        "a pod's volumes that are none, or that nobody mounts": deployment("api", {
            containers: [{ name: "api", volumeMounts: [{ name: "shm", mountPath: "/dev/shm" }, { name: "srv", mountPath: "/srv" }] }],
            volumes: [{ name: "shm", hostPath: { path: "/dev/shm" } }, { name: "srv", hostPath: { path: "/srv" } }, { name: "kvm", hostPath: { path: "/dev/kvm" } }],
        }),
    },
    violates: {
        "a Docker container": [docker("api", { devices: [{ hostPath: "/dev/sda" }] }), 'container "api" is given the host\'s device /dev/sda'],
        "devices of a node": [
            deployment("api", {
                containers: [{ name: "api", volumeMounts: [{ name: "kvm", mountPath: "/dev/kvm" }, { name: "disk", mountPath: "/disk" }] }],
                volumes: [{ name: "kvm", hostPath: { path: "/dev/kvm" } }, { name: "disk", hostPath: { path: "/srv/disk", type: "BlockDevice" } }],
            }),
            'container "api" of Deployment "api" is given the host\'s device /dev/kvm', 'container "api" of Deployment "api" is given the host\'s device /srv/disk',
        ],
        "a rule for devices": [docker("api", { deviceCgroupRules: ["c 10:* rwm"] }), 'container "api" is given devices of the host by the rule "c 10:* rwm"'],
        "a rule of Compose's": [service({ device_cgroup_rules: ["a *:* rwm"] }), 'service "api" is given devices of the host by the rule "a *:* rwm"'],
        "both forms of Compose": [service({ devices: ["/dev/mem:/dev/mem:r", { source: "/dev/kmsg", target: "/dev/kmsg" }] }), 'service "api" is given the host\'s device /dev/mem', 'service "api" is given the host\'s device /dev/kmsg'],
    },
    unknown: {
        "one of a pod's volumes and mounts beside others": [
            deployment("api", { containers: [{ name: "api", volumeMounts: [UNKNOWN, { name: "kvm", mountPath: "/k" }] }], volumes: [UNKNOWN, { name: "x", hostPath: UNKNOWN }, { name: "kvm", hostPath: { path: "/dev/kvm" } }] }),
            'container "api" of Deployment "api" is given the host\'s device /dev/kvm',
        ],
        "one, and still refuses the other": [docker("api", { devices: [UNKNOWN, { hostPath: "/dev/sda" }] }), 'container "api" is given the host\'s device /dev/sda'],
    },
});

ruleTest(deviceMounted, {
    settings: { declared: ["/dev/net/tun", "c 10:200 rwm"] },
    passes: { "what is declared": service({ devices: ["/dev/net/tun"], device_cgroup_rules: ["c 10:200 rwm"] }) },
    violates: { "what is not": [service({ devices: ["/dev/net"] }), 'service "api" is given the host\'s device /dev/net'] },
});
