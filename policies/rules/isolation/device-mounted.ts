import { containerRule, each, textsOf, together } from "../../rule";
import { containerSetting } from "../../view/setting";

/** A device of the host is handed over past every other boundary: a disk, the host's memory, its input devices. */
export const deviceMounted = containerRule({
    id: "device-mounted",
    severity: "high",
    title: "No container is given a device of the host",
    fix: "take the device out, or declare it if the program exists for it",
    benchmarks: ["CIS Docker 5.18", "NIST SP 800-190 4.4.3"],
    controls: ["SC-43"],
    property: "devices",
    parameters: {
        declared: { type: "array", items: { type: "string" }, default: [], description: "devices that may be handed over, e.g. /dev/net/tun, or rules for them, e.g. c 1:3 r" },
    },

    check(container, settings) {
        const declared = new Set(textsOf(settings, "declared"));
        return together(
            () => each(container.devices, device => device.text === "" || declared.has(device.text) ? undefined : `is given the host's device ${device.text}`),
            // A rule opens the host's devices to whatever device files the container makes for itself.
            () => each(containerSetting(container, RULES)?.items ?? [], ({ text = "" }) => declared.has(text) ? undefined : `is given devices of the host by the rule "${text}"`),
        );
    },
});

const RULES = { compose: ["device_cgroup_rules"], docker: ["deviceCgroupRules"] } as const;
