import type { Path } from "../unfinished";
import type { WorkloadView } from "../types";
import type { Value } from "../value";

/** A secret that the platform hands to a workload. */
export interface HeldSecret {
    /** May throw. */
    readonly name: string;
    readonly path: Path;
}

const LISTS = ["containers", "initContainers", "ephemeralContainers"];

/** Secrets of the platform that a workload gets, as files or in its environment; pull secrets are the node's, not its own. */
export function secretsHeld(workload: WorkloadView): readonly HeldSecret[] {
    const { source } = workload;
    switch (workload.platform) {
        case "compose":
            return source.get("secrets").items.map(item => held(item, () => item.isMapping ? item.get("source") : item));
        case "swarm":
            return source.get("taskSpec", "containerSpec", "secrets").items.map(item => held(item, () => item.get("secretName").present ? item.get("secretName") : item.get("secretId")));
        case "kubernetes":
            return podSecrets(source.get("spec"));
        default:
            return [];
    }
}

function held(item: Value, name: () => Value): HeldSecret {
    return { get name() { return name().text ?? ""; }, path: item.path };
}

function podSecrets(spec: Value): HeldSecret[] {
    const containers = LISTS.flatMap(list => spec.get(list).items);
    return [
        ...secretVolumes(spec).flatMap(({ secrets }) => secrets),
        ...containers.flatMap(container => container.get("env").items.flatMap(env => present(env, "valueFrom", "secretKeyRef")).map(ref => held(ref, () => ref.get("name")))),
        ...containers.flatMap(container => container.get("envFrom").items.flatMap(env => present(env, "secretRef")).map(ref => held(ref, () => ref.get("name")))),
    ];
}

/** The value below, if there is one or nobody knows. */
function present(value: Value, ...keys: readonly string[]): Value[] {
    let at = value;
    for (const key of keys) {
        if (!at.known) {
            return [at];
        }
        at = at.get(key);
    }
    return !at.known || at.present ? [at] : [];
}

/** A volume of a pod and the Secrets in it. */
export interface SecretVolume {
    readonly volume: Value;
    readonly secrets: readonly HeldSecret[];
}

export function secretVolumes(spec: Value): SecretVolume[] {
    return spec.get("volumes").items.map(volume => ({
        volume,
        secrets: [
            ...present(volume, "secret").map(secret => held(secret, () => secret.get("secretName"))),
            ...present(volume, "projected").flatMap(projected => projected.known ? projected.get("sources").items : [])
                .flatMap(source => present(source, "secret")).map(secret => held(secret, () => secret.get("name"))),
        ],
    })).filter(({ secrets }) => secrets.length > 0);
}

/** Names of the volumes that containers of a pod mount. */
export function mountedVolumes(spec: Value): ReadonlySet<string> {
    const containers = LISTS.flatMap(list => spec.get(list).items);
    return new Set(containers.flatMap(container => [
        ...container.get("volumeMounts").items.map(mount => mount.get("name").text ?? ""),
        ...container.get("volumeDevices").items.map(device => device.get("name").text ?? ""),
    ]));
}

