import { hostPathMounted } from "../../../../policies/rules/isolation/host-path-mounted";
import { UNKNOWN, deployment, docker, ruleTest, service } from "../../../support/rule-test";

ruleTest(hostPathMounted, {
    passes: {
        "a Docker container that says nothing": docker("api", {}),
        "a named volume": service({ volumes: ["data:/data", { type: "volume", source: "data", target: "/d" }] }),
        "a tmpfs": docker("api", { mounts: [{ type: "tmpfs", target: "/tmp" }] }),
        "a Deployment with a claim": deployment("api", { containers: [{ name: "api" }], volumes: [{ name: "d", persistentVolumeClaim: { claimName: "d" } }] }),
    },
    violates: {
        "a writable path of a Docker container": [docker("api", { volumes: [{ hostPath: "/etc", containerPath: "/host" }] }), 'container "api" mounts the host\'s /etc, writable'],
        "a path in the field for names": [docker("api", { volumes: [{ volumeName: "/srv", containerPath: "/host" }] }), 'container "api" mounts the host\'s /srv, writable'],
        "two paths of a Compose service": [
            service({ volumes: ["./conf:/conf:ro", { type: "bind", source: "/srv", target: "/srv", read_only: true }] }),
            'service "api" mounts the host\'s ./conf', 'service "api" mounts the host\'s /srv',
        ],
        "a pod whose second container may write": [
            deployment("api", {
                containers: [{ name: "a", volumeMounts: [{ name: "h", mountPath: "/h", readOnly: true }] }, { name: "b", volumeMounts: [{ name: "h", mountPath: "/h" }] }],
                volumes: [{ name: "h", hostPath: { path: "/srv" } }],
            }),
            'pod of Deployment "api" mounts the host\'s /srv, writable',
        ],
    },
    unknown: {
        "one mount, and still refuses the other": [docker("api", { volumes: [{ hostPath: "/srv", containerPath: "/srv" }, { hostPath: UNKNOWN, containerPath: "/x" }] }), 'container "api" mounts the host\'s /srv, writable'],
    },
});

ruleTest(hostPathMounted, {
    settings: { declared: ["/srv/files"] },
    passes: {
        "a declared path": service({ volumes: ["/srv/files:/files"] }),
        "what is below a declared path": docker("api", { volumes: [{ hostPath: "/srv/files/a", containerPath: "/a" }] }),
    },
    violates: {
        "a path that only begins like a declared one": [service({ volumes: ["/srv/files2:/files"] }), 'service "api" mounts the host\'s /srv/files2, writable'],
        "a way out of a declared path": [service({ volumes: ["/srv/files/../../etc:/files"] }), 'service "api" mounts the host\'s /srv/files/../../etc, writable'],
    },
});
