import { posix } from "node:path";

/** Where container engines and runtimes listen, by their own documentation, as root's and as a user's. */
const SOCKETS: readonly string[] = [
    "docker.sock", "docker/containerd/containerd.sock", "containerd/containerd.sock", "podman/podman.sock", "crio/crio.sock", "cri-dockerd.sock",
    "dockershim.sock", "k3s/containerd/containerd.sock", "buildkit/buildkitd.sock", "user/1000/docker.sock", "user/1000/podman/podman.sock",
].flatMap(name => [`/run/${name}`, `/var/run/${name}`]);
const SOCKET = /(?:^|\/)(?:docker|docker\.raw|dockershim|podman|containerd|crio|cri-dockerd|buildkitd|frakti)\.sock(?:\.ttrpc)?\}?$/;
const PIPE = /[\\/](?:docker_engine|docker_engine_windows|docker_engine_linux|dockerDesktopLinuxEngine|containerd-containerd|podman-machine-default)$/i;

/** What holds a host's secrets, decides what it runs, or is its kernel: CIS Docker 5.5 and what the engines and the kubelet keep. */
const SENSITIVE: readonly string[] = [
    "/bin", "/boot", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/proc", "/run/credentials", "/run/dbus", "/run/systemd", "/run/udev",
    "/sbin", "/sys", "/usr", "/var/lib/cloud", "/var/lib/containerd", "/var/lib/containers", "/var/lib/crio", "/var/lib/docker", "/var/lib/etcd",
    "/var/lib/kubelet", "/var/lib/rancher", "/var/log", "/var/run/dbus", "/var/run/systemd", "/var/spool/cron", "c:/windows", "c:/programdata", "c:/users",
];
/** Whole home directories, and what in them opens other machines. */
const HOME = /^(?:\/root|\/home|\/home\/[^/]+|\/Users|\/Users\/[^/]+)(?:\/(?:\.ssh|\.aws|\.azure|\.kube|\.docker|\.gnupg|\.netrc|\.config\/gcloud|\.password-store)(?:\/.*)?)?$/;
/** Public facts, which many programs read and nobody can misuse. */
const PUBLIC: readonly string[] = [
    "/etc/ca-certificates", "/etc/hostname", "/etc/hosts", "/etc/localtime", "/etc/os-release", "/etc/pki/ca-trust", "/etc/pki/tls/certs",
    "/etc/resolv.conf", "/etc/ssl/certs", "/etc/timezone", "/usr/lib/os-release", "/usr/local/share/ca-certificates", "/usr/share/ca-certificates",
    "/usr/share/zoneinfo",
];

/** A path as the kernel goes it: no `..`, no doubled or last slash; a variable that nobody filled in by its default. */
export function plainPath(source: string): string {
    const filled = source.replaceAll(/\$\{\w+:?-([^{}]*)\}/g, "$1");
    const slashed = /^[A-Za-z]:[\\/]|^\\\\/.test(filled) ? filled.replaceAll("\\", "/").toLowerCase() : filled;
    const path = slashed === "" ? "" : posix.normalize(slashed.replace(/^\/+/, "/").replace(/^~(?=\/|$)/, "/home/~"));
    return path.length > 1 ? path.replace(/\/+$/, "") : path;
}

/** Whether a path is a folder or below it; both as they were written. */
export function isWithin(folder: string, path: string): boolean {
    const base = plainPath(folder);
    const inner = plainPath(path);
    return base === "/" ? inner.startsWith("/") : base !== "" && (inner === base || inner.startsWith(`${base}/`));
}

/** Whether a path of the host is an engine's socket or has one below it. */
export function holdsEngineSocket(source: string): boolean {
    const path = plainPath(source);
    return SOCKET.test(path) || PIPE.test(path) || path === "/var" || SOCKETS.some(socket => isWithin(path, socket));
}

/**
 * Whether a path of the host, what is above it or below it, is one that nobody else should read.
 * @param readOnly whether it can only be read: some paths are public, but not for writing
 */
export function isSensitive(source: string, readOnly: boolean): boolean {
    const path = plainPath(source);
    if (path === "" || readOnly && PUBLIC.some(known => isWithin(known, path))) {
        return false;
    }
    return HOME.test(path) || /^[a-z]:$/.test(path) || SENSITIVE.some(known => isWithin(known, path) || isWithin(path, known));
}
