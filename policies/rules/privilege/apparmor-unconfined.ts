import { containerRule } from "../../rule";

/** AppArmor keeps a container from writing to /proc and /sys and from mounting; unconfined, nothing does. */
export const apparmorUnconfined = containerRule({
    id: "apparmor-unconfined",
    severity: "high",
    title: "No container switches AppArmor or SELinux off",
    fix: "take `apparmor=unconfined` or `label=disable` out: the engine's own profile then holds",
    benchmarks: ["CIS Docker 5.2", "CIS Docker 5.3", "PSS baseline: AppArmor", "PSS baseline: SELinux"],
    controls: ["SC-39"],
    property: "apparmor",

    check(container) {
        if (container.apparmor === "unconfined") {
            return "runs without an AppArmor profile (unconfined)";
        }
        return container.selinux === "disable" ? "runs without SELinux (label: disable)" : undefined;
    },
});
