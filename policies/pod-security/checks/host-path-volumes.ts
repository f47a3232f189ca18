import { aboutItems, faultsIn } from "../pod";
import { given, nameOf } from "../read";
import type { PodCheck } from "../check";
import type { Pod } from "../pod";
import type { Fault } from "../../view/unfinished";
import type { Value } from "../../view/value";

function hostPath(volume: Value): string | undefined {
    return given(volume.get("hostPath")) ? `has a path of its node as volume ${nameOf(volume)}` : undefined;
}

const faults = ({ spec }: Pod): readonly Fault[] => faultsIn(aboutItems(spec.path, () => spec.get("volumes").items, hostPath));

/** Who may write to the node's files owns the node; who may read them has its keys. */
export const hostPathVolumes: PodCheck = {
    id: "pod-security-host-path-volumes",
    check: "hostPathVolumes",
    level: "baseline",
    severity: "high",
    title: "No volume is a path of the node",
    fix: "take the hostPath volume out; keep data in a persistentVolumeClaim and files in a configMap or secret",
    controls: ["SC-43"],
    revisions: [{ since: 0, faults }],
};
