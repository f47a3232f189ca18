/** A service as its authors wrote it, in full: every short form resolved, every path absolute, all units base units. */
export interface Service {
    readonly name: string;
    /** Reference as written (`mysql:8.0.40`); undefined where the service is only built. */
    readonly image?: string;
    readonly build?: Build;
    readonly command?: readonly string[];
    readonly entrypoint?: readonly string[];
    readonly workingDir?: string;
    /** `name`, `uid`, `uid:gid`, as Compose has it. */
    readonly user?: string;
    readonly groupAdd: readonly string[];
    /** Marked texts (see text.ts). A null value is taken from the environment of whoever deploys: it is refused later. */
    readonly environment: Readonly<Record<string, string | null>>;
    /** Names in `environment` that come from an env file rather than from the service's own `environment`. */
    readonly fromEnvFile: readonly string[];
    readonly mounts: readonly Mount[];
    readonly publishes: readonly PublishedPort[];
    /** Ports said to be listened on (`expose`), e.g. `{ port: 9200, protocol: "tcp" }`. */
    readonly exposes: readonly ContainerPort[];
    readonly networks: readonly NetworkAttachment[];
    /** `host`, `none`, `service:x`, `container:x`; undefined for networks. */
    readonly networkMode?: string;
    readonly dependsOn: readonly Dependency[];
    readonly health?: HealthCheck;
    readonly capAdd: readonly string[];
    readonly capDrop: readonly string[];
    readonly securityOpt: readonly string[];
    readonly privileged: boolean;
    readonly readOnly: boolean;
    readonly pidMode?: string;
    readonly ipcMode?: string;
    readonly utsMode?: string;
    readonly usernsMode?: string;
    readonly cgroupParent?: string;
    readonly devices: readonly string[];
    /** GPUs and the like, from `deploy.resources.reservations.devices` and `gpus`. */
    readonly deviceRequests: readonly DeviceRequest[];
    readonly limits: Limits;
    readonly ulimits: Readonly<Record<string, Ulimit>>;
    readonly sysctls: Readonly<Record<string, string>>;
    readonly shmSizeBytes?: number;
    /** Docker's words: `no`, `always`, `unless-stopped`, `on-failure[:n]`. */
    readonly restart?: string;
    readonly stopSignal?: string;
    readonly stopGraceMs?: number;
    readonly init?: boolean;
    readonly tty: boolean;
    readonly stdinOpen: boolean;
    readonly hostname?: string;
    readonly domainname?: string;
    readonly containerName?: string;
    readonly dns: readonly string[];
    readonly dnsSearch: readonly string[];
    readonly dnsOptions: readonly string[];
    /** `name:address`, the address may be `host-gateway`. */
    readonly extraHosts: readonly string[];
    readonly labels: Readonly<Record<string, string>>;
    readonly logging?: { readonly driver?: string; readonly options: Readonly<Record<string, string>> };
    /** Compose secrets and configs that the service mounts as files. */
    readonly secrets: readonly FileReference[];
    readonly configs: readonly FileReference[];
    readonly platform?: string;
    readonly runtime?: string;
    readonly pullPolicy?: string;
    readonly replicas: number;
    readonly profiles: readonly string[];
    /** Keys of the Compose file that the model has no field for, as they are: a target must refuse them, not lose them. */
    readonly unsupported: readonly string[];
}

export interface Build {
    /** Absolute path, or a URL. */
    readonly context: string;
    readonly dockerfile?: string;
    readonly dockerfileInline?: string;
    readonly target?: string;
    readonly args: Readonly<Record<string, string | null>>;
}

export interface Mount {
    readonly type: "bind" | "volume" | "tmpfs" | "image" | "npipe" | "cluster";
    /** Name of the volume, absolute host path, image reference; undefined for tmpfs and anonymous volumes. */
    readonly source?: string;
    /** Absolute path in the container. */
    readonly target: string;
    readonly readOnly: boolean;
    readonly sizeBytes?: number;
    /** Permission bits of a tmpfs, e.g. 0o1777. */
    readonly mode?: number;
    /** Whether programs may be run from a tmpfs; unset means no. */
    readonly executable?: boolean;
    readonly subpath?: string;
    readonly propagation?: string;
    readonly selinux?: string;
    readonly noCopy?: boolean;
}

export interface ContainerPort {
    readonly port: number;
    readonly protocol: "tcp" | "udp" | "sctp";
}

export interface PublishedPort extends ContainerPort {
    /** Address of the host; undefined means all of them. */
    readonly hostIp?: string;
    /** `8080`, a range `8000-8005`, or undefined: the engine chooses. */
    readonly published?: string;
    readonly mode?: string;
}

export interface NetworkAttachment {
    /** Name of a network of the application. */
    readonly network: string;
    readonly aliases: readonly string[];
    readonly ipv4Address?: string;
    readonly ipv6Address?: string;
}

export interface Dependency {
    readonly service: string;
    readonly condition: "service_started" | "service_healthy" | "service_completed_successfully";
    readonly required: boolean;
    readonly restart: boolean;
}

export interface HealthCheck {
    /** `["NONE"]`, `["CMD", …]` or `["CMD-SHELL", text]`; marked texts. Undefined: the image's own. */
    readonly test?: readonly string[];
    readonly intervalMs?: number;
    readonly timeoutMs?: number;
    readonly startPeriodMs?: number;
    readonly startIntervalMs?: number;
    readonly retries?: number;
}

export interface Limits {
    readonly memoryBytes?: number;
    readonly memoryReservationBytes?: number;
    readonly memorySwapBytes?: number;
    readonly cpus?: number;
    readonly pids?: number;
}

export interface Ulimit {
    readonly soft: number;
    readonly hard: number;
}

export interface DeviceRequest {
    readonly driver?: string;
    /** -1 means all. */
    readonly count?: number;
    readonly deviceIds: readonly string[];
    readonly capabilities: readonly string[];
    readonly options: Readonly<Record<string, string>>;
}

export interface FileReference {
    readonly source: string;
    readonly target?: string;
    readonly uid?: string;
    readonly gid?: string;
    readonly mode?: number;
}
