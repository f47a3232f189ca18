import { dockerExposures, dockerWorkload } from "./docker";
import { dockerImage, dockerNetwork, dockerVolume } from "./docker-others";
import { dockerService, serviceExposures } from "./docker-service";
import { resourceDockerfiles } from "./dockerfile/inline";
import { imageOf } from "./images";
import { kubernetesPieces } from "./kubernetes";
import { NOTHING } from "./types";
import { Value } from "./value";
import type { Origin, Piece } from "./types";

/** A resource as a Pulumi program registers it. */
export interface Resource {
    readonly urn: string;
    /** The type token, e.g. `docker:index/container:Container`. */
    readonly type: string;
    readonly name: string;
    readonly inputs: Readonly<Record<string, unknown>>;
    /** Properties whose changes the program ignores; none where undefined. */
    readonly ignoreChanges?: readonly string[] | undefined;
}

type Reader = (origin: Origin, inputs: Value, resource: Resource) => Piece[];

const READERS: Readonly<Record<string, Reader>> = {
    "docker:index/container:Container": container,
    "docker:index/network:Network": (origin, inputs, resource) => [{
        ...base(origin, "Network", resource, inputs), networks: [dockerNetwork(origin, inputs, resource.name)],
    }],
    "docker:index/remoteImage:RemoteImage": (origin, inputs, resource) => [{
        ...base(origin, "RemoteImage", resource, inputs), images: [dockerImage(origin, inputs, resource.name)],
    }],
    "docker:index/volume:Volume": (origin, inputs, resource) => [{
        ...base(origin, "Volume", resource, inputs), volumes: [dockerVolume(origin, inputs, resource.name)],
    }],
    "docker:index/service:Service": service,
    "docker-build:index:Image": (origin, inputs, resource) => [base(origin, "Image", resource, inputs), ...resourceDockerfiles(origin, resource.name, inputs)],
    "pulumi-nodejs:portcullis:ProcessLimit": processLimit,
};

/** What a resource shows; nothing where it is of a type that no rule knows. */
export function resourcePieces(resource: Resource, origin: Origin = { path: resource.urn, document: 0, base: [] }): Piece[] {
    const pieces = piecesOf(resource, origin);
    const { ignoreChanges = [] } = resource;
    const [own] = pieces;
    return own === undefined || ignoreChanges.length === 0 ? pieces : [...pieces, optionsPiece(own, resource.name, ignoreChanges)];
}

/** What a program says of a resource beside its inputs, as an object of its own. */
function optionsPiece({ origin, subject, objects: [object] }: Piece, name: string, ignoreChanges: readonly string[]): Piece {
    const value = new Value({ ignoreChanges }, []);
    return {
        ...NOTHING, origin, subject,
        objects: [{
            origin, subject, value,
            platform: object?.platform ?? "docker", type: "pulumi:options",
            label: object?.label ?? `resource "${name}"`,
            path: value.path,
            place: property => [...value.path, property],
        }],
    };
}

function piecesOf(resource: Resource, origin: Origin): Piece[] {
    const inputs = new Value(resource.inputs, []);
    const kubernetes = /^kubernetes:(?:([^/:]+)\/)?([^/:]+):([A-Za-z]+)$/.exec(resource.type);
    if (kubernetes !== null) {
        const [, group, version = "", kind = ""] = kubernetes;
        const apiVersion = group === undefined || group === "core" ? version : `${group}/${version}`;
        return kubernetesPieces(origin, inputs, { apiVersion, kind: kind.replace(/Patch$/, ""), name: resource.name });
    }
    const read = READERS[resource.type];
    if (read === undefined && !/^(?:pulumi:providers:)?(?:docker|docker-build|kubernetes)\b/.test(resource.type)) {
        return [];
    }
    return read?.(origin, inputs, resource) ?? [base(origin, kindOf(resource), resource, inputs)];
}

function kindOf(resource: Resource): string {
    return resource.type.startsWith("pulumi:providers:") ? "Provider" : resource.type.split(":").at(-1) ?? "";
}

function base(origin: Origin, kind: string, resource: Resource, inputs: Value): Piece {
    const subject = { kind, name: resource.name, namespace: "", container: "" };
    return {
        ...NOTHING, origin, subject,
        objects: [{
            origin, subject,
            platform: "docker", type: resource.type, value: inputs,
            label: `${kind} "${resource.name}"`,
            path: inputs.path,
            place: property => [...inputs.path, property],
        }],
    };
}

function container(origin: Origin, inputs: Value, resource: Resource): Piece[] {
    const workload = dockerWorkload(origin, inputs, resource.name);
    return [{
        ...base(origin, "Container", resource, inputs),
        workloads: [workload],
        get exposures() { return dockerExposures(origin, inputs, resource.name); },
        images: workload.containers.map(imageOf),
    }];
}

function service(origin: Origin, inputs: Value, resource: Resource): Piece[] {
    const workload = dockerService(origin, inputs, resource.name);
    return [{
        ...base(origin, "Service", resource, inputs),
        workloads: [workload],
        get exposures() { return serviceExposures(workload, inputs); },
        images: workload.containers.map(imageOf),
    }];
}

/** The toolkit's own resource that sets what the provider has no field for. */
function processLimit(origin: Origin, inputs: Value, resource: Resource): Piece[] {
    return [{
        ...base(origin, "ProcessLimit", resource, inputs),
        get processLimits() { return (inputs.get("pids").number ?? 0) > 0 ? [inputs.get("container").text ?? ""] : []; },
    }];
}
