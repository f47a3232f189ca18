import { aboutItems, faultsIn } from "../pod";
import { integerOf } from "../read";
import type { PodCheck } from "../check";
import type { Pod } from "../pod";
import type { Fault } from "../../view/unfinished";

const faults = ({ containers }: Pod): readonly Fault[] => faultsIn(containers.flatMap(({ called, value }) =>
    aboutItems(value.path, () => value.get("ports").items, port => {
        const number = integerOf(port.get("hostPort")) ?? 0;
        return number === 0 ? undefined : `takes port ${number} of its node for ${called}`;
    })));

/** A port of the node is open to whoever reaches the node, past Services and many network policies. */
export const hostPorts: PodCheck = {
    id: "pod-security-host-ports",
    check: "hostPorts",
    level: "baseline",
    severity: "medium",
    title: "No container takes a port of the node",
    fix: "take hostPort out and put a Service in front of the pods",
    controls: ["SC-02"],
    revisions: [{ since: 0, faults }],
};
