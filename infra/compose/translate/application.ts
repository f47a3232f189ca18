import type { Application, FileSource, Network, Volume } from "../../model/application";
import type { LoadedProject } from "../load";
import type { Data, DataObject } from "../typed/kind";
import { flagAt, mapAt, maybeFlagAt, objectAt, objectsAt, present, textAt } from "./read";
import { toService } from "./service";

/**
 * What the toolkit works on: the services that the profiles enable and what they use. Keys that the model has no field
 * for stand in the service's `unsupported`.
 */
export function toApplication(loaded: LoadedProject): Application {
    const { name, parts } = loaded.typed;
    return {
        name,
        directory: loaded.directory,
        services: sorted(parts.services).map(([key, data]) => toService(key, data)),
        networks: sorted(parts.networks).map(([key, data]) => toNetwork(key, data)),
        volumes: sorted(parts.volumes).map(([key, data]) => toVolume(key, data)),
        secrets: sorted(parts.secrets).map(([key, data]) => toFileSource(key, data)),
        configs: sorted(parts.configs).map(([key, data]) => toFileSource(key, data)),
        secretValues: loaded.secretValues,
        locate: loaded.locate,
    };
}

function sorted(entries: DataObject): [string, DataObject][] {
    return Object.entries(entries).map(([key, data]: [string, Data]): [string, DataObject] => [key, (data ?? {}) as DataObject])
        .sort(([one], [other]) => one < other ? -1 : one > other ? 1 : 0);
}

function toNetwork(key: string, data: DataObject): Network {
    return present({
        key,
        name: textAt(data, "name") ?? key,
        external: flagAt(data, "external"),
        internal: flagAt(data, "internal"),
        driver: textAt(data, "driver"),
        driverOpts: mapAt(data, "driver_opts"),
        attachable: flagAt(data, "attachable"),
        enableIpv6: maybeFlagAt(data, "enable_ipv6"),
        subnets: objectsAt(objectAt(data, "ipam"), "config").map(pool => textAt(pool, "subnet"))
            .filter((subnet): subnet is string => subnet !== undefined),
        labels: mapAt(data, "labels"),
    });
}

function toVolume(key: string, data: DataObject): Volume {
    return present({
        key,
        name: textAt(data, "name") ?? key,
        external: flagAt(data, "external"),
        driver: textAt(data, "driver"),
        driverOpts: mapAt(data, "driver_opts"),
        labels: mapAt(data, "labels"),
    });
}

function toFileSource(key: string, data: DataObject): FileSource {
    return present({
        key,
        name: textAt(data, "name") ?? key,
        external: flagAt(data, "external"),
        file: textAt(data, "file"),
        environment: textAt(data, "environment"),
        content: textAt(data, "content"),
    });
}
