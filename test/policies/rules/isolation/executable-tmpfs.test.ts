import { executableTmpfs } from "../../../../policies/rules/isolation/executable-tmpfs";
import { UNKNOWN, deployment, docker, ruleTest, service } from "../../../support/rule-test";

ruleTest(executableTmpfs, {
    passes: {
        "none": docker("api", {}),
        "the engine's default": docker("api", { tmpfs: { "/tmp": "" } }),
        "an explicit no": service({ tmpfs: ["/tmp:size=64m,exec,noexec"] }),
        "the long form": service({ volumes: [{ type: "tmpfs", target: "/tmp" }] }),
        "a pod, which has no such option": deployment("api", { containers: [{ name: "api", volumeMounts: [{ name: "t", mountPath: "/tmp" }] }], volumes: [{ name: "t", emptyDir: { medium: "Memory" } }] }),
    },
    violates: {
        "a Docker container": [docker("api", { tmpfs: { "/tmp": "rw,exec" } }), 'container "api" may run programs from its tmpfs /tmp (exec)'],
        "other options": [docker("api", { tmpfs: { "/tmp": "suid,dev,exec", "/run": "dev" } }), 'container "api" may run programs from its tmpfs /tmp (exec, suid, dev)', 'container "api" has a tmpfs /run without its usual protection (dev)'],
        "options that were taken back, but one": [service({ tmpfs: ["/tmp:exec,suid,noexec"] }), 'service "api" has a tmpfs /tmp without its usual protection (suid)'],
        "one text of Compose": [service({ tmpfs: "/run:exec,size=1m" }), 'service "api" may run programs from its tmpfs /run (exec)'],
    },
    unknown: { "the options": [docker("api", { tmpfs: { "/tmp": UNKNOWN } })] },
});
