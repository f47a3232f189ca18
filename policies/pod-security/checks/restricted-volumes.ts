import { some } from "../../rule";
import { aboutItems, faultsIn, unless } from "../pod";
import { given, nameOf } from "../read";
import type { PodCheck } from "../check";
import type { Pod } from "../pod";
import type { Fault } from "../../view/unfinished";
import type { Value } from "../../view/value";

const ALLOWED = ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret"];
/** All others that Kubernetes knows; what it does not know it leaves out. */
const REFUSED = [
    "hostPath", "gcePersistentDisk", "awsElasticBlockStore", "gitRepo", "nfs", "iscsi", "glusterfs", "rbd", "flexVolume", "cinder", "cephfs", "flocker",
    "fc", "azureFile", "vsphereVolume", "quobyte", "azureDisk", "photonPersistentDisk", "portworxVolume", "scaleIO", "storageos",
];

const has = (volume: Value, sources: readonly string[]): boolean => some(sources, source => given(volume.get(source)));

/**
 * A volume with none of the refused sources has an allowed one or none at all, and is then an emptyDir: the API server
 * makes it one. So an allowed source that is not known yet matters only beside a refused one.
 */
function refused(volume: Value): string | undefined {
    const [fault] = unless(() => has(volume, ALLOWED), () => {
        const sources = REFUSED.filter(source => volume.get(source).known && has(volume, [source]));
        return has(volume, REFUSED) ? [{ message: `has volume ${nameOf(volume)} of the type ${sources.join(" and ")}` }] : [];
    });
    return fault?.message;
}

const faults = ({ spec }: Pod): readonly Fault[] => faultsIn(aboutItems(spec.path, () => spec.get("volumes").items, refused));

/** Volumes of other types are mounted by the node, with the node's rights, from wherever the pod says. */
export const restrictedVolumes: PodCheck = {
    id: "pod-security-restricted-volumes",
    check: "restrictedVolumes",
    level: "restricted",
    severity: "medium",
    title: "Every volume is of a type that gives a pod nothing of its node",
    fix: "use a persistentVolumeClaim for data, and configMap, secret, projected or emptyDir for files",
    controls: ["SC-43"],
    revisions: [{ since: 0, faults, overrides: ["hostPathVolumes"] }],
};
