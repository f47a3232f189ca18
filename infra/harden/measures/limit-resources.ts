import type { Role } from "../../model/hardened";
import { perService } from "../draft";
import { bytes } from "../size";

/**
 * What a service gets where neither its authors nor the operator nor the image's facts say anything: MiB of memory, CPUs,
 * processes. The sandbox's figures are the orchestrator's (--cpus=0.5 --memory=512m); a CPU more than the host has is
 * refused by the engine, so the rest stay at one.
 */
const DEFAULTS: Readonly<Record<Role, readonly [memoryMiB: number, cpus: number, pids: number]>> = {
    edge: [256, 1, 128],
    application: [1024, 1, 512],
    data: [2048, 1, 1024],
    cache: [512, 1, 256],
    queue: [1024, 1, 1024],
    sandbox: [512, 0.5, 64],
    job: [1024, 1, 256],
};

/** Without limits one container takes the whole host down with it: memory, processors, or process ids by a fork bomb. */
export const limitResources = perService("limit-resources", ({ declared, known, spec }) => {
    const [memoryMiB, cpus, pids] = DEFAULTS[spec.role];
    const memoryBytes = bytes(declared.memory) ?? spec.limits.memoryBytes ?? Math.max(known.memoryMiB ?? 0, memoryMiB) * 1024 ** 2;
    const positivePids = spec.limits.pids !== undefined && spec.limits.pids > 0 ? spec.limits.pids : undefined;
    const reservation = spec.limits.memoryReservationBytes;
    const limits = {
        memoryBytes,
        memorySwapBytes: memoryBytes,
        ...(reservation !== undefined && { memoryReservationBytes: Math.min(reservation, memoryBytes) }),
        cpus: declared.cpus ?? spec.limits.cpus ?? cpus,
        pids: declared.pids ?? positivePids ?? Math.max(known.pids ?? 0, pids),
    };
    return {
        spec: { limits },
        closed: [
            ...(spec.limits.memoryBytes === undefined ? [`unlimited memory, now ${Math.round(memoryBytes / 1024 ** 2)} MiB`] : []),
            ...(spec.limits.cpus === undefined ? [`unlimited processor time, now ${limits.cpus}`] : []),
            ...(positivePids === undefined ? [`unlimited processes, now ${limits.pids}`] : []),
        ],
    };
});
