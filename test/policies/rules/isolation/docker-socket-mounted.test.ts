import { dockerSocketMounted } from "../../../../policies/rules/isolation/docker-socket-mounted";
import { UNKNOWN, deployment, docker, ruleTest, service, swarm } from "../../../support/rule-test";

const MOUNTS = (source: string) => `mounts ${source}, which holds the socket of a container engine`;

ruleTest(dockerSocketMounted, {
    passes: {
        "a Docker container without mounts": docker("api", {}),
        "a named volume": docker("api", { volumes: [{ volumeName: "data", containerPath: "/var/run/docker.sock" }] }),
        "a socket of a database": service({ volumes: ["/run/mysqld/mysqld.sock:/run/mysqld/mysqld.sock"] }),
        "a Deployment with scratch space": deployment("api", { containers: [{ name: "api" }], volumes: [{ name: "tmp", emptyDir: {} }] }),
    },
    violates: {
        "a Docker container's volume": [docker("api", { volumes: [{ hostPath: "/var/run/docker.sock", containerPath: "/s", readOnly: true }] }), `container "api" ${MOUNTS("/var/run/docker.sock")}`],
        "a Docker container's mount": [docker("api", { mounts: [{ type: "bind", source: "/run/podman/podman.sock", target: "/s" }] }), `container "api" ${MOUNTS("/run/podman/podman.sock")}`],
        "a folder that holds it": [docker("api", { mounts: [{ type: "bind", source: "/var/run/", target: "/host" }] }), `container "api" ${MOUNTS("/var/run/")}`],
        "one by a detour": [service({ volumes: ["/srv/../run/docker.sock:/s"] }), `service "api" ${MOUNTS("/srv/../run/docker.sock")}`],
        "one by a variable that nobody filled in": [service({ volumes: [{ type: "bind", source: "${SOCK:-/var/run/docker.sock}", target: "/s" }] }), `service "api" ${MOUNTS("${SOCK:-/var/run/docker.sock}")}`],
        "one by a variable, in the short form": [service({ volumes: ["${SOCK:-/var/run/docker.sock}:/s", "$RUN/docker.sock:/t"] }), `service "api" ${MOUNTS("${SOCK:-/var/run/docker.sock}")}`, `service "api" ${MOUNTS("$RUN/docker.sock")}`],
        "the folder of another engine": [service({ volumes: ["/run/crio:/run/crio"] }), `service "api" ${MOUNTS("/run/crio")}`],
        "one by a volume of the engine's": [
            docker("api", { mounts: [{ type: "volume", target: "/s", volumeOptions: { driverOptions: { type: "none", o: "bind", device: "/run/docker.sock" } } }] }), `container "api" ${MOUNTS("/run/docker.sock")}`,
        ],
        "a Swarm service": [swarm("api", { mounts: [{ type: "bind", source: "/var/run/docker.sock", target: "/s" }] }), `Swarm service "api" ${MOUNTS("/var/run/docker.sock")}`],
        "the short form of Compose, read-only": [service({ volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro"] }), `service "api" ${MOUNTS("/var/run/docker.sock")}`],
        "the long form of Compose": [service({ volumes: [{ type: "bind", source: "/var/run/docker.sock", target: "/s" }] }), `service "api" ${MOUNTS("/var/run/docker.sock")}`],
        "the pipe of an engine on Windows": [service({ volumes: [{ type: "npipe", source: String.raw`\\.\pipe\docker_engine`, target: "/s" }] }), `service "api" ${MOUNTS(String.raw`\\.\pipe\docker_engine`)}`],
        "a Deployment that does not even mount its volume": [
            deployment("api", { containers: [{ name: "api" }], volumes: [{ name: "s", hostPath: { path: "/run/containerd/containerd.sock" } }] }),
            `pod of Deployment "api" ${MOUNTS("/run/containerd/containerd.sock")}`,
        ],
    },
    unknown: {
        "one mount, and still refuses the other": [
            docker("api", { volumes: [UNKNOWN, { hostPath: "/var/run/docker.sock", containerPath: "/s" }] }),
            `container "api" ${MOUNTS("/var/run/docker.sock")}`,
        ],
    },
});
