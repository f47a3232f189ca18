import { capabilities, positive, texts } from "./engine";
import { wordsOf } from "./docker";
import { Remembering, rememberGetters } from "./remember";
import { anyHolds } from "./three-valued";
import { NotApplicable, Unknown } from "./unfinished";
import { along, maybe } from "./way";
import { isKnownWindows } from "./windows";
import type { Value } from "./value";
import type { Path } from "./unfinished";
import type { ContainerView, Entry, ExposureView, Item, Seen, Tmpfs, WorkloadView } from "./types";

const CONTEXT = "securityContext";
const PLACES: Readonly<Record<string, Path>> = {
    privileged: [CONTEXT, "privileged"], user: [CONTEXT, "runAsUser"], nonRootRequired: [CONTEXT, "runAsNonRoot"],
    readOnlyRoot: [CONTEXT, "readOnlyRootFilesystem"], addedCapabilities: [CONTEXT, "capabilities", "add"],
    droppedCapabilities: [CONTEXT, "capabilities", "drop"], noNewPrivileges: [CONTEXT, "allowPrivilegeEscalation"],
    seccomp: [CONTEXT, "seccompProfile"], apparmor: [CONTEXT, "appArmorProfile"], selinux: [CONTEXT, "seLinuxOptions"],
    memoryLimited: ["resources", "limits", "memory"], cpuLimited: ["resources", "limits", "cpu"],
    healthCheck: ["livenessProbe"], environment: ["env"], arguments: ["command"],
};

/** What the views of a pod's containers read from. */
export interface Pod {
    readonly root: Value;
    readonly pod: Value;
    readonly spec: Value;
}

/** What a container is in its pod. */
export interface Slot {
    readonly word: string;
    readonly at: number;
    readonly list: string;
    /** How it is called where it has no name of its own. */
    readonly name?: string;
}

/** One container of a pod; what the pod says for all of them counts where the container is silent. */
export class KubernetesContainer extends Remembering implements ContainerView {
    readonly origin: Seen["origin"];
    readonly subject: Seen["subject"];
    readonly label: string;
    readonly seccompByDefault = false;
    private readonly name: string;

    constructor(pod: Seen, readonly workload: WorkloadView, private readonly parts: Pod, readonly source: Value, private readonly at: Slot) {
        super();
        this.name = nameOf(source, at);
        this.origin = pod.origin;
        this.subject = { ...pod.subject, container: this.name };
        this.label = `${at.word} "${this.name}" of ${pod.subject.kind} "${pod.subject.name}"`;
    }

    place(property: string): Path {
        return [...this.source.path, ...PLACES[property] ?? [property]];
    }

    private context(...keys: readonly string[]): Value {
        return inherited(this.parts, this.source, keys);
    }

    /** The container's own context; throws on Windows, which has none of what is in it but the user that it runs as. */
    private get own(): Value {
        return linux(this.parts) && this.source.get(CONTEXT);
    }

    get path() { return this.source.path; }
    get slot() { return slotOf(known(this.source), this.at); }
    get image() { return this.source.get("image").text; }
    get privileged() { return this.own.get("privileged").flag === true; }
    get user() { linux(this.parts); return this.context("runAsUser").text; }
    get nonRootRequired() { return this.context("runAsNonRoot").flag === true; }
    get readOnlyRoot() { return this.own.get("readOnlyRootFilesystem").flag; }
    get addedCapabilities() { return capabilities(this.own.get("capabilities", "add")); }
    // As written: Kubernetes' own check takes `all` for a capability of that name.
    get droppedCapabilities() { return texts(this.own.get("capabilities", "drop")); }
    get noNewPrivileges() { return not(this.own.get("allowPrivilegeEscalation").flag); }
    get seccomp() { linux(this.parts); return seccomp(this.context("seccompProfile")); }
    get apparmor() { linux(this.parts); return apparmor(this.context("appArmorProfile")) ?? apparmorAnnotation(this.parts, this.name); }
    get selinux() { linux(this.parts); return this.context("seLinuxOptions", "type").text; }
    get memoryLimited() { return limited(this.parts, this.source, this.at, "memory"); }
    get cpuLimited() { return limited(this.parts, this.source, this.at, "cpu"); }
    get processLimited(): boolean { throw new NotApplicable("the kubelet's podPidsLimit bounds processes"); }
    get environment() { return variables(this.source.get("env")); }
    get arguments() { return [...wordsOf(this.source.get("command")), ...wordsOf(this.source.get("args"))]; }
    get labels() { return this.at.at === 0 && this.at.list === "containers" ? metadata(this.parts) : []; }
    get tmpfs() { return memoryVolumes(this.parts.spec, this.source); }
    get devices() { return devices(this.parts.spec, this.source); }
    get healthCheck() { return healthCheck(this.source, this.at, this.workload); }
    get boundedLogs(): boolean { throw new NotApplicable("the kubelet rotates logs"); }
}

rememberGetters(KubernetesContainer);

/** Ports that a container takes on its node. */
export function kubernetesExposures(workload: WorkloadView, container: Value): ExposureView[] {
    const name = container.known && container.isMapping && container.get("name").known ? container.get("name").text ?? "" : "";
    return container.known && !container.isMapping ? [] : portsOf(container).map(port => ({
        origin: workload.origin,
        subject: { ...workload.subject, container: name },
        label: `container "${name}" of ${workload.subject.kind} "${workload.subject.name}"`,
        path: port.path,
        place: () => [...port.path, "hostPort"],
        get how() { return positive(port.get("hostPort")) ? "host port" as const : "none" as const; },
        get port() { return port.get("hostPort").text; },
        get address() { return port.get("hostIP").text; },
        get role() { return workload.role; },
    }));
}

function portsOf(container: Value): readonly Value[] {
    return container.known ? container.get("ports").items : [container];
}

function nameOf(container: Value, slot: Slot): string {
    try {
        return container.get("name").text ?? slot.name ?? String(slot.at);
    } catch {
        return slot.name ?? String(slot.at);
    }
}

/** A field of the container's security context, else of the pod's. */
function inherited(parts: Pod, container: Value, keys: readonly string[]): Value {
    const own = container.get(CONTEXT, ...keys);
    return own.present ? own : parts.spec.get(CONTEXT, ...keys);
}

/** Throws where the pod is a Windows one, which has none of these. One that may be either is held to what holds for Linux. */
function linux(parts: Pod): true {
    if (isKnownWindows(parts.spec)) {
        throw new NotApplicable("Windows has no such setting");
    }
    return true;
}

function not(flag: boolean | undefined): boolean | undefined {
    return flag === undefined ? undefined : !flag;
}

function seccomp(profile: Value): string | undefined {
    const type = profile.get("type").text;
    return type === "Unconfined" ? "unconfined" : type === "Localhost" ? profile.get("localhostProfile").text ?? "" : type;
}

function apparmor(profile: Value): string | undefined {
    const type = profile.get("type").text;
    return type === "Unconfined" ? "unconfined" : type;
}

/** How AppArmor was asked for before it had a field. */
function apparmorAnnotation(parts: Pod, container: string): string | undefined {
    return parts.pod.get("metadata", "annotations", `container.apparmor.security.beta.kubernetes.io/${container}`).text;
}

/** A limit of the container, or of the whole pod. */
function limited(parts: Pod, container: Value, slot: Slot, resource: string): boolean {
    if (slot.list === "ephemeralContainers") {
        throw new NotApplicable("ephemeral containers take what the pod has");
    }
    return positive(container.get("resources", "limits", resource)) || positive(parts.spec.get("resources", "limits", resource));
}

function variables(list: Value): Entry[] {
    return list.items.map(item => ({
        get name() { return item.get("name").text ?? ""; },
        get value() { return item.get("value").text; },
        get secret() { return item.secret || item.known && item.get("value").secret; },
        path: item.path,
    }));
}

/** Labels and annotations of the object and of its pods. */
function metadata(parts: Pod): Entry[] {
    const objects = parts.root === parts.pod ? [parts.root] : [parts.root, parts.pod];
    return objects.flatMap(object => ["labels", "annotations"].flatMap(map => object.get("metadata", map).entries)).map(([name, value]) => ({
        name,
        get value() { return value.text; },
        secret: value.secret,
        path: value.path,
    }));
}

function memoryVolumes(spec: Value, container: Value): Tmpfs[] {
    const mounts = container.get("volumeMounts").items;
    return spec.get("volumes").items
        .filter(volume => volume.known && volume.get("emptyDir").known && volume.get("emptyDir", "medium").text === "Memory")
        .flatMap(volume => mounts.filter(mount => mount.get("name").text === volume.get("name").text).map(mount => ({
            get target() { return mount.get("mountPath").text ?? ""; },
            get bounded() { return volume.get("emptyDir", "sizeLimit").present; },
            executable: undefined,
            path: volume.path,
        })));
}

/** A node's devices come as volumes of its paths. */
function devices(spec: Value, container: Value): Item[] {
    const isMounted = (name: string | undefined) => anyHolds(container.get("volumeMounts").items.map(mount => () => mount.get("name").text === name));
    return spec.get("volumes").items.filter(volume => maybe(along(volume, "hostPath"))).map(volume => ({
        get text() {
            const [path = "", type = ""] = [volume.get("hostPath", "path").text, volume.get("hostPath", "type").text];
            const device = type === "BlockDevice" || type === "CharDevice" || /^\/dev\/(?!shm(?:\/|$))./.test(path);
            return device && isMounted(volume.get("name").text) ? path : "";
        },
        path: volume.path,
    }));
}

/** The same value; throws where it stands for containers that nobody knows. */
function known(container: Value): Value {
    if (!container.known) {
        throw new Unknown(container.path);
    }
    return container;
}

function slotOf(container: Value, { list }: Slot): ContainerView["slot"] {
    if (list !== "initContainers") {
        return list === "containers" ? "container" : "ephemeral";
    }
    return container.get("restartPolicy").text === "Always" ? "sidecar" : "init";
}

function healthCheck(container: Value, slot: Slot, workload: WorkloadView): ContainerView["healthCheck"] {
    if (workload.job || !["container", "sidecar"].includes(slotOf(container, slot))) {
        throw new NotApplicable("it is not meant to stay up");
    }
    return container.get("livenessProbe").present || container.get("readinessProbe").present ? "set" : "disabled";
}
