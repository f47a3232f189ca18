import type { DeviceRequest, Mount, Service } from "../../model/service";
import { parseBytes } from "../typed/scalars";
import type { DataObject } from "../typed/kind";
import { amountAt, flagAt, mapAt, numberAt, objectAt, objectsAt, present, textAt, textsAt } from "./read";

/** The mounts of a service, those of `tmpfs` and of `use_api_socket` among them. */
export function toMounts(data: DataObject): Mount[] {
    return [...objectsAt(data, "volumes").map(toMount), ...textsAt(data, "tmpfs").map(toTmpfs)];
}

function toMount(data: DataObject): Mount {
    const [bind, volume, tmpfs] = [objectAt(data, "bind"), objectAt(data, "volume"), objectAt(data, "tmpfs")];
    return present({
        type: (textAt(data, "type") ?? "volume") as Mount["type"],
        source: textAt(data, "source"),
        target: textAt(data, "target") ?? "",
        readOnly: flagAt(data, "read_only"),
        sizeBytes: amountAt(tmpfs, "size"),
        mode: amountAt(tmpfs, "mode"),
        subpath: textAt(volume, "subpath") ?? textAt(objectAt(data, "image"), "subpath"),
        propagation: textAt(bind, "propagation"),
        selinux: textAt(bind, "selinux"),
        noCopy: flagAt(volume, "nocopy") ? true : undefined,
    });
}

/** `/path:size=64m,mode=1777,ro` */
function toTmpfs(written: string): Mount {
    const [target = "", ...rest] = written.split(":");
    const options = rest.join(":").split(",");
    const valueOf = (name: string): string | undefined => options.find(option => option.startsWith(`${name}=`))?.slice(name.length + 1);
    const [size, mode] = [valueOf("size"), valueOf("mode")];
    return present({
        type: "tmpfs" as const,
        target,
        readOnly: options.includes("ro"),
        sizeBytes: size === undefined ? undefined : parseBytes(size),
        mode: mode === undefined || !/^[0-7]+$/.test(mode) ? undefined : parseInt(mode, 8),
    });
}

/** Host devices as Docker writes them: `source:target:permissions`. */
export function toDevices(data: DataObject): string[] {
    return objectsAt(data, "devices").map(device =>
        [textAt(device, "source"), textAt(device, "target"), textAt(device, "permissions")].filter(part => part !== undefined).join(":"));
}

/** Requests for GPUs and the like, from `gpus` and from the reservations of `deploy`. */
export function toDeviceRequests(data: DataObject): Service["deviceRequests"] {
    const reservations = objectAt(objectAt(objectAt(data, "deploy"), "resources"), "reservations");
    return [
        ...objectsAt(reservations, "devices").map(device => toRequest(device, [])),
        ...objectsAt(data, "gpus").map(device => toRequest(device, ["gpu"])),
    ];
}

function toRequest(data: DataObject, implied: readonly string[]): DeviceRequest {
    const capabilities = textsAt(data, "capabilities");
    return present({
        driver: textAt(data, "driver"),
        count: numberAt(data, "count"),
        deviceIds: textsAt(data, "device_ids"),
        capabilities: [...capabilities, ...implied.filter(capability => !capabilities.includes(capability))],
        options: mapAt(data, "options"),
    });
}
