import { faultsIn } from "../pod";
import { shown, textOf } from "../read";
import type { PodCheck } from "../check";
import type { Part, Pod, Question } from "../pod";
import type { Fault } from "../../view/unfinished";

const HANDLERS = [["livenessProbe"], ["readinessProbe"], ["startupProbe"], ["lifecycle", "postStart"], ["lifecycle", "preStop"]];
const ACTIONS = ["httpGet", "tcpSocket"];
const HOSTS: readonly string[][] = HANDLERS.flatMap(handler => ACTIONS.map(action => [...handler, action, "host"]));

function aboutHost({ called, value }: Part, way: readonly string[]): Question {
    return {
        get path() { return [...value.path, ...way]; },
        ask: () => {
            const host = value.get(...way);
            return textOf(host) === "" ? undefined : `lets its node call ${shown(host)} for ${called} (${way.join(".")})`;
        },
    };
}

const faults = ({ containers }: Pod): readonly Fault[] => faultsIn(containers.flatMap(container => HOSTS.map(way => aboutHost(container, way))));

/** The node itself makes these calls: with a host of the pod's choosing it knocks wherever the pod may not. */
export const hostProbesAndLifecycle: PodCheck = {
    id: "pod-security-host-probes-and-lifecycle",
    check: "hostProbesAndHostLifecycle",
    level: "baseline",
    severity: "medium",
    title: "No probe or lifecycle handler names a host to call",
    fix: "take host out of the probe or handler: the pod itself is then called",
    controls: ["SC-43"],
    revisions: [{ since: 34, faults }],
};
