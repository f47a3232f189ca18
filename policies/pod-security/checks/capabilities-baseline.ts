import { faultsIn } from "../pod";
import { aboutAdded } from "./capabilities";
import type { PodCheck } from "../check";

/** What engines give a container by themselves, save NET_RAW. */
const ALLOWED = [
    "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
];

/** Each capability beyond the usual ones is a part of root's power over the node. */
export const capabilitiesBaseline: PodCheck = {
    id: "pod-security-capabilities-baseline",
    check: "capabilities_baseline",
    level: "baseline",
    severity: "high",
    title: "No capability is added beyond those that engines give by themselves",
    fix: "take the capability out of securityContext.capabilities.add",
    controls: ["SC-39"],
    revisions: [{ since: 0, faults: pod => faultsIn(aboutAdded(pod, ALLOWED)) }],
};
