import { each, podRule, stackRule, textsOf, workloadRule } from "../../rule";
import { namedVolumes, propagations, volumesFrom } from "../../view/mounts";
import { commonTo } from "../../view/shared";
import { anyHolds } from "../../view/three-valued";
import { withFaults } from "../../view/unfinished";
import { along } from "../../view/way";
import type { Rule } from "../../rule";
import type { Value } from "../../view/value";

/** The types that the level restricted of the Pod Security Standards allows: none of them reaches the node or trusts a pod's word. */
const ALLOWED = ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret"];
/** What other rules speak of. */
const ELSEWHERE: ReadonlySet<string> = new Set(["hostPath", "flexVolume"]);

/** A volume that the pod itself describes is mounted by the node as root, wherever the pod says it is. */
const volumeTypeNotAllowed = podRule({
    id: "volume-type-not-allowed",
    severity: "medium",
    title: "Pods have volumes of agreed types only",
    fix: "claim storage (persistentVolumeClaim) whose volume the cluster's administrators describe",
    benchmarks: ["PSS restricted: Volume Types"],
    controls: ["SC-43"],
    parameters: { allowed: { type: "array", items: { type: "string" }, default: ALLOWED, description: "types of volumes that pods may have" } },

    check(workload, settings) {
        const allowed = new Set(textsOf(settings, "allowed"));
        return each(workload.source.get("spec", "volumes").items, volume => {
            const type = typeOf(volume);
            return allowed.has(type) || ELSEWHERE.has(type) ? undefined : `has a volume of the type ${type}`;
        });
    },
});

/** A volume with only a name is an emptyDir. */
function typeOf(volume: Value): string {
    const [type] = (volume.isMapping ? volume.entries : [["", volume] as const]).filter(([key, value]) => key !== "name" && (!value.known || value.present));
    return type?.[0] ?? (volume.isMapping ? "emptyDir" : volume.text ?? "");
}

/** A mount that one side makes then appears on the other: a container changes what its host sees, or sees what it mounts. */
const sharedMountPropagation = workloadRule({
    id: "shared-mount-propagation",
    severity: "medium",
    title: "Mounts do not pass between a container and its host",
    fix: "take the propagation out (`bind.propagation`, bindOptions.propagation, mountPropagation): the default is private",
    benchmarks: ["CIS Docker 5.20"],
    controls: ["SC-43"],
    check: workload => each(propagations(workload), ({ text }) => PROPAGATION.get(text)),
});

const PROPAGATION = new Map([
    ...["shared", "rshared", "Bidirectional"].map(name => [name, `passes mounts on to its host (propagation: ${name})`] as const),
    ...["slave", "rslave", "HostToContainer"].map(name => [name, `receives its host's mounts (propagation: ${name})`] as const),
]);

/** With the mounts come the secrets and sockets of the other container, also those that it gets later. */
const volumesFromContainer = workloadRule({
    id: "volumes-from-container",
    severity: "medium",
    title: "No container takes over the mounts of another",
    fix: "mount the volumes that are needed by name",
    benchmarks: ["NIST SP 800-190 4.4.3", "Docker: docker container run, --volumes-from"],
    controls: ["SC-43"],
    check: workload => each(volumesFrom(workload), ({ text }) => text === "" ? undefined : `takes over every mount of ${text.replace(/:(?:ro|rw|z|Z)$/, "")}`),
});

/** What one program writes into a shared volume the other reads, and trusts. */
const sharedVolume = stackRule({
    id: "shared-volume",
    severity: "low",
    title: "A volume belongs to one service",
    fix: "give each service a volume of its own, and pass data over the network",
    benchmarks: ["NIST SP 800-190 4.4.3"],
    controls: [],
    // Many applications are built so.
    optional: true,
    parameters: { shared: { type: "array", items: { type: "string" }, default: [], description: "volumes that are meant to be shared" } },

    check(stack, settings) {
        const meant = new Set(textsOf(settings, "shared"));
        const { common, unfinished } = commonTo(stack.workloads, namedVolumes, ({ platform, origin }, name) => platform === "compose" ? `${origin.path} ${name}` : name);
        const faults = common.filter(({ text }) => !meant.has(text)).map(({ view, text, path, others }) => ({
            about: view, at: path, message: `shares the volume ${text} with ${others.map(({ label }) => label).sort().join(", ")}`,
        }));
        if (unfinished !== undefined) {
            throw withFaults(unfinished, faults);
        }
        return faults;
    },
});

/** Whoever writes to the volume may put a link where the path leads, and did so in CVE-2017-1002101 and CVE-2021-25741. */
const subPathOnHostVolume = podRule({
    id: "sub-path-on-host-volume",
    severity: "medium",
    title: "No part of a node's folder is mounted writable by a path inside it",
    fix: "mount the folder itself as a volume of its own, or read-only",
    benchmarks: ["Kubernetes: Volumes, subPath", "CIS Kubernetes 5.2.12"],
    controls: ["SC-43"],

    check(workload) {
        const volumes = workload.source.get("spec", "volumes").items;
        const isHosts = (name: string | undefined) => anyHolds(volumes.map(volume => () => volume.get("name").text === name && volume.get("hostPath").present));
        return each(workload.containers.flatMap(container => along(container.source, "volumeMounts").items), mount => {
            const part = mount.get("subPath").text ?? mount.get("subPathExpr").text ?? "";
            return part !== "" && mount.get("readOnly").flag !== true && isHosts(mount.get("name").text) ? `mounts ${part} inside the node's volume ${mount.get("name").text ?? ""}, writable` : undefined;
        });
    },
});

export const VOLUME_RULES: readonly Rule[] = [sharedMountPropagation, sharedVolume, subPathOnHostVolume, volumesFromContainer, volumeTypeNotAllowed];
