import { unboundedTmpfs } from "../../../../policies/rules/resources/unbounded-tmpfs";
import { UNKNOWN, deployment, docker, ruleTest, service } from "../../../support/rule-test";

ruleTest(unboundedTmpfs, {
    passes: {
        "none": docker("api", {}),
        "a size": docker("api", { tmpfs: { "/tmp": "size=64m" }, mounts: [{ type: "tmpfs", target: "/run", tmpfsOptions: { sizeBytes: 1024 } }] }),
        "a size in Compose": service({ tmpfs: ["/tmp:size=64m"], volumes: [{ type: "tmpfs", target: "/run", tmpfs: { size: "1048576" } }] }),
        "a size of a pod": deployment("api", { containers: [{ name: "api", volumeMounts: [{ name: "t", mountPath: "/tmp" }] }], volumes: [{ name: "t", emptyDir: { medium: "Memory", sizeLimit: "64Mi" } }] }),
        "scratch space on disk": deployment("api", { containers: [{ name: "api", volumeMounts: [{ name: "t", mountPath: "/tmp" }] }], volumes: [{ name: "t", emptyDir: {} }] }),
    },
    violates: {
        "both forms of a Docker container": [
            docker("api", { tmpfs: { "/tmp": "" }, mounts: [{ type: "tmpfs", target: "/run" }] }),
            'container "api" has a tmpfs without a bound, /tmp (size: not set)', 'container "api" has a tmpfs without a bound, /run (size: not set)',
        ],
        "Compose": [service({ tmpfs: "/run" }), 'service "api" has a tmpfs without a bound, /run (size: not set)'],
        "the second container of a pod": [
            deployment("api", { containers: [{ name: "a" }, { name: "b", volumeMounts: [{ name: "t", mountPath: "/tmp" }] }], volumes: [{ name: "t", emptyDir: { medium: "Memory" } }] }),
            'container "b" of Deployment "api" has a tmpfs without a bound, /tmp (size: not set)',
        ],
    },
    unknown: { "one mount, and still refuses the other": [docker("api", { tmpfs: { "/tmp": "" }, mounts: [UNKNOWN] }), 'container "api" has a tmpfs without a bound, /tmp (size: not set)'] },
});
