import { capabilities, positive, texts } from "./engine";
import { wordsOf } from "./docker";
import { anyHolds } from "./three-valued";
import { NotApplicable } from "./unfinished";
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
export function kubernetesContainer(pod: Seen, workload: WorkloadView, parts: Pod, container: Value, slot: Slot): ContainerView {
    const name = nameOf(container, slot);
    const context = (...keys: string[]) => inherited(parts, container, keys);
    return {
        origin: pod.origin,
        subject: { ...pod.subject, container: name },
        label: `${slot.word} "${name}" of ${pod.subject.kind} "${pod.subject.name}"`,
        path: container.path,
        place: property => [...container.path, ...PLACES[property] ?? [property]],
        workload,
        source: container,
        get slot() { return slotOf(known(container), slot); },
        seccompByDefault: false,
        get image() { return container.get("image").text; },
        get privileged() { return linux(parts) && container.get(CONTEXT, "privileged").flag === true; },
        get user() { linux(parts); return context("runAsUser").text; },
        get nonRootRequired() { return context("runAsNonRoot").flag === true; },
        get readOnlyRoot() { linux(parts); return container.get(CONTEXT, "readOnlyRootFilesystem").flag; },
        get addedCapabilities() { linux(parts); return capabilities(container.get(CONTEXT, "capabilities", "add")); },
        // As written: Kubernetes' own check takes `all` for a capability of that name.
        get droppedCapabilities() { linux(parts); return texts(container.get(CONTEXT, "capabilities", "drop")); },
        get noNewPrivileges() { linux(parts); return not(container.get(CONTEXT, "allowPrivilegeEscalation").flag); },
        get seccomp() { linux(parts); return seccomp(context("seccompProfile")); },
        get apparmor() { linux(parts); return apparmor(context("appArmorProfile")) ?? apparmorAnnotation(parts, name); },
        get selinux() { linux(parts); return context("seLinuxOptions", "type").text; },
        get memoryLimited() { return limited(parts, container, slot, "memory"); },
        get cpuLimited() { return limited(parts, container, slot, "cpu"); },
        get processLimited(): boolean { throw new NotApplicable("the kubelet's podPidsLimit bounds processes"); },
        get environment() { return variables(container.get("env")); },
        get arguments() { return [...wordsOf(container.get("command")), ...wordsOf(container.get("args"))]; },
        get labels() { return slot.at === 0 && slot.list === "containers" ? metadata(parts) : []; },
        get tmpfs() { return memoryVolumes(parts.spec, container); },
        get devices() { return devices(parts.spec, container); },
        get healthCheck() { return healthCheck(container, slot, workload); },
        get boundedLogs(): boolean { throw new NotApplicable("the kubelet rotates logs"); },
    };
}

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
    return container.present ? container : container;
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
