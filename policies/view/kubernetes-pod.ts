import { kubernetesContainer, kubernetesExposures } from "./kubernetes-container";
import { NotApplicable } from "./unfinished";
import type { Value } from "./value";
import type { Path } from "./unfinished";
import type { Pod } from "./kubernetes-container";
import type { ContainerView, Entry, ExposureView, HostMount, Origin, Seen, Subject, WorkloadView } from "./types";

/** Where each kind keeps its pod; by API group, so that a custom resource of the same kind is not taken for one. */
const PODS: Readonly<Record<string, readonly string[]>> = {
    "/Pod": [], "/PodTemplate": ["template"], "/ReplicationController": ["spec", "template"],
    "apps/Deployment": ["spec", "template"], "apps/StatefulSet": ["spec", "template"], "apps/DaemonSet": ["spec", "template"],
    "apps/ReplicaSet": ["spec", "template"], "batch/Job": ["spec", "template"],
    "batch/CronJob": ["spec", "jobTemplate", "spec", "template"],
    "extensions/Deployment": ["spec", "template"], "extensions/DaemonSet": ["spec", "template"],
    "extensions/ReplicaSet": ["spec", "template"], "argoproj.io/Rollout": ["spec", "template"],
    "apps.openshift.io/DeploymentConfig": ["spec", "template"],
    // The group was forgotten: the API server would refuse it, but what was meant is plain, and silence would pass for a verdict.
    "/Deployment": ["spec", "template"], "/StatefulSet": ["spec", "template"], "/DaemonSet": ["spec", "template"], "/ReplicaSet": ["spec", "template"],
    "/Job": ["spec", "template"], "/CronJob": ["spec", "jobTemplate", "spec", "template"],
};

const JOBS: ReadonlySet<string> = new Set(["batch/Job", "batch/CronJob", "/Job", "/CronJob"]);
/** The lists of a pod's containers and what a message calls each of them. */
const CONTAINERS = [["initContainers", "init container"], ["containers", "container"], ["ephemeralContainers", "ephemeral container"]] as const;

const PLACES: Readonly<Record<string, Path>> = {
    sysctls: ["securityContext", "sysctls"], hostMounts: ["volumes"], restart: ["restartPolicy"], hostPid: ["hostPID"], hostIpc: ["hostIPC"],
};

/** An object's pod as views see it; undefined where its kind has none. */
export function kubernetesWorkload(origin: Origin, root: Value, type: string, subject: Subject): WorkloadView | undefined {
    const way = PODS[type];
    if (way === undefined) {
        return undefined;
    }
    const pod = root.get(...way);
    const spec = pod.get("spec");
    const seen: Seen = {
        origin, subject,
        label: `pod of ${subject.kind} "${subject.name}"`,
        path: spec.path,
        place: property => [...spec.path, ...PLACES[property] ?? [property]],
    };
    const workload: WorkloadView = {
        ...seen,
        platform: "kubernetes", type, source: pod,
        get role() { return label(pod, "portcullis.role") ?? label(root, "portcullis.role"); },
        get job() { return JOBS.has(type) || (type === "/Pod" && (spec.get("restartPolicy").text ?? "Always") !== "Always"); },
        get hostNetwork() { return spec.get("hostNetwork").flag === true; },
        get hostPid() { return spec.get("hostPID").flag === true; },
        get hostIpc() { return spec.get("hostIPC").flag === true; },
        hostUts: false,
        get hostUsers() { return spec.get("hostUsers").flag === true; },
        get defaultBridge(): boolean { throw new NotApplicable(); },
        networks: [], joins: undefined,
        get hostMounts() { return hostMounts(spec); },
        get sysctls() { return namedValues(spec.get("securityContext", "sysctls")); },
        get restart() { return (spec.get("restartPolicy").text ?? "Always").toLowerCase(); },
        containerName: undefined,
        get containers() { return containers; },
    };
    const containers = podContainers(seen, workload, { root, pod, spec });
    return workload;
}

function podContainers(seen: Seen, workload: WorkloadView, pod: Pod): ContainerView[] {
    return CONTAINERS.flatMap(([list, word]) =>
        lazyList(pod.spec, list).map((container, at) => kubernetesContainer(seen, workload, pod, container, { word, at, list })));
}

/** The pod's host ports, of every container. */
export function podExposures(workload: WorkloadView, spec: Value): ExposureView[] {
    return CONTAINERS.flatMap(([list]) => lazyList(spec, list)).flatMap(container => kubernetesExposures(workload, container));
}

/** Where a pod's spec is in an object; undefined where its kind has none. */
export function podSpec(root: Value, type: string): Value | undefined {
    const way = PODS[type];
    return way === undefined ? undefined : root.get(...way).get("spec");
}

/** A spec that is itself unknown or malformed counts as one container that throws when read. */
function lazyList(spec: Value, list: string): readonly Value[] {
    if (!spec.known) {
        return list === "containers" ? [spec] : [];
    }
    return spec.get(list).items;
}

function label(object: Value, name: string): string | undefined {
    return object.get("metadata", "labels", name).text;
}

/** `{ name, value }` items. */
export function namedValues(list: Value): Entry[] {
    return list.items.map(item => ({
        get name() { return item.get("name").text ?? ""; },
        get value() { return item.get("value").text; },
        get secret() { return item.known && item.get("value").secret; },
        path: item.path,
    }));
}

function hostMounts(spec: Value): HostMount[] {
    const paths = spec.get("volumes").items.filter(volume => !volume.known || volume.get("hostPath").known && volume.get("hostPath").present);
    return paths.map(volume => ({
        get source() { return volume.get("hostPath", "path").text ?? ""; },
        get readOnly() { return mountedReadOnly(spec, volume.get("name").text ?? ""); },
        path: volume.path,
    }));
}

function mountedReadOnly(spec: Value, volume: string): boolean {
    const mounts = CONTAINERS.flatMap(([list]) => lazyList(spec, list))
        .flatMap(container => container.get("volumeMounts").items)
        .filter(mount => mount.get("name").text === volume);
    return mounts.length > 0 && mounts.every(mount => mount.get("readOnly").flag === true);
}
