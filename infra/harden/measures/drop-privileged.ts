import { perService } from "../draft";

/** A privileged container has every capability and every device: it is the host. Devices are kept only when declared. */
export const dropPrivileged = perService("drop-privileged", ({ declared, spec, source }) => {
    const wanted = declared.devices ?? [];
    const kept = spec.devices.filter(device => wanted.some(({ path }) => device.split(":")[0] === path));
    return {
        spec: { privileged: false, devices: kept },
        closed: [
            ...(spec.privileged ? ["privileged mode"] : []),
            ...spec.devices.filter(device => !kept.includes(device)).map(device => `device ${device}`),
        ],
        opened: kept.map(device => ({ what: `device ${device}`, reason: wanted.find(({ path }) => device.split(":")[0] === path)?.reason ?? "" })),
        problems: wanted.filter(({ path }) => !spec.devices.some(device => device.split(":")[0] === path)).map(({ path }) => ({
            subject: `services.${source.name}.devices`, fault: "names a device that the Compose file does not use", got: path, remedy: "take it out",
        })),
    };
});
