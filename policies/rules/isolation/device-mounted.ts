import { containerRule, each, textsOf } from "../../rule";

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
        declared: { type: "array", items: { type: "string" }, default: [], description: "devices that may be handed over, e.g. /dev/net/tun" },
    },

    check(container, settings) {
        const declared = new Set(textsOf(settings, "declared"));
        return each(container.devices, device => device.text === "" || declared.has(device.text) ? undefined : `is given the host's device ${device.text}`);
    },
});
