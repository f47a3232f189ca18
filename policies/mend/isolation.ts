import { pointedMend, remove, removalMend, set, workloadMend, containerMend, type Found, type Mend } from "./mend";
import { Value } from "../view/value";
import type { Edit } from "./edits";
import type { WorkloadView } from "../view/types";
import type { Path } from "../view/unfinished";

const NEEDS_HOST = "a program that works on the host through it fails";

/** Mends of what stands between a container and its host. */
export const ISOLATION_MENDS: Readonly<Record<string, Mend>> = {
    "host-network": namespaceMend("hostNetwork"),
    "host-pid": namespaceMend("hostPid"),
    "host-ipc": namespaceMend("hostIpc"),
    "host-uts": namespaceMend("hostUts"),
    "device-mounted": removalMend({ breaks: NEEDS_HOST }, ["compose", "docker"]),
    "docker-socket-mounted": workloadMend({ breaks: NEEDS_HOST }, withoutMount),
    "host-cgroup-namespace": removalMend({ breaks: NEEDS_HOST }, ["compose", "docker"]),
    "cgroup-parent-set": removalMend({ breaks: "what is set for that group no longer holds" }, ["compose", "docker"]),
    "shared-process-namespace": removalMend({ breaks: "a program that signals or watches one beside it fails" }, ["compose", "docker", "kubernetes"]),
    "user-namespace-not-requested": pointedMend({ breaks: "a node without user namespaces refuses the pod" }, { kubernetes: false }),
    "shared-mount-propagation": workloadMend({ breaks: "mounts that one side makes no longer appear on the other" }, privateMount),
    "host-path-writable": workloadMend({ breaks: "a program that writes there fails" }, readOnly),
    "sensitive-host-path-writable": workloadMend({ breaks: "a program that writes there fails" }, readOnly),
    "host-aliases-set": removalMend({ breaks: "a program that looks for the name elsewhere finds nothing" }, ["kubernetes"]),
    "host-gateway-alias": removalMend({ breaks: "a program that looks for its host by the name finds nothing" }, ["compose", "docker"]),
    "executable-tmpfs": containerMend({ breaks: "a program that unpacks another one there fails" }, ({ source, path }, { at }) => {
        const options = valueAt(source, path, at);
        return typeof options.plain === "string" ? [set(at, withoutExec(options.plain))] : [];
    }),
};

/** A namespace of the host's is given back: the key goes on Docker, Kubernetes is told no. */
function namespaceMend(property: string): Mend {
    return workloadMend({ breaks: NEEDS_HOST }, (workload, { platform }) => platform === "swarm" ? []
        : [platform === "kubernetes" ? set(workload.place(property), false) : remove(workload, workload.place(property))]);
}

/** A mount goes; a pod's volume goes with all mounts of it. */
export function withoutMount(workload: WorkloadView, { platform, at }: Found): readonly Edit[] {
    return platform === "kubernetes" ? [remove(workload, at), ...mountsOf(workload, at).map(path => remove(workload, path))] : [remove(workload, at)];
}

/** Where a pod's containers mount the volume at a path. */
export function mountsOf(workload: WorkloadView, at: Path): readonly Path[] {
    const spec = workload.source.get("spec");
    const name = spec.get("volumes").items.find(volume => volume.path.join("\n") === at.join("\n"))?.get("name").text;
    return workload.containers.flatMap(container => container.source.get("volumeMounts").items)
        .filter(mount => name !== undefined && mount.get("name").text === name).map(mount => mount.path);
}

/** The value at a path of the document, read from the part of it that a view has. */
export function valueAt(source: Value, base: Path, at: Path): Value {
    return at.slice(base.length).reduce<Value>((value, step) => typeof step === "number" ? value.items[step] ?? new Value(undefined, at) : value.get(step), source);
}

/** `noexec` takes the place of `exec`, and so on, which Docker's default would be anyway: it is said for those who read it. */
function withoutExec(options: string): string {
    return options.replaceAll(/(^|[:,])(exec|suid|dev)(?=,|$)/g, "$1no$2");
}

/** A mount can still be read from: of a pod's volume, each of its mounts. */
function readOnly(workload: WorkloadView, { platform, at }: Found): readonly Edit[] {
    if (platform === "kubernetes") {
        return mountsOf(workload, at).map(mount => set([...mount, "readOnly"], true));
    }
    const mount = valueAt(workload.source, workload.path, at);
    if (mount.isMapping) {
        return [set([...at, platform === "compose" ? "read_only" : "readOnly"], true)];
    }
    const [, path = "", options] = /^((?:[A-Za-z]:[\\/])?[^:]*:[^:]*)(?::([^:]*))?$/.exec(mount.text ?? "") ?? [];
    const others = (options ?? "").split(",").filter(option => option !== "" && option !== "rw");
    return path === "" || mount.text?.includes("$") === true ? [] : [set(at, `${path}:${[...others, "ro"].join(",")}`)];
}

/** Silence means that mounts do not pass. */
function privateMount(workload: WorkloadView, { platform, at }: Found): readonly Edit[] {
    const mount = platform === "kubernetes" ? undefined : valueAt(workload.source, workload.path, at);
    if (mount?.isMapping === false) {
        return [set(at, (mount.text ?? "").replaceAll(/(?<=[:,])r?(?:shared|slave)(?=,|$)/g, "").replaceAll(/(?<=[:,]),|[:,]$/g, ""))];
    }
    const keys = platform === "kubernetes" ? ["mountPropagation"] : platform === "compose" ? ["bind", "propagation"] : ["bindOptions", "propagation"];
    return [remove({ path: at }, [...at, ...keys])];
}
