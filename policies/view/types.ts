import type { Path } from "./unfinished";
import type { Value } from "./value";

/** The file, or the resource, that something was written in. */
export interface Origin {
    /** A file, or a URN where there is none. */
    readonly path: string;
    /** Which document of the file, from 0. */
    readonly document: number;
    /** Where in the document the inputs are, e.g. `["steps", 3, "newState", "inputs"]`. */
    readonly base: Path;
}

/** Whom a finding is about, as the report names it. */
export interface Subject {
    readonly kind: string;
    readonly name: string;
    readonly namespace: string;
    /** Empty where it is about no container, or about all of them. */
    readonly container: string;
}

/** The system whose words something is written in. */
export type Platform = "compose" | "docker" | "dockerfile" | "engine" | "kubernetes" | "swarm";

/** What every view has. All other properties of a view are getters: reading one may throw `Unknown` or `Malformed`. */
export interface Seen {
    readonly origin: Origin;
    readonly subject: Subject;
    /** The subject of the sentence that a message is: `container "api"`. */
    readonly label: string;
    /** Where the subject was written, below `origin.base`. */
    readonly path: Path;
    /** Where a property of this view was written, or would be. */
    readonly place: (property: string) => Path;
}

/** A network, as far as its name tells. */
export interface Membership {
    readonly network: string;
    readonly path: Path;
}

/** A path of the host, or its engine's socket, inside a container. */
export interface HostMount {
    readonly source: string;
    readonly readOnly: boolean;
    readonly path: Path;
}

export interface Tmpfs {
    readonly target: string;
    /** Whether a size bounds it. */
    readonly bounded: boolean;
    /** Whether programs may run from it; undefined where the platform cannot say. */
    readonly executable: boolean | undefined;
    /** Which other protections were taken off: `suid`, `dev`. */
    readonly loosened?: readonly string[];
    readonly path: Path;
}

/** A name with a text: a variable, a label, a sysctl. An argument has an empty name. */
export interface Entry {
    readonly name: string;
    readonly value: string | undefined;
    /** Whether the value was marked as a secret: then it is not read. */
    readonly secret: boolean;
    readonly path: Path;
}

/** A text in a list. */
export interface Item {
    readonly text: string;
    readonly path: Path;
}

/**
 * Anything as it was given: a Kubernetes object, a resource of a Pulumi program, a Compose project or one of its parts, a
 * Dockerfile, what an engine says of itself. For rules that ask what no other view holds.
 */
export interface ObjectView extends Seen {
    readonly platform: Platform;
    /** `apps/Deployment`, `/Service`; `docker:index/plugin:Plugin`; `compose:project`, `compose:service`; `dockerfile`; `engine:info`. */
    readonly type: string;
    readonly value: Value;
}

/** What is started as one and shares namespaces: a Docker container, a Compose service, a Kubernetes pod. */
export interface WorkloadView extends Seen {
    readonly platform: Platform;
    /** The kind of object that it is part of, as in `ObjectView.type`. */
    readonly type: string;
    /** As it was given: a pod template (`metadata`, `spec`), a Compose service, inputs of a resource. */
    readonly source: Value;
    /** What the workload says it is for: `edge`, `application`, `data`, `cache`, `queue`, `sandbox`, `job`. */
    readonly role: string | undefined;
    /** Whether it ends by itself. */
    readonly job: boolean;
    readonly hostNetwork: boolean;
    readonly hostPid: boolean;
    readonly hostIpc: boolean;
    readonly hostUts: boolean;
    /** Whether the host's user namespace was asked for. */
    readonly hostUsers: boolean;
    /** Whether it is on the engine's own bridge, where everybody meets. */
    readonly defaultBridge: boolean;
    readonly networks: readonly Membership[];
    /** Name of the workload whose network it shares. */
    readonly joins: string | undefined;
    readonly hostMounts: readonly HostMount[];
    readonly sysctls: readonly Entry[];
    /** `no` where nothing starts it again. */
    readonly restart: string;
    /** The container's name on the engine, where one workload is one container. */
    readonly containerName: string | undefined;
    readonly containers: readonly ContainerView[];
}

export interface ContainerView extends Seen {
    readonly workload: WorkloadView;
    /** As it was given: an item of a pod's list; elsewhere the workload's own source. */
    readonly source: Value;
    /** What it is in its pod; elsewhere `container`. May throw. */
    readonly slot: "container" | "ephemeral" | "init" | "sidecar";
    readonly image: string | undefined;
    readonly privileged: boolean;
    /** As written: a number, `number:number`, or a name. */
    readonly user: string | undefined;
    /** Whether the platform itself refuses to start it as root. */
    readonly nonRootRequired: boolean;
    readonly readOnlyRoot: boolean | undefined;
    /** Upper case, without `CAP_`; `ALL` for all. */
    readonly addedCapabilities: readonly Item[];
    readonly droppedCapabilities: readonly Item[];
    /** Undefined: not said; gaining privileges is then allowed on every platform. */
    readonly noNewPrivileges: boolean | undefined;
    /** `unconfined`, a profile, or undefined where not said. */
    readonly seccomp: string | undefined;
    /** Whether silence means a profile (Docker) or none (Kubernetes). */
    readonly seccompByDefault: boolean;
    readonly apparmor: string | undefined;
    readonly selinux: string | undefined;
    readonly memoryLimited: boolean;
    readonly cpuLimited: boolean;
    readonly processLimited: boolean;
    readonly environment: readonly Entry[];
    readonly arguments: readonly Entry[];
    readonly labels: readonly Entry[];
    readonly tmpfs: readonly Tmpfs[];
    readonly devices: readonly Item[];
    /** `disabled`, `set`, or undefined where not said: the image's own, if it has one. */
    readonly healthCheck: "disabled" | "set" | undefined;
    /** Whether logs are kept within a bound. */
    readonly boundedLogs: boolean;
}

export interface NetworkView extends Seen {
    /** Names by which workloads may join it. */
    readonly names: readonly string[];
    readonly internal: boolean;
    /** Made elsewhere: nothing is known of it. */
    readonly external: boolean;
    /** Whether its members are kept from each other. */
    readonly apart: boolean;
    /** Whether its members have addresses that others than its host reach, without publishing anything. */
    readonly direct: boolean;
}

export interface VolumeView extends Seen {
    /** The path of the host that the volume really is; undefined for one that the engine keeps. */
    readonly hostPath: string | undefined;
}

/** A way in from outside the workload's own networks. */
export interface ExposureView extends Seen {
    readonly how: "none" | "published" | "all ports" | "host port" | "node port" | "load balancer" | "external address";
    /** What the host listens on: `443`, `8000-8005`, or undefined where the engine chooses. */
    readonly port: string | undefined;
    /** The address; undefined means every one of them. */
    readonly address: string | undefined;
    readonly role: string | undefined;
    /** As it was given, where it is an item of a Compose service's list. */
    readonly source?: Value;
    /** `tcp` where undefined. */
    readonly protocol?: string | undefined;
    /** Those of the service, where Compose starts it only by a profile. */
    readonly profiles?: readonly string[];
}

/** A reference to an image. */
export interface ImageView extends Seen {
    /** Undefined where it is built here. */
    readonly reference: string | undefined;
    /** The container that runs it; undefined for one that is only pulled, or built upon. */
    readonly container?: ContainerView;
    /** Whether a Dockerfile builds upon it. */
    readonly base?: boolean;
}

/** Everything that one resource, document or service shows to rules. */
export interface Piece {
    readonly origin: Origin;
    readonly subject: Subject;
    readonly workloads: readonly WorkloadView[];
    readonly networks: readonly NetworkView[];
    readonly volumes: readonly VolumeView[];
    readonly exposures: readonly ExposureView[];
    readonly images: readonly ImageView[];
    readonly objects: readonly ObjectView[];
    /** Names of containers that something beside them gives a process limit. */
    readonly processLimits: readonly string[];
}

export const NOTHING = { workloads: [], networks: [], volumes: [], exposures: [], images: [], objects: [], processLimits: [] } as const;
