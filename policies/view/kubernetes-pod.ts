import { KubernetesContainer, kubernetesExposures } from "./kubernetes-container";
import { isJob, podTemplates } from "./kubernetes-kinds";
import { workflowTemplate } from "./kubernetes-workflow";
import { Remembering, rememberGetters } from "./remember";
import { anyHolds } from "./three-valued";
import { NotApplicable } from "./unfinished";
import { along } from "./way";
import type { Value } from "./value";
import type { Path } from "./unfinished";
import type { Slot } from "./kubernetes-container";
import type { ContainerView, Entry, ExposureView, HostMount, Origin, Subject, WorkloadView } from "./types";

/** The lists of a pod's containers and what a message calls each of them. */
const CONTAINERS = [["initContainers", "init container"], ["containers", "container"], ["ephemeralContainers", "ephemeral container"]] as const;

const PLACES: Readonly<Record<string, Path>> = {
    sysctls: ["securityContext", "sysctls"], hostMounts: ["volumes"], restart: ["restartPolicy"], hostPid: ["hostPID"], hostIpc: ["hostIPC"],
};

/** A container of a pod, what of its pod counts for it, and what it is there. */
export interface Listed {
    readonly container: Value;
    readonly spec: Value;
    readonly slot: Slot;
}

/** A pod as it is described somewhere. */
export interface Template {
    /** What has `metadata` and `spec`. */
    readonly pod: Value;
    readonly spec: Value;
    readonly listed: () => readonly Listed[];
    readonly volumes: () => readonly Value[];
}

/** The pods of an object as views see them; none where its kind is not known to have any. */
export function kubernetesWorkloads(origin: Origin, root: Value, type: string, subject: Subject): readonly WorkloadView[] {
    const workflow = workflowTemplate(root, type);
    const templates = workflow === undefined ? podTemplates(root, type).map(templateOf) : [workflow];
    return templates.map(template => new PodWorkload(origin, root, type, subject, template));
}

function templateOf(pod: Value): Template {
    // One that is not known stands for a spec that is not: the others beside it can be read.
    const spec = pod.known ? pod.get("spec") : pod;
    return {
        pod, spec,
        listed: () => CONTAINERS.flatMap(([list, word]) => lazyList(spec, list).map((container, at) => ({ container, spec, slot: { word, at, list } }))),
        volumes: () => spec.get("volumes").items,
    };
}

class PodWorkload extends Remembering implements WorkloadView {
    readonly platform = "kubernetes";
    readonly label: string;
    readonly hostUts = false;
    readonly networks = [];
    readonly joins = undefined;
    readonly containerName = undefined;
    readonly source: Value;
    readonly containers: readonly ContainerView[];

    constructor(readonly origin: Origin, private readonly root: Value, readonly type: string, readonly subject: Subject, private readonly template: Template) {
        super();
        this.label = `pod of ${subject.kind} "${subject.name}"`;
        this.source = template.pod;
        this.containers = template.listed().map(({ container, spec, slot }) =>
            new KubernetesContainer(this, this, { root, pod: template.pod, spec }, container, slot));
    }

    place(property: string): Path {
        return [...this.path, ...PLACES[property] ?? [property]];
    }

    private flag(key: string): boolean {
        return this.template.spec.get(key).flag === true;
    }

    get path() { return this.template.spec.path; }
    get role() { return label(this.source, "portcullis.role") ?? label(this.root, "portcullis.role"); }
    get job() { return isJob(this.type) || (this.type === "/Pod" && (this.template.spec.get("restartPolicy").text ?? "Always") !== "Always"); }
    get hostNetwork() { return this.flag("hostNetwork"); }
    get hostPid() { return this.flag("hostPID"); }
    get hostIpc() { return this.flag("hostIPC"); }
    get hostUsers() { return this.flag("hostUsers"); }
    get defaultBridge(): boolean { throw new NotApplicable(); }
    get hostMounts() { return hostMounts(this.template.volumes(), () => this.template.listed().map(({ container }) => container)); }
    get sysctls() { return namedValues(this.template.spec.get("securityContext", "sysctls")); }
    get restart() { return (this.template.spec.get("restartPolicy").text ?? "Always").toLowerCase(); }
}

rememberGetters(PodWorkload);

/** The pod's host ports, of every container. */
export function podExposures(workload: WorkloadView): ExposureView[] {
    return workload.containers.flatMap(container => kubernetesExposures(workload, container.source));
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

function hostMounts(volumes: readonly Value[], containers: () => readonly Value[]): HostMount[] {
    const paths = volumes.filter(volume => !volume.known || !volume.get("hostPath").known || volume.get("hostPath").present);
    return paths.map(volume => ({
        get source() { return volume.get("hostPath", "path").text ?? ""; },
        get readOnly() { return mountedReadOnly(containers(), volume); },
        path: volume.path,
    }));
}

/** Whether nobody may write to a volume: each mount of it is read-only, or there is none. */
function mountedReadOnly(containers: readonly Value[], volume: Value): boolean {
    const mounts = containers.flatMap(container => along(container, "volumeMounts").items);
    return !anyHolds(mounts.map(mount => () => mount.get("readOnly").flag !== true && mount.get("name").text === volume.get("name").text));
}
