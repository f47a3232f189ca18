import { mountOf } from "./compose-syntax";
import { isHostPath } from "./engine";
import { workloadSetting } from "./setting";
import { along } from "./way";
import type { Item, WorkloadView } from "./types";
import type { Value } from "./value";

const MOUNTS = { docker: ["mounts"], swarm: ["taskSpec", "containerSpec", "mounts"] } as const;

/** How mounts made later pass between a workload and its host, for each mount that says so; empty where it does not. */
export function propagations(workload: WorkloadView): readonly Item[] {
    switch (workload.platform) {
        case "kubernetes":
            return workload.containers.flatMap(container => along(container.source, "volumeMounts").items).map(mount => item(mount, "mountPropagation"));
        case "compose":
            return workload.source.get("volumes").items.map(mount => ({ get text() { return composePropagation(mount); }, path: mount.path }));
        default:
            return (workloadSetting(workload, MOUNTS)?.items ?? []).map(mount => item(mount, "bindOptions", "propagation"));
    }
}

function item(mount: Value, ...keys: readonly string[]): Item {
    return { get text() { return mount.get(...keys).text ?? ""; }, path: mount.path };
}

function composePropagation(mount: Value): string {
    if (mount.isMapping) {
        return mount.get("bind", "propagation").text ?? "";
    }
    const options = (mount.text ?? "").split(":").at(-1)?.split(",") ?? [];
    return options.find(option => /^r?(?:shared|slave|private)$/.test(option)) ?? "";
}

/** Names of the volumes that a workload mounts and an engine keeps; empty for a mount of anything else. */
export function namedVolumes(workload: WorkloadView): readonly Item[] {
    if (workload.platform === "compose") {
        return workload.source.get("volumes").items.map(value => ({
            get text() { const mount = mountOf(value); return mount.type === "volume" ? mount.source : ""; },
            path: value.path,
        }));
    }
    const mounts = (workloadSetting(workload, MOUNTS)?.items ?? []).map(mount => ({
        get text() { return mount.get("type").text === "volume" ? mount.get("source").text ?? "" : ""; },
        path: mount.path,
    }));
    const volumes = workload.platform === "docker" ? workload.source.get("volumes").items : [];
    return [...mounts, ...volumes.map(volume => ({
        get text() { const name = volume.get("volumeName").text ?? ""; return isHostPath(name) ? "" : name; },
        path: volume.path,
    }))];
}

/** Containers whose mounts a workload takes over, all of them; empty for an item that names none. */
export function volumesFrom(workload: WorkloadView): readonly Item[] {
    if (workload.platform === "docker") {
        return workload.source.get("volumes").items.map(volume => item(volume, "fromContainer"));
    }
    const from = workloadSetting(workload, { compose: ["volumes_from"] });
    return (from?.items ?? []).map(value => ({ get text() { return value.text ?? ""; }, path: value.path }));
}
