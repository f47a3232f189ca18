import { boundPath, keptApart, reachedDirectly } from "./engine";
import type { Value } from "./value";
import type { ImageView, NetworkView, Origin, VolumeView } from "./types";

/** A `docker:index/network:Network`. */
export function dockerNetwork(origin: Origin, inputs: Value, resourceName: string): NetworkView {
    const given = inputs.get("name");
    const name = given.known ? given.text ?? resourceName : resourceName;
    return {
        origin,
        subject: { kind: "Network", name, namespace: "", container: "" },
        label: `network "${name}"`,
        path: inputs.path,
        place: property => [...inputs.path, property],
        // Containers join by the name on the engine; where it is made up at update, nobody can know it here.
        get names() { return [given.text ?? resourceName]; },
        get internal() { return inputs.get("internal").flag === true; },
        external: false,
        get apart() { return keptApart(inputs.get("options")); },
        get direct() { return reachedDirectly(inputs.get("driver").text, inputs.get("options")); },
    };
}

/** A `docker:index/remoteImage:RemoteImage`. */
export function dockerImage(origin: Origin, inputs: Value, resourceName: string): ImageView {
    return {
        origin,
        subject: { kind: "RemoteImage", name: resourceName, namespace: "", container: "" },
        label: `image "${resourceName}"`,
        path: inputs.path,
        place: () => [...inputs.path, "name"],
        get reference() { return inputs.get("build").present ? undefined : inputs.get("name").text; },
    };
}

/** A `docker:index/volume:Volume`. */
export function dockerVolume(origin: Origin, inputs: Value, resourceName: string): VolumeView {
    return {
        origin,
        subject: { kind: "Volume", name: resourceName, namespace: "", container: "" },
        label: `volume "${resourceName}"`,
        path: inputs.path,
        place: () => [...inputs.path, "driverOpts"],
        get hostPath() { return boundPath(inputs.get("driverOpts")); },
    };
}
