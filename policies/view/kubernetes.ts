import { kubernetesWorkloads, podExposures } from "./kubernetes-pod";
import { isSensitive } from "./host-paths";
import { imageOf } from "./images";
import { internalLoadBalancer } from "./net/service";
import { NOTHING } from "./types";
import type { Value } from "./value";
import type { ExposureView, ImageView, Origin, Piece, Subject, VolumeView, WorkloadView } from "./types";

/**
 * What a Kubernetes object shows, as a manifest or as the inputs of a Pulumi resource have it; a List shows its items.
 * @param fallback kind and name where the object itself does not say (a Pulumi resource need not).
 */
export function kubernetesPieces(origin: Origin, root: Value, fallback: { readonly apiVersion?: string; readonly kind?: string; readonly name?: string } = {}): Piece[] {
    const kind = root.get("kind").text ?? fallback.kind ?? "";
    const apiVersion = root.get("apiVersion").text ?? fallback.apiVersion ?? "";
    if (kind.endsWith("List") && root.get("items").present) {
        return root.get("items").items.flatMap(item => kubernetesPieces(origin, item, itemKind(kind, apiVersion)));
    }
    const type = `${apiVersion.includes("/") ? apiVersion.split("/", 1)[0] : ""}/${kind}`;
    return [piece(origin, root, type, subjectOf(root, kind, fallback.name))];
}

/** Items of a `DeploymentList` may leave their kind out. */
function itemKind(kind: string, apiVersion: string): { apiVersion?: string; kind?: string } {
    return kind === "List" ? {} : { apiVersion, kind: kind.slice(0, -"List".length) };
}

function subjectOf(root: Value, kind: string, fallback: string | undefined): Subject {
    const metadata = root.get("metadata");
    const read = (key: string) => metadata.known && metadata.get(key).known ? metadata.get(key).text : undefined;
    return { kind, name: read("name") ?? read("generateName") ?? fallback ?? "", namespace: read("namespace") ?? "", container: "" };
}

function piece(origin: Origin, root: Value, type: string, subject: Subject): Piece {
    // Every rule asks for the workload: it is taken apart once, and only when asked for.
    let made: { readonly workloads: readonly WorkloadView[]; readonly images: readonly ImageView[] } | undefined;
    const parts = () => {
        if (made === undefined) {
            const workloads = kubernetesWorkloads(origin, root, type, subject);
            made = { workloads, images: workloads.flatMap(workload => workload.containers.map(imageOf)) };
        }
        return made;
    };
    return {
        ...NOTHING, origin, subject,
        objects: [{
            origin, subject, type,
            platform: "kubernetes", value: root,
            label: `${subject.kind} "${subject.name}"`,
            path: root.path,
            place: property => [...root.path, property],
        }],
        get workloads() { return parts().workloads; },
        get volumes() { return type === "/PersistentVolume" ? [persistentVolume(origin, root, subject)] : []; },
        get exposures() { return type === "/Service" ? serviceExposures(origin, root, subject) : parts().workloads.flatMap(podExposures); },
        get images() { return parts().images; },
    };
}

/** What storage really is. A local volume is made by whoever runs the cluster: it counts where it is the host's own folder. */
function persistentVolume(origin: Origin, root: Value, subject: Subject): VolumeView {
    const spec = root.get("spec");
    return {
        origin, subject,
        label: `PersistentVolume "${subject.name}"`,
        path: spec.path,
        place: () => [...spec.path, "hostPath"],
        get hostPath() {
            const local = spec.get("local").present ? spec.get("local", "path").text ?? "" : "";
            return spec.get("hostPath").present ? spec.get("hostPath", "path").text ?? "" : isSensitive(local, false) ? local : undefined;
        },
    };
}

/** A Service that is open to more than its cluster, a port a view; the addresses that it claims beside its type, another. */
function serviceExposures(origin: Origin, root: Value, subject: Subject): ExposureView[] {
    const spec = root.get("spec");
    const ports = spec.known ? spec.get("ports").items : [];
    return [howOpen, howClaimed].flatMap(how => (ports.length === 0 ? [spec] : ports).map((port): ExposureView => ({
        origin, subject,
        label: `Service "${subject.name}"`,
        path: port.path,
        place: () => [...spec.path, how === howOpen ? "type" : "externalIPs"],
        get how() { return how(root, spec); },
        get port() { return port === spec ? undefined : port.get("port").text; },
        get address() { return how === howOpen ? undefined : spec.get("externalIPs").items.map(address => address.text ?? "").join(", "); },
        get role() { return root.get("metadata", "labels", "portcullis.role").text; },
    })));
}

function howOpen(root: Value, spec: Value): ExposureView["how"] {
    switch (spec.get("type").text) {
        case "NodePort":
            return "node port";
        case "LoadBalancer":
            return internalLoadBalancer(root) ? "none" : "load balancer";
        default:
            return "none";
    }
}

function howClaimed(_root: Value, spec: Value): ExposureView["how"] {
    return spec.get("externalIPs").items.length > 0 ? "external address" : "none";
}
