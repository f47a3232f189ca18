import { aboutContexts, faultsIn } from "../pod";
import { shown, textOf } from "../read";
import type { PodCheck } from "../check";
import type { Pod, Question } from "../pod";
import type { Fault } from "../../view/unfinished";

const TYPES = ["", "container_t", "container_init_t", "container_kvm_t"];

function faults({ whole, containers }: Pod, types: readonly string[]): readonly Fault[] {
    const parts = [whole, ...containers];
    const aboutOption = (option: string, allowed: readonly string[]): readonly Question[] =>
        aboutContexts(parts, ["seLinuxOptions", option], ({ called, context }) => {
            const value = context("seLinuxOptions", option);
            return allowed.includes(textOf(value)) ? undefined : `sets the SELinux ${option} of ${called} to ${shown(value)}`;
        });
    return faultsIn([...aboutOption("type", types), ...aboutOption("user", [""]), ...aboutOption("role", [""])]);
}

/** Another SELinux type may be one that SELinux keeps from nothing. */
export const selinuxOptions: PodCheck = {
    id: "pod-security-selinux-options",
    check: "seLinuxOptions",
    level: "baseline",
    severity: "high",
    title: "SELinux options name no user, no role and no type but those of containers",
    fix: "take seLinuxOptions.user and role out, and the type unless it is container_t, container_init_t or container_kvm_t",
    controls: ["SC-39"],
    revisions: [
        { since: 0, faults: pod => faults(pod, TYPES) },
        { since: 31, faults: pod => faults(pod, [...TYPES, "container_engine_t"]) },
    ],
};
