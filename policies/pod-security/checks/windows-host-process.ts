import { aboutContexts, faultsIn } from "../pod";
import { flagOf } from "../read";
import type { PodCheck } from "../check";
import type { Pod } from "../pod";
import type { Fault } from "../../view/unfinished";

const WAY = ["windowsOptions", "hostProcess"] as const;

const faults = ({ whole, containers }: Pod): readonly Fault[] => faultsIn(aboutContexts([whole, ...containers], WAY, ({ called, context }) =>
    flagOf(context(...WAY)) === true ? `runs ${called} as a process of its Windows node` : undefined));

/** Such a container is none: it is a program of the node. */
export const windowsHostProcess: PodCheck = {
    id: "pod-security-windows-host-process",
    check: "windowsHostProcess",
    level: "baseline",
    severity: "critical",
    title: "No container is a process of its Windows node",
    fix: "take securityContext.windowsOptions.hostProcess out",
    controls: ["SC-43"],
    revisions: [{ since: 0, faults }],
};
