import assert from "node:assert/strict";

import { HOST_PATH_RULES } from "../../../../policies/rules/isolation/host-paths";
import { holdsEngineSocket, isSensitive, isWithin, plainPath } from "../../../../policies/view/host-paths";
import { ruleIn } from "../../../support/rules-by-id";
import { UNKNOWN, deployment, docker, ruleTest, service, swarm } from "../../../support/rule-test";

const bind = (source: string, read_only = true) => service({ volumes: [{ type: "bind", source, target: "/x", read_only }] });
const pod = (path: string, ...readOnly: boolean[]) => deployment("api", {
    containers: readOnly.map((flag, at) => ({ name: `c${at}`, volumeMounts: [{ name: "v", mountPath: "/x", readOnly: flag }] })), volumes: [{ name: "v", hostPath: { path } }],
});
const POD = 'pod of Deployment "api"';

ruleTest(ruleIn(HOST_PATH_RULES, "sensitive-host-path"), {
    passes: {
        "none": docker("api", {}), "folders of the application's": service({ volumes: ["./conf:/conf:ro", "/srv/files:/files:ro", "~/shop:/shop:ro", "data:/etc"] }),
        "what only begins like one": bind("/etcetera"), "public facts": service({ volumes: ["/etc/localtime:/etc/localtime:ro", "/usr/share/zoneinfo:/z:ro", "/etc/ssl/certs/ca.pem:/ca:ro"] }),
        "a writable one, which another rule refuses": bind("/etc", false),
        "a path that is harmless, whether read-only or not": docker("api", { volumes: [{ hostPath: "/srv", containerPath: "/x", readOnly: UNKNOWN }] }),
    },
    violates: {
        "a folder below /etc": [bind("/etc/ssh"), 'service "api" reads the host\'s /etc/ssh'],
        "a slash at the end": [bind("/etc/"), 'service "api" reads the host\'s /etc/'],
        "the folder above the engine's": [bind("/var/lib"), 'service "api" reads the host\'s /var/lib'],
        "a detour": [bind("/srv/../etc"), 'service "api" reads the host\'s /srv/../etc'],
        "a home, and keys in another": [service({ volumes: ["~/.ssh:/keys:ro", "/home/ann:/home:ro"] }), 'service "api" reads the host\'s ~/.ssh', 'service "api" reads the host\'s /home/ann'],
        "Docker": [docker("api", { volumes: [{ hostPath: "/proc", containerPath: "/p", readOnly: true }] }), 'container "api" reads the host\'s /proc'],
        "a Swarm service": [swarm("api", { mounts: [{ type: "bind", source: "/var/log/audit", target: "/a", readOnly: true }] }), 'Swarm service "api" reads the host\'s /var/log/audit'],
        "a pod": [pod("/var/lib/kubelet/pods", true), `${POD} reads the host's /var/lib/kubelet/pods`],
        "a volume of the engine's that is a path": [
            docker("api", { mounts: [{ type: "volume", target: "/x", readOnly: true, volumeOptions: { driverOptions: { type: "none", o: "bind", device: "/etc" } } }] }), 'container "api" reads the host\'s /etc',
        ],
    },
    unknown: { "one beside another": [service({ volumes: [UNKNOWN, "/etc:/x:ro"] }), 'service "api" reads the host\'s /etc'] },
});

ruleTest(ruleIn(HOST_PATH_RULES, "sensitive-host-path-writable"), {
    passes: { "one that is only read": bind("/etc"), "another": service({ volumes: ["./data:/data"] }), "a pod that reads only": pod("/etc", true, true) },
    violates: {
        "the root": [bind("/", false), 'service "api" may write to the host\'s /'],
        "public facts": [service({ volumes: ["/etc/localtime:/etc/localtime"] }), 'service "api" may write to the host\'s /etc/localtime'],
        "a pod of which one container writes": [pod("/usr/local", true, false), `${POD} may write to the host's /usr/local`],
        "a disk of Windows": [service({ volumes: ["C:\\:/host"] }), 'service "api" may write to the host\'s C:\\'],
    },
    unknown: {
        "another mount, and another container": [
            deployment("api", { containers: [UNKNOWN, { name: "a", volumeMounts: [UNKNOWN, { name: "v", mountPath: "/x" }] }], volumes: [UNKNOWN, { name: "v", hostPath: { path: "/etc" } }] }), `${POD} may write to the host's /etc`,
        ],
        "what a volume is": [deployment("api", { containers: [], volumes: [{ name: "v", hostPath: UNKNOWN }] })],
        "whether it is read-only": [docker("api", { volumes: [{ hostPath: "/etc", containerPath: "/x", readOnly: UNKNOWN }] })],
    },
});

ruleTest(ruleIn(HOST_PATH_RULES, "host-path-writable"), {
    passes: { "one that is only read": bind("/srv"), "a named volume": service({ volumes: ["data:/data"] }), "a pod that reads only": pod("/srv", true) },
    violates: {
        "Compose": [service({ volumes: ["./data:/data"] }), 'service "api" may write to the host\'s ./data'],
        "a pod": [pod("/srv", false), `${POD} may write to the host's /srv`],
    },
    unknown: { "the path": [docker("api", { volumes: [{ hostPath: UNKNOWN, containerPath: "/x" }] })] },
});
ruleTest(ruleIn(HOST_PATH_RULES, "host-path-writable"), {
    settings: { declared: ["/srv/files", "./data"] },
    passes: { "what is below a declared one": service({ volumes: ["/srv/files/a:/a", "./data/b:/b"] }) },
    violates: { "ways out of them": [service({ volumes: ["/srv/files/../x:/a", "./data/../../etc:/b"] }), 'service "api" may write to the host\'s /srv/files/../x', 'service "api" may write to the host\'s ./data/../../etc'] },
});

describe("paths of a host", () => {
    it("are compared as the kernel goes them", () => {
        const given = ["/etc/", "//etc", "/a/./b/../c", "/", "", "~", "~/../../etc", "C:\\Users\\", String.raw`\\.\pipe\docker_engine`, "//./pipe/docker_engine", "${S:-/var/run/docker.sock}", "./a/../../b"];
        assert.deepEqual(given.map(plainPath), ["/etc", "/etc", "/a/c", "/", "", "/home/~", "/etc", "c:/users", "/pipe/docker_engine", "/pipe/docker_engine", "/var/run/docker.sock", "../b"]);
    });

    it("are within a folder, or not", () => {
        assert.deepEqual([["/", "/x"], ["/etc", "/etc"], ["/etc/", "/etc/ssh"], ["/etc", "/etcx"], ["/etc/ssh", "/etc"], ["/", "./x"]].map(([one = "", other = ""]) => isWithin(one, other)), [true, true, true, false, false, false]);
    });

    it("hold an engine's socket, by its name or by where it is", () => {
        const sockets = [
            "/", "/run", "/run/", "/var/run", "/var", "/run/docker.sock", "/run/user/1000/docker.sock", "/run/user/1000/podman", "/run/user", "/run/containerd", "/run/crio/crio.sock", "/var/run/crio",
            "/run/k3s", "/run/dockershim.sock", "/run/cri-dockerd.sock", "/somewhere/else/docker.sock", "/run/containerd/containerd.sock.ttrpc", "/run/buildkit", "//var/run/docker.sock", "/run/user/500/podman/podman.sock",
            String.raw`\\.\pipe\docker_engine`, "//./pipe/containerd-containerd", "${DOCKER_SOCK:-/var/run/docker.sock}", "/srv/../run/docker.sock", "${XDG_RUNTIME_DIR}/podman/podman.sock", "./docker.sock",
        ];
        const others = ["", "./run", "/run/mysqld/mysqld.sock", "/run/secrets", "/var/lib", "/running", "/srv/docker.sock.d/x", "docker.sock.txt", "/run/user/1000/bus"];
        assert.deepEqual(sockets.filter(path => !holdsEngineSocket(path)), []);
        assert.deepEqual(others.filter(holdsEngineSocket), []);
    });

    it("are the host's own, or not", () => {
        const own = ["/", "/etc", "/etc/shadow", "/proc/1", "/sys/fs/cgroup", "/dev/mem", "/boot", "/usr/bin", "/root", "/root/.ssh", "/home", "/home/a/.aws/credentials", "/Users/a", "~/.kube/config", "~/.config/gcloud", "/var", "/var/spool/cron", "c:/Windows/System32", "C:/"];
        const others = ["", "/srv", "/opt/app", "/home/a/app", "/mnt/disk", "/data/etc", "./etc", "~/app", "/root/app", "/var/lib/postgresql", "/run/secrets", "D:/data"];
        assert.deepEqual(own.filter(path => !isSensitive(path, false) || !isSensitive(path, true)), []);
        assert.deepEqual(others.filter(path => isSensitive(path, false)), []);
    });
});
