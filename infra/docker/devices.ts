import type { ContainerArgs, types } from "@pulumi/docker";

import type { HardenedService } from "../model/hardened";
import type { DeviceRequest } from "../model/service";

/** Devices of the host and requests for GPUs and the like. Both are empty but for what the operator declared. */
export function deviceArgs(service: HardenedService): Pick<ContainerArgs, "devices" | "deviceRequests"> {
    const named = service.devices.filter(device => !isCdi(device));
    const requests = [...service.deviceRequests.map(requestArgs), ...service.devices.filter(isCdi).map(cdiArgs)];
    return {
        ...named.length === 0 ? {} : { devices: named.map(pathArgs) },
        ...requests.length === 0 ? {} : { deviceRequests: requests },
    };
}

/** `vendor.com/class=name`, as the Container Device Interface writes devices. */
function isCdi(device: string): boolean {
    return !device.startsWith("/") && device.includes("=");
}

function cdiArgs(device: string): types.input.ContainerDeviceRequest {
    return { driver: "cdi", deviceIds: [device] };
}

function pathArgs(device: string): types.input.ContainerDevice {
    const [hostPath = device, containerPath = hostPath, permissions = "rwm"] = device.split(":");
    return { hostPath, containerPath, permissions };
}

function requestArgs({ driver, count, deviceIds, capabilities, options }: DeviceRequest): types.input.ContainerDeviceRequest {
    return {
        // Said nothing, the provider would ask for CDI devices; `gpu` is the capability of NVIDIA's driver.
        driver: driver ?? "nvidia",
        ...deviceIds.length > 0 ? { deviceIds: [...deviceIds] } : { count: count ?? -1 },
        capabilities: [...capabilities],
        options: { ...options },
    };
}
