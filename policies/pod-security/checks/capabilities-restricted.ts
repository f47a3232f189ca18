import { some } from "../../rule";
import { aboutContexts, faultsIn, isForWindows, unless } from "../pod";
import { shown, textOf } from "../read";
import { aboutAdded } from "./capabilities";
import type { PodCheck } from "../check";
import type { Part, Pod } from "../pod";
import type { Fault } from "../../view/unfinished";

function notDropped({ called, context }: Part): string | undefined {
    const dropped = context("capabilities", "drop").items;
    if (some(dropped, name => textOf(name) === "ALL")) {
        return undefined;
    }
    return `leaves ${called} its capabilities (drop is ${dropped.length === 0 ? "not set" : `[${dropped.map(shown).join(", ")}]`})`;
}

const faults = (pod: Pod): readonly Fault[] => faultsIn([
    ...aboutContexts(pod.containers, ["capabilities", "drop"], notDropped),
    ...aboutAdded(pod, ["NET_BIND_SERVICE"]),
]);

const overrides = ["capabilities_baseline"];

/** What a program does not need it should not have; a port below 1024 is all that may be asked for. */
export const capabilitiesRestricted: PodCheck = {
    id: "pod-security-capabilities-restricted",
    check: "capabilities_restricted",
    level: "restricted",
    severity: "medium",
    title: "Every container drops all capabilities and adds none but NET_BIND_SERVICE",
    fix: "set securityContext.capabilities.drop to [\"ALL\"] in every container, and add nothing but NET_BIND_SERVICE",
    controls: ["SC-39"],
    revisions: [
        { since: 22, faults, overrides },
        { since: 25, faults: pod => unless(() => isForWindows(pod), () => faults(pod)), overrides },
    ],
};
